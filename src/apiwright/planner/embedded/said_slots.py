"""Things of which there is one for each of several kinds: `shops have opening hours: one per weekday (monday, tuesday)`."""

import re

from msgspec.structs import replace

from apiwright.kit.casing import pascal
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.fieldspec import field_note
from apiwright.planner.embedded.notes import RelationNote, Span
from apiwright.planner.embedded.patterns import Pattern

ONE_PER = r"(?:exactly\s+|always\s+)?one\s+(?:per|for\s+each|for\s+every|each)\s+(?P<key>[a-z]+)"
_SLOTS = Pattern(
    r"\b(?P<whole>[a-z]+)\s+(?:has|have)\s+(?:[a-z][a-z ,]{0,60}?(?:,|\sand)\s+)?(?P<thing>[a-z]+(?:\s(?!and\b)[a-z]+)?s)"
    rf"(?P<told>\s*[:,(\u2013-]\s*{ONE_PER}(?:\s*\((?P<values>[^()\n]{{3,200}})\))?\)?)",
    re.IGNORECASE,
    cues=("one ",),
)


def read_slots(said: Discourse, text: str, start: int) -> str:
    """Notes such things as parts of their whole, with the kind that each is for; answers the text without them."""
    for found in list(_SLOTS.finditer(text)):
        whole = said.concept(said_phrase(found["whole"], start + found.start("whole")))
        thing = said_phrase(found["thing"], start + found.start("thing"))
        values = f" ({found['values']})" if found["values"] else ""
        note = field_note(f"{found['key'].lower()}{values}", start + found.start("key"))
        if whole is None or whole.tail or thing is None or note is None or (values and not note.values):
            continue
        span = Span(thing.start, start + found.end())
        known = said.concept(thing)
        part = Concept(name=pascal(" ".join(thing.full)), entry=known.entry if known is not None and not known.tail else None)
        for concept in (whole, part):
            said.notes.kept.add(said.notes.add(concept, 2.4, span, plural=True))
        said.notes.own |= {thing.words}
        said.notes.fields.append((part.name, replace(note, required=True)))
        said.notes.relations.append(RelationNote(source=part.name, word="belongs", target=whole.name, span=span))
        text = text[: found.start("thing")] + " " * (found.end() - found.start("thing")) + text[found.end() :]
    return text
