"""Bullets that are called as a thing which the prompt declares somewhere, before or behind: `- bean`, `- which beans`.

And bullets that are members for standing among others that are plainly such: the `- action taken` of an incident, beside its dates.
"""

import re
from collections import Counter

from msgspec import Struct
from msgspec.structs import replace

from apiwright.kit.casing import pascal
from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.blocks import Block
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.fieldspec import FieldNote, base_name, field_note, looks_like_field
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.words import lexicon

_WHICH = re.compile(r"^which\s+", re.IGNORECASE)
_CLAUSE = re.compile(r"\s+(?:that\s+|which\s+)?(?:it|they|he|she)\s+[a-z]+(?:\s+(?:in|at|on|to|for|from|with|by))?$", re.IGNORECASE)
_MOST_WORDS = 4
_PLAINLY = 2


class _Bullet(Struct, frozen=True):
    concept: Concept
    opener: Block
    note: FieldNote


class NamedMembers:
    """Remembers what may be such until all is read: only then it is known what is declared."""

    def __init__(self) -> None:
        self._bullets: list[_Bullet] = []
        self._plain: Counter[int] = Counter()

    def plainly(self, opener: Block, *, several: bool = False) -> None:
        """A bullet below a name is a member by its own looks, or lists several."""
        self._plain[opener.start] += 2 if several else 1

    def note(self, concept: Concept, opener: Block, bullet: Block) -> None:
        """A bullet below the name of a concept; no matter where it is a field by its own looks."""
        text = _CLAUSE.sub("", _WHICH.sub("", bullet.text))
        note = field_note(text, bullet.start)
        if note is None or looks_like_field(note) or len(re.sub(r"\(.*?\)", "", text).split()) > _MOST_WORDS:
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
            elif self._plain[bullet.opener.start] >= _PLAINLY and _is_named(bullet.note.name, notes):
                notes.fields.append((bullet.concept.name, bullet.note))


def _is_named(name: str, notes: Notes) -> bool:
    """Whether a bullet names a member and tells no deed; several things that are kept are no member."""
    words = name.split("_")
    concept = notes.concept(tuple(words))
    thing = is_plural(words[-1]) and concept is not None and concept.entry is not None and not concept.tail
    return not thing and lexicon().verbs.get(words[0], ("", ""))[1] not in {"base", "s"} and not lexicon().is_barren(words[-1])
