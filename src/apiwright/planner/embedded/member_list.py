"""The entries of a declaration, and whether they read as the members of a thing: `title, author, belongs to a shelf`."""

import re
from collections.abc import Callable

from msgspec import Struct

from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.entries import said_field
from apiwright.planner.embedded.fieldspec import FieldNote, field_note, looks_like_field
from apiwright.planner.embedded.labels import bare, parts
from apiwright.planner.embedded.listing import split_list
from apiwright.planner.embedded.notes import Notes
from apiwright.planner.embedded.ties import read_ties, ties_of
from apiwright.planner.embedded.words import lexicon


class _Entry(Struct, frozen=True):
    """One entry: a member, a tie to another thing, or neither."""

    text: str
    start: int
    note: FieldNote | None
    tied: bool

    @property
    def short(self) -> bool:
        return self.tied or len(re.sub(r"\(.*?\)|:.*", "", self.text).split()) <= 6


class MemberList:
    """What stands behind a label."""

    def __init__(self, text: str, at: int) -> None:
        self._entries = [_entry(piece, start) for part, begin in parts(text, at) for piece, start in split_list(part, begin)]
        self._members = [entry.note for entry in self._entries if entry.note is not None and not entry.tied]
        self._ties = sum(entry.tied for entry in self._entries)

    def convinces(self, *, firm: bool, telling: bool, known: Callable[[FieldNote], bool]) -> bool:
        """Whether enough of the entries look like members. `firm` when the label is told to be a thing, `telling` when it looks so."""
        count = len(self._entries)
        first = self._entries[0] if self._entries else None
        if first is not None and not first.tied and first.note is None and re.search(r"\w+\s+with\s", first.text):
            return False  # `pet adoption: shelters list animals with species, breed and age`: what follows is of the animals
        looking = sum(looks_like_field(note) or (known(note) and not _is_software(note)) for note in self._members) + self._ties
        firm = firm or (telling and count >= 3 and looking > 0)
        enough = looking >= 2 or (looking and count <= 2) or (firm and self._members)
        if not enough or not all(entry.short for entry in self._entries):
            return False
        return len(self._members) + self._ties >= 0.7 * count and (looking >= 0.4 * count or firm)

    def note(self, notes: Notes, concept: Concept) -> None:
        """Notes the members of a thing, and what it is tied to."""
        for entry in self._entries:
            if (not entry.tied or not read_ties(notes, concept, entry.text, entry.start)) and entry.note is not None:
                notes.fields.append((concept.name, entry.note))


def _is_software(note: FieldNote) -> bool:
    """Whether a name speaks of how software is made: `user stories`."""
    return lexicon().barren.get(note.name.rsplit("_", maxsplit=1)[-1]) == "abstract"


def _entry(text: str, start: int) -> _Entry:
    note = said_field(text, start) or field_note(bare(text), start)
    return _Entry(text=text, start=start, note=note, tied=bool(ties_of(text, start)) and not (note and is_attribute(note.name)))
