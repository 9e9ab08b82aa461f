"""One entry of a list of fields -> a note: `status (draft or published)`, `price: decimal, required`, `"isbn" unique`."""

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from apiwright.blueprint import FieldType
from apiwright.kit.casing import words_of
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.attributes import is_attribute, known_type
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.qualifiers import LENGTH, QUALIFIERS, TYPE_WORDS, bounds, enum_values, lengths, tells_kinds
from apiwright.planner.embedded.words import lexicon

_SPEC = Pattern(
    r"^\s*(?:and\s+|or\s+)?[\"'`*“]*"
    r"(?P<name>[A-Za-z][\w \-/]*?)[\"'`*”]*\s*(?P<mark>[?!*])?\s*(?:(?P<sign>:|=|\s[-\u2013—]\s|\()(?P<rest>.*))?$",
    re.DOTALL,
)
_DEFAULT = Pattern(r"default(?:s|ing)?(?:\s+to|\s+is)?\s*[:=]?\s*[\"'`]?([\w.\-]+)", cues=("default",))
_REFERENCE = Pattern(
    r"(?:foreign\s+key|fk|ref(?:erence)?s?)\s*(?:to|->|→|:)?\s*[`\"']?([A-Za-z][\w ]{1,40}?)(?:[.(`\"',)]|$)",
    re.IGNORECASE,
    cues=("key", "fk", "ref"),
)
_BEING = Pattern(r"^\s*(?:an?|one\s+of\s+(?:the|our))\s+([a-z]+)\s*$", re.IGNORECASE)
_MOMENTS = frozenset(
    {
        "starts",
        "ends",
        "begins",
        "opens",
        "closes",
        "expires",
        "arrives",
        "departs",
        "leaves",
        "due",
        "sent",
        "paid",
        "born",
        "held",
        "taken",
        "sold",
    }
)
_CODED = Pattern(r"^\s*`([A-Za-z_]\w*)`\s+(?!(?:or|and)\b)(?:-|\u2013|—|->|\u2192)?\s*(?=\w)(.+)$", re.DOTALL, cues=("`",))
_VALID = Pattern(r"(\bvalid\s+(?:from|until|to))\s+dates?\b", re.IGNORECASE, cues=("valid",))
_RULES = Pattern(
    r"^\s*([A-Za-z][\w -]*?)\s+((?:(?:is|which is|that is|must be)\s+)?(?:unique|required|optional|mandatory|nullable"
    r"|out\s+of\s+\d|(?:of\s+)?up\s+to\s+\d|at\s+(?:most|least)\s+\d|max(?:imum)?\s+\d|min(?:imum)?\s+\d|between\s+\d|from\s+\d|[<>]=?\s*\d|\d+\s*(?:-|to)\s*\d"
    rf"|(?:of\s+)?{LENGTH}).*)$",
    re.DOTALL,
)
UNIT = Pattern(
    r"(?<=\w)\s+in\s+(?:square |cubic )?(?:mm|cm|m|km|kg|g|mg|ml|l|met(?:er|re)s?|kilomet(?:er|re)s|kilograms?|tons?|tonnes?"
    r"|litres?|liters?|grams?|euros?|dollars?|pounds?|pence|cents|eur|usd|gbp|percent|minutes?|hours?|days?|weeks?|months?|years?|seconds?|kwh?|celsius|degrees)(?=\s*(?:$|[:(,]))",
    re.IGNORECASE,
    cues=(" in ",),
)
_ISO = Pattern(
    r"\biso(?:[- ]?8601)?[- ]?(?:date(?:[- ]?(time))?|(timestamp))\b|\bformatted as (?:a )?date(?:[- ]?(time))?\b",
    cues=("iso", "formatted"),
)
_FORMAT = Pattern(r"\s*string\s*[,;/]\s*(?:in\s+|as\s+)?(date-?time|date|email|ur[il]|uuid|timestamp)\b", cues=("string",))
_EITHER = ({"true", "false"}, {"yes", "no"}, {"y", "n"})
_BOUNDS = frozenset({"min", "max", "minimum", "maximum"})
_OR_NOT = Pattern(
    r"^\s*(?:whether|if)\s+(?:it|they)\s+(?:is|are)\s+(\w[\w ]*?)(?:\s+or\s+not)?\s*$|^\s*(\w[\w ]*?)\s+or\s+not\s*$",
    re.IGNORECASE,
    cues=("whether", "if", "or not"),
)

_SIZED = Pattern(rf"^\s*(?:an?\s+)?({LENGTH})\s+([A-Za-z][\w ]*)$", re.IGNORECASE, cues=("char", "letter", "symbol", "digit"))


class FieldNote(Struct, frozen=True):
    """What was said of one member. `None` where nothing was said; `start` and `end` are characters of the prompt.

    A member told in `passing` (`orders (open, paid)`) does not tell what others there are. What `refers` to `who` means a person.
    """

    name: str
    start: int
    end: int
    type: FieldType | None = None
    required: bool | None = None
    unique: bool = False
    default: str | None = None
    min: float | None = None
    max: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    values: tuple[str, ...] = ()
    refers: str = ""
    many: bool = False
    primary: bool = False
    passing: bool = False


def field_note(text: str, start: int) -> FieldNote | None:
    """The note of one entry, or None when it does not read as a field."""
    note = _read(text[:400])
    return replace(note, start=start + note.start, end=start + note.end) if note is not None else None


@lru_cache(maxsize=2048)
def _read(text: str) -> FieldNote | None:
    """The note of an entry that begins at 0. Specifications say `name (string, required)` of one entity after the other."""
    text = _VALID.sub(r"\1", text)
    text = _ruled(_CODED.sub(r"\1: \2", text, count=1))
    found = _SPEC.match(text.strip().rstrip(".;,"))
    if found is None:
        return None
    name, rest = found["name"], (found["rest"] or "")
    if found["sign"] == "(" and rest.rstrip().endswith(")"):
        rest = rest.rstrip()[:-1]
    raw = [word for word in re.split(r"[\s/]+", name) if word]
    told_type: FieldType | None = None
    while (
        len(raw) > 1
        and (raw[-1].lower() in TYPE_WORDS or (raw[-1].lower() in QUALIFIERS and (rest or raw[-1].lower() not in _BOUNDS)))
        and not is_attribute("_".join(raw).lower())
    ):
        told_type = TYPE_WORDS.get(raw[-1].lower()) or told_type
        rest = f"{raw.pop()} {rest}"
    raw = _without_determiners(raw)
    if len(raw) > 1 and raw[-1].lower() == "flag" and _tells_state(raw[-2].lower()):
        told_type, raw = "boolean", raw[:-1]
    if not raw or len(raw) > 4 or not _nameable(raw):
        return None
    words = [part for word in raw for part in words_of(word)]
    lead = len(text) - len(text.lstrip())
    return _qualified("_".join(words), rest, (lead, lead + len(text.strip())), told_type, optional=found["mark"] == "?")


def _tells_state(word: str) -> bool:
    """Whether a flag says that something is so: the `paid flag` of an invoice, and not the flag of a country."""
    return lexicon().verbs.get(word, ("", ""))[1] == "ed" or known_type(word) == "boolean"


def _ruled(text: str) -> str:
    """`license plate unique up to 10 characters` is told like `license plate: unique, up to 10 characters`; `weight in kg` is a weight."""
    text = _measured(text)
    found = _RULES.match(text)
    return f"{found[1]}: {found[2]}" if found else _plainly(text)


def _measured(text: str) -> str:
    """What is told in a unit is a number, unless it says what it is: whole ones of minutes and days, others of kilograms and euros."""
    unit = UNIT.search(text)
    if unit is None:
        return text
    rest = text[unit.end() :].strip(" ,")
    sign, rest = (rest[0], rest[1:].strip()) if rest[:1] in {"(", ":"} else (":", rest)
    whole = re.search(r"(?:minute|hour|day|week|month|year|second|cent)s?$", unit[0], re.IGNORECASE)
    typed = any(word in TYPE_WORDS for word in re.findall(r"[a-z]+", rest.lower()))
    told = [*([] if typed else ["integer" if whole else "decimal"]), *([rest] if rest else [])]
    return f"{text[: unit.start()]}{sign} {', '.join(told)}"


def _plainly(text: str) -> str:
    """`remote or not` and `whether it is remote` say what is true or false, `a two-letter code` how long a code is."""
    if sized := _SIZED.match(text):
        return f"{sized[2]}: {sized[1]}"
    found = _OR_NOT.match(text)
    return f"{found[1] or found[2]}: boolean" if found else text


def _without_determiners(raw: list[str]) -> list[str]:
    closed = lexicon().closed
    while raw and closed.get(raw[0].lower()) in {"determiner", "number"} and raw[0].lower() != "one":
        raw = raw[1:]
    return raw


def _nameable(raw: list[str]) -> bool:
    closed = lexicon().closed
    free = {None, "adverb", "number"}
    if [word.lower() for word in raw] in (["enabled"], ["allowed"], ["from"], ["to"]):
        return True
    inner = {
        "of",
        "in",
        "out",
        "off",
        "up",
        "is",
        "has",
        "and",
        "on",
        "to",
        "per",
        "at",
        "from",
        "by",
        "all",
        "due",
        "before",
        "after",
        "between",
        "since",
        "until",
    }
    return all(closed.get(word.lower()) in free or word.lower() in inner for word in raw) and (
        closed.get(raw[-1].lower()) in free
        or (len(raw) > 1 and raw[-1].lower() in {"before", "after", "until", "since"})
        or (len(raw) > 1 and raw[-2].lower() == "valid" and raw[-1].lower() in {"from", "to"})
        or (
            len(raw) > 1
            and raw[-1].lower() in {"at", "on", "by"}
            and (raw[-2].lower().endswith(("ed", "en")) or raw[-2].lower() in _MOMENTS or _tells_state(raw[-2].lower()))
        )
    )


def _qualified(name: str, rest: str, place: tuple[int, int], told: FieldType | None, *, optional: bool) -> FieldNote:
    low = rest.lower()
    first = re.match(r"\s*([a-z]+)", low)
    kind: FieldType | None = told or (TYPE_WORDS.get(first[1]) if first else None)
    if first and first[1] == "list":
        kind = "json"
    if kind == "string" and (narrower := _FORMAT.match(low)) and narrower[1] in TYPE_WORDS:
        kind, rest = TYPE_WORDS[narrower[1]], rest[narrower.end() :]
    elif kind in {"string", None} and (dated := _ISO.search(low)):
        kind, rest = "datetime" if any(dated.groups()) else "date", ""
    values = enum_values(rest, told=kind == "enum" or tells_kinds(name, rest))
    if set(values) in _EITHER:
        kind, values = "boolean", ()
    many = bool(re.match(r"\s*(?:list|array|set)\b|.*\[\]", low))
    refers = ""
    if reference := _REFERENCE.search(rest):
        refers = reference[1].strip().lower()
    elif being := being_of(rest):
        refers = being
    elif name.endswith(("_id", "_ids")):
        refers = name.rsplit("_", 1)[0].replace("_", " ")
        many = many or name.endswith("_ids")
    shortest, longest = lengths(low)
    low_end, high_end = bounds(low) if not values and longest is None and shortest is None else (None, None)
    default = _DEFAULT.search(rest)
    required = True if re.search(r"\b(?:required|mandatory|not\s+null|non-null|must\s+have)\b", low) else None
    if optional or re.search(r"\b(?:optional|nullable|may\s+be\s+empty)\b", low):
        required = False
    return FieldNote(
        name=name, start=place[0], end=place[1], type="enum" if values else kind, required=required, unique="unique" in low, values=values,
        default=default[1] if default else None, min=low_end, max=high_end, refers=refers, many=many,
        max_length=longest, min_length=shortest,
        primary=bool(re.search(r"\bprimary\b|\bpk\b|auto-?\s?(?:increment|generated)", low)),
    )  # fmt: skip


def being_of(text: str) -> str:
    """The kind of thing that brackets say a member is: `a user`, `one of our drivers`."""
    found = _BEING.match(text)
    kind = singular(found[1].lower()) if found else ""
    return kind if kind not in TYPE_WORDS and kind not in QUALIFIERS and not is_attribute(kind) else ""


def looks_like_field(note: FieldNote) -> bool:
    """Whether an entry is a field by its own looks, wherever it stands."""
    return bool(
        note.name == "id" or note.type or note.values or note.refers or note.primary or note.required is not None or note.unique
    ) or is_attribute(note.name)


def base_name(note: FieldNote) -> str:
    """The singular name, for looking up an entity."""
    return singular(note.name.replace("_", " "))
