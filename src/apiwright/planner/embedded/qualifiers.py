"""What is said of a member behind its name: `string, required`, `from 1 to 5`, `up to 200 characters`, `draft or published`."""

import re
from typing import cast

from apiwright.blueprint import FieldType
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.words import table, word_list

TYPE_WORDS: dict[str, FieldType] = {word: cast("FieldType", kind) for kind, names in table("types").items() for word in names}
QUALIFIERS = word_list("qualifier")
_NUMBER = r"(-?\d+(?:\.\d+)?)"
_RANGES = (
    Pattern(rf"(?:from|between)\s+{_NUMBER}\s+(?:to|and|through)\s+{_NUMBER}"),
    Pattern(rf"(?<![\d-]){_NUMBER}\s*(?:-|\u2013|to|\.\.)\s*{_NUMBER}(?![\d-])"),
)
_LENGTH = Pattern(
    r"(?:max(?:imum)?(?:\s+length)?|up\s+to|at\s+most|no\s+more\s+than|limit(?:ed)?(?:\s+to)?)\D{0,6}(\d+)\s*(?:char|letter|symbol)",
    re.IGNORECASE,
    cues=("max", "up", "most", "more", "limit"),
)
_SHORTEST = Pattern(r"(?:min(?:imum)?(?:\s+length)?|at\s+least)\D{0,6}(\d+)\s*(?:char|letter|symbol)", re.IGNORECASE, cues=("min", "least"))
_COUNTS = {word: at for at, word in enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2)}
LENGTH = rf"(?:(?:exactly|always)\s+)?(?<![\w.,-])(?:\d{{1,6}}|{'|'.join(_COUNTS)})[\s-]*(?:char(?:acter)?|letter|symbol|digit)s?\b"
"""How long a text is: `exactly 5 characters`, the `two-letter` of a code."""
_PLAIN_LENGTH = Pattern(
    rf"(?P<exactly>\b(?:exactly|always)\s+)?(?<![\w.,-])(?P<size>\d{{1,6}}|{'|'.join(_COUNTS)})[\s-]*(?:char(?:acter)?|letter|symbol|digit)s?\b",
    cues=("char", "letter", "symbol", "digit"),
)
_LIMITS = Pattern(
    rf"\s+(?:of\s+|which is\s+|that is\s+)?({LENGTH}|(?:from|between|up to|at least|at most|max|min|maximum|minimum|limited)\b[^,.;\n]*)",
    re.IGNORECASE,
)
_LENGTH_AHEAD = Pattern(rf"\b({LENGTH})\s+$", re.IGNORECASE)
_SIZED = Pattern(r"\b(?:varchar|char|string|str)\s*\(\s*(\d+)\s*\)", re.IGNORECASE, cues=("char", "str"))
_AT_LEAST = Pattern(
    rf"(?:min(?:imum)?(?:\s+value)?(?:\s+of)?|at\s+least|>=|≥|greater\s+than\s+or\s+equal\s+to|positive\D{{0,4}}from)\s*[:=]?\s*{_NUMBER}",
    cues=("min", "least", ">", "≥", "equal", "positive"),
)
_AT_MOST = Pattern(
    rf"(?:max(?:imum)?(?:\s+value)?(?:\s+of)?|at\s+most|up\s+to|<=|≤)\s*[:=]?\s*{_NUMBER}(?!\s*(?:char|letter))",
    cues=("max", "most", "up", "<", "≤"),
)
_ENUM = Pattern(
    r"(?:enum|one\s+of|either|choices?|values?|can\s+be|must\s+be)\s*(?:of|are|is)?\s*[:(\[]?\s*(.+)$",
    re.IGNORECASE | re.DOTALL,
    cues=("enum", "one", "either", "choice", "value", "be"),
)
_VALUE = Pattern(r"^[\"'`“\u2018]?([A-Za-z0-9][\w \-+&./]{0,40}?)[\"'`”\u2019]?$")
_PLACES = frozenset({"lat", "lng", "lon", "long", "latitude", "longitude", "x", "y"})
_KINDS = frozenset({"type", "kind", "channel", "method", "medium", "category", "mode", "format", "via", "status"})
_LISTED = Pattern(r"\s*(?:,|(?<!\d)/|/(?!\d)|\||;|\bor\b|\band\b)\s*")


def lengths(low: str) -> tuple[int | None, int | None]:
    """The shortest and the longest that a lower-case text allows, in characters."""
    shortest, longest = _SHORTEST.search(low), _LENGTH.search(low) or _SIZED.search(low)
    if shortest is None and longest is None and (plain := _PLAIN_LENGTH.search(low)):
        size = _COUNTS.get(plain["size"]) or int(plain["size"])
        return (size if plain["exactly"] else None), size
    return (int(shortest[1]) if shortest else None), (int(longest[1]) if longest else None)


def limits_beside(prompt: str, start: int, end: int) -> str:
    """The limits told right behind a member, or the length right before it: `from 1 to 5`, the `two-letter` of a code."""
    found = _LIMITS.match(prompt[end : end + 48]) or _LENGTH_AHEAD.search(prompt[max(start - 32, 0) : start])
    return found[1] if found else ""


def bounds(low: str) -> tuple[float | None, float | None]:
    """The least and the most that a lower-case text allows."""
    for pattern in _RANGES:
        if found := pattern.search(low):
            return float(found[1]), float(found[2])
    least, most = _AT_LEAST.search(low), _AT_MOST.search(low)
    return (float(least[1]) if least else None), (float(most[1]) if most else None)


def tells_kinds(name: str, text: str) -> bool:
    """Whether a list tells the kinds of something, though some are called like types: the email of `type (call, email)`."""
    pieces = [piece.strip(" .()[]\"'`").lower() for piece in _LISTED.split(text) if piece.strip()]
    plain = [piece for piece in pieces if piece.isalpha() and piece not in TYPE_WORDS and piece not in QUALIFIERS]
    return name.rsplit("_", 1)[-1] in _KINDS and bool(plain) and all(piece in plain or piece in TYPE_WORDS for piece in pieces)


def enum_values(text: str, *, told: bool = False) -> tuple[str, ...]:
    """The values that a text lists (`draft or published`, `low, medium, high`), or none when it lists anything else."""
    body = re.sub(r"\bdefault\b.*$", "", text, flags=re.IGNORECASE | re.DOTALL).strip(" .)(]")
    if found := _ENUM.search(body):
        body = found[1]
        told = True
    body = body.strip(" .)([]:{}")
    if body.lower().startswith(("e.g", "such as", "like ")):
        body = re.sub(r"^(?:e\.g\.?|such as|like)[,:]?\s*", "", body, flags=re.IGNORECASE)
    pieces = [piece for piece in _LISTED.split(body) if piece]
    if not 2 <= len(pieces) <= 30:
        return ()
    values: list[str] = []
    for piece in pieces:
        found = _VALUE.match(piece.strip())
        if found is None or len(found[1].split()) > 3:
            return ()
        value = found[1].strip()
        low = value.lower()
        if (set(low.split()) <= TYPE_WORDS.keys() or low.split()[0] in QUALIFIERS) and not told:
            return ()
        value = "_".join(value.lower().split()) if not value.isupper() or len(value) > 4 else value
        if value not in values:
            values.append(value)
    return tuple(values) if len(values) > 1 and not set(values) <= _PLACES and not all(value.isdigit() for value in values) else ()
