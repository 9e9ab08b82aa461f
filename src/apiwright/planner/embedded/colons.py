"""Members behind a colon: `my records: artist, year, label`."""

import re

from apiwright.kit.casing import pascal
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, span_of
from apiwright.planner.embedded.member_names import counted
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.phrases import Item, Mark, Phrase, is_counted
from apiwright.planner.embedded.said_members import MemberReader
from apiwright.planner.embedded.ties import read_ties
from apiwright.planner.embedded.words import lexicon

_FULL_OF = Pattern(r"\b(?:full|a\s+(?:pile|stack|heap|box|shelf|lot))\s+of\s+$", re.IGNORECASE)


def read_colon(said: Discourse, members: MemberReader, items: list[Item]) -> list[Item]:
    """`my records: artist, year, label, condition (mint, good)`: fields of what stands before the colon. Answers the rest."""
    at = next((at for at, item in enumerate(items) if isinstance(item, Mark) and item.tag == ":"), 0)
    items = _without_clause(items, at)
    at = next((at for at, item in enumerate(items) if isinstance(item, Mark) and item.tag == ":"), 0)
    before = items[at - 1] if at else None
    end = _deed_behind(items, at)
    counts = [here for here in range(at + 2, end - 1) if is_counted(items[here - 1], items[here])]
    told = (item for here, item in enumerate(items[:end]) if here > at and here not in counts)
    if not isinstance(before, Phrase) or any(isinstance(item, Mark) and item.tag in "VGHBMUP" for item in told):
        return items
    held = _FULL_OF.search(said.notes.prompt, 0, before.start) is not None
    before = before if held else _object_before(items, at) or before
    owner = said.concept(before)
    logged = any(isinstance(item, Mark) and item.tag == "V" and item.low in {"log", "record", "track"} for item in items[:at])
    if owner is None and held and not lexicon().is_barren(before.head):
        owner = Concept(name=pascal(before.text))  # `a cupboard full of sheet music: title, composer`
    if owner is None and (logged or before is not items[at - 1]) and is_attribute(before.head):
        owner = Concept(name=pascal(f"{before.text} entry"))
    listed = [_counted(items, here) for here in range(at + 1, end) if isinstance(items[here], Phrase) and here + 1 not in counts]
    if (
        owner is None
        or owner.tail
        or lexicon().is_barren(before.head)
        or len(listed) < 3
        or 2 * sum(map(members.is_attribute, listed)) < len(listed)
    ):
        return items
    name = said.notes.add(owner, 2.4, span_of(before), plural=before.plural)
    linked = items[at - 2] if at > 2 else None
    last = items[at - 1]
    if isinstance(linked, Mark) and linked.low in {"for", "of", "on"} and isinstance(last, Phrase) and last is not before:
        read_ties(said.notes, owner, f"{linked.low} a {last.text}", last.start)
    for phrase in listed:
        members.member(name, phrase)
    return [*items[:at], *items[end:]]


def _counted(items: list[Item], here: int) -> Phrase:
    """The phrase in its place; what is counted there is told as its number."""
    phrase, number = items[here], items[here - 2]
    assert isinstance(phrase, Phrase)  # noqa: S101 - the caller looked
    return counted(number, phrase) if isinstance(number, Phrase) and is_counted(number, items[here - 1]) else phrase


def _without_clause(items: list[Item], at: int) -> list[Item]:
    """The items without what I do with the things before a colon: `subscriptions I pay for: name, price`."""
    back = at - 1
    while back > 0 and isinstance(mark := items[back], Mark) and mark.tag in "PVRAM":
        if mark.low in {"i", "we", "they"} and isinstance(items[back - 1], Phrase):
            return [*items[:back], *items[at:]]
        back -= 1
    return items


def _deed_behind(items: list[Item], at: int) -> int:
    """Where a list ends because its subject does something more: `date, reason, and write notes`."""
    joined = (
        here
        for here in range(at + 2, len(items) - 1)
        if isinstance(items[here], Mark) and items[here].tag == "C" and isinstance(items[here + 1], Mark) and items[here + 1].tag == "V"  # type: ignore[union-attr]
    )
    return next(joined, len(items))


def _object_before(items: list[Item], at: int) -> Phrase | None:
    """What is acted on before a colon: the repair of `the workshop plans a repair for a defect: planned date, cost`."""
    verb = next((back for back in range(at - 1, -1, -1) if isinstance(items[back], Mark) and items[back].tag in "VH"), None)  # type: ignore[union-attr]
    return next((item for item in items[(at if verb is None else verb) : at] if isinstance(item, Phrase)), None)
