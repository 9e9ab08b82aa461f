"""Bullets that are called as a thing which the prompt declares somewhere, before or behind: `- bean`, `- which beans`."""

import re

from msgspec import Struct
from msgspec.structs import replace

from apiwright.kit.casing import pascal
from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.blocks import Block
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.fieldspec import FieldNote, base_name, field_note, looks_like_field
from apiwright.planner.embedded.notes import Notes, Span

_WHICH = re.compile(r"^which\s+", re.IGNORECASE)
_MOST_WORDS = 4


class _Bullet(Struct, frozen=True):
    concept: Concept
    opener: Block
    note: FieldNote


class NamedMembers:
    """Remembers what may be such until all is read: only then it is known what is declared."""

    def __init__(self) -> None:
        self._bullets: list[_Bullet] = []

    def note(self, concept: Concept, opener: Block, bullet: Block) -> None:
        """A bullet below the name of a concept; no matter where it is a field by its own looks."""
        note = field_note(_WHICH.sub("", bullet.text), bullet.start)
        if note is None or looks_like_field(note) or len(bullet.text.split()) > _MOST_WORDS:
            return
        one = _WHICH.match(bullet.text) is not None
        self._bullets.append(_Bullet(concept, opener, replace(note, name=singular(note.name)) if one else note))

    def settle(self, notes: Notes) -> None:
        """Everything is read: bullets that name a declared thing are members; what has no others, and one of each, is declared by them."""
        declared = {name for name, candidate in notes.candidates.items() if candidate.declared}

        def links(bullet: _Bullet) -> bool:
            return pascal(base_name(bullet.note)) in declared - {bullet.concept.name}

        loose = {item.concept.name for item in self._bullets if not links(item) or is_plural(item.note.name)} - declared
        for bullet in self._bullets:
            if links(bullet) and bullet.concept.name not in loose:
                notes.add(bullet.concept, 5.0, Span(bullet.opener.start, bullet.opener.start + len(bullet.opener.text)), declared=True)
                notes.fields.append((bullet.concept.name, bullet.note))
