"""Bullets that are called as a thing which the prompt declares somewhere, before or behind: `- bean`, `- which beans`."""

import re

from msgspec.structs import replace

from apiwright.kit.casing import pascal
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.blocks import Block
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.fieldspec import FieldNote, base_name, field_note, looks_like_field
from apiwright.planner.embedded.notes import Notes

_WHICH = re.compile(r"^which\s+", re.IGNORECASE)
_MOST_WORDS = 4


class NamedMembers:
    """Remembers what may be such until all is read: only then it is known what is declared."""

    def __init__(self) -> None:
        self._seen: list[tuple[Concept, FieldNote]] = []

    def note(self, concept: Concept, bullet: Block) -> None:
        """A bullet below a concept; no matter where it is a field by its own looks."""
        note = field_note(_WHICH.sub("", bullet.text), bullet.start)
        if note is None or looks_like_field(note) or len(bullet.text.split()) > _MOST_WORDS:
            return
        one = _WHICH.match(bullet.text) is not None
        self._seen.append((concept, replace(note, name=singular(note.name)) if one else note))

    def settle(self, notes: Notes) -> None:
        """Everything is read: those that name a declared thing are members."""
        declared = {name for name, candidate in notes.candidates.items() if candidate.declared}
        for concept, note in self._seen:
            if concept.name in declared and pascal(base_name(note)) in declared - {concept.name}:
                notes.fields.append((concept.name, note))
