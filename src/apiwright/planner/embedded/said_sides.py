"""Who stands on either side of a thing and alone may see it: `messages are visible to sender and receiver only`."""

import re

from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.fieldspec import FieldNote
from apiwright.planner.embedded.notes import Notes, RightNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.words import word_list

_WHO = r"(?:the\s+|its\s+|their\s+|an?\s+|both\s+)*(?P<one>[a-z]+)(?:\s+(?:and|or)\s+(?:the\s+|its\s+|their\s+|an?\s+)?(?P<other>[a-z]+))?"
_SHOWN = Pattern(
    r"\b(?P<what>[a-z]+)\s+(?:is|are|can|may|must|should|will)\s+(?:(?:only|be)\s+)*(?:visible|accessible|available|readable|shown|seen|read|viewed|opened)"
    rf"\s+(?:only\s+)?(?:to|by|for)\s+(?:only\s+)?{_WHO}\b",
    re.IGNORECASE,
    cues=(" to ", " by ", " for "),
)
_SEES = Pattern(
    rf"\bonly\s+{_WHO}\s+(?:of\s+[a-z]+\s+)?(?:can|may|should|must)\s+(?:see|view|read|access|open)\s+(?:an?\s+|the\s+|their\s+|each\s+|any\s+)?(?P<what>[a-z]+)\b",
    re.IGNORECASE,
    cues=("only ",),
)


def read_sides(notes: Notes) -> None:
    """Notes both sides as members of the thing, and that it is theirs; they are no kinds of people."""
    for pattern in (_SHOWN, _SEES):
        for found in pattern.finditer(notes.prompt):
            thing = notes.concept((singular(found["what"].lower()),))
            sides = [found[side].lower() for side in ("one", "other") if found[side]]
            if thing is not None and not thing.tail and sides and all(_is_side(notes, side) for side in sides):
                _note(notes, thing.name, [(side, found.start(at)) for side, at in zip(sides, ("one", "other"), strict=False)], found)


def _is_side(notes: Notes, word: str) -> bool:
    """Whether somebody is spoken of as who stands on one side, and not as a kind of people (`senders`)."""
    several = re.search(rf"\b{re.escape(plural(word))}\b", notes.prompt, re.IGNORECASE)
    return word in word_list("sides") | word_list("doer") and several is None and word not in notes.roles


def _note(notes: Notes, thing: str, sides: list[tuple[str, int]], found: re.Match[str]) -> None:
    names = {side for side, _ in sides}
    notes.sides[thing] = tuple(side for side, _ in sides)
    span = Span(found.start(), found.end())
    notes.rights = [right for right in notes.rights if not (set(right.actors) <= names and span.start <= right.span.start < span.end)]
    for side, at in sides:
        notes.actors.pop(side.capitalize(), None)
        note = FieldNote(name=side, start=at, end=at + len(side), refers="user", passing=True)
        notes.fields.append((thing, note))
    notes.add(notes.concept((singular(found["what"].lower()),)) or notes.candidates[thing].concept, 1.6, span, plural=True)
    notes.rights.append(RightNote(actors=("user",), verbs=("view", "track"), targets=(thing,), span=span, only=True, own=True, modal=True))
