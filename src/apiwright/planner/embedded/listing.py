"""A list as people write it -> its entries, each with where it begins: `title, salary min/max, entry and exit time`."""

import re
from collections.abc import Iterator, Sequence

from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.patterns import Pattern

_MARK = Pattern(r"[(\[{)\]},;\n]")
_JOINT = Pattern(r"\s+(?:and|&|\+|plus)\s+(?:an?\s+|the\s+)?(?=[\w`\"'])")
_BRACKETS = Pattern(r"[(\[{][^()\[\]{}]*[)\]}]", cues=("(", "[", "{"))
_END = r"until|till|min(?:imum)?|max(?:imum)?|start|end|from|to|first|last|birth|death|entry|exit|opening|closing|low|high"
_ENDS = Pattern(
    rf"^(?P<lead>(?:[A-Za-z]+ )*?)(?P<left>{_END})\s*(?:/|&|and(?:\s+(?:an?|the)(?=\s))?|-|to)\s*(?P<right>{_END})"
    r"(?P<tail>(?: [A-Za-z]+){0,2})$",
    re.IGNORECASE,
    cues=("/", "&", " and ", "-", " to "),
)
_SLASHED = Pattern(r"^\s*([a-z]+(?: [a-z]+)?)\s+/\s+([a-z]+(?: [a-z]+)?)\s*$", re.IGNORECASE, cues=(" / ",))
"""`opened at / closed at`."""
_SHARED_HEADS = frozenset({"time", "date", "name", "number", "price", "amount", "address", "code", "url", "weight", "location", "at", "on"})


def split_list(text: str, start: int) -> Sequence[tuple[str, int]]:
    """The entries of a list at top level (commas, semicolons, and the last `and`), with where each begins."""
    pieces: list[tuple[str, int]] = []
    depth, begin = 0, 0
    for mark in _MARK.finditer(text):
        if mark[0] in "([{":
            depth += 1
        elif mark[0] in ")]}":
            depth = max(depth - 1, 0)
        elif depth == 0:
            pieces.append((text[begin : mark.start()], start + begin))
            begin = mark.end()
    pieces.append((text[begin:], start + begin))
    found: list[tuple[str, int]] = []
    for piece, at in pieces:
        found += _split_and(piece, at)
    return [(piece.strip(), at + len(piece) - len(piece.lstrip())) for piece, at in found if piece.strip(" .")]


def _split_and(piece: str, at: int) -> list[tuple[str, int]]:
    head = re.match(r"^\s*and\s+", piece)
    if head:
        return list(_both_ends(piece[head.end() :], at + head.end()))
    if (ends := list(_both_ends(piece, at)))[1:]:
        return ends
    joints = list(_JOINT.finditer(_BRACKETS.sub(lambda found: "(" + "x" * (len(found[0]) - 2) + ")", piece)))
    if not joints:
        return [(piece, at)]
    joint = joints[-1]
    left, right = piece[: joint.start()], piece[joint.end() :]
    if (ends := list(_both_ends(left, at)))[1:]:
        return [*ends, (right, at + joint.end())]
    whole = shared(left.strip(" `\"'"), right)
    return [(whole or left, at), (_of_one(right) if whole else right, at + joint.end())]


def shared(left: str, right: str) -> str | None:
    """`entry` beside `exit time` is `entry time`; None when what stands left is a member by itself."""
    words = right.split("(", maxsplit=1)[0].split()
    if len(words) < 2 or " " in left or not left.replace("-", "").isalpha() or is_attribute(left.lower()) or is_plural(left.lower()):
        return None
    head = singular(words[-1].strip(" `\"'.").lower())
    return f"{left} {head}" if head in _SHARED_HEADS else None


def _of_one(piece: str) -> str:
    """The second of `check-in and check-out dates` is one date."""
    name, sign, rest = piece.partition("(")
    *words, head = name.split()
    return " ".join([*words, singular(head)]) + (f" {sign}{rest}" if sign else "")


def _both_ends(piece: str, at: int) -> Iterator[tuple[str, int]]:
    """`salary min/max` and `start/end date` are two members."""
    if (two := _SLASHED.match(piece)) and all(is_attribute("_".join(two[side].lower().split())) for side in (1, 2)):
        yield two[1], at + two.start(1)
        yield two[2], at + two.start(2)
        return
    found = _ENDS.match(piece.strip(" .`\"'"))
    if found is None or found["left"].lower() == found["right"].lower():
        yield piece, at
        return
    tail = found["tail"]
    if tail and is_plural(tail.split()[-1]) and singular(tail.split()[-1].lower()) in _SHARED_HEADS:
        tail = f" {_of_one(tail)}"
    for end in (found["left"], found["right"]):
        yield f"{found['lead']}{end}{tail}", at
