"""What a label over a list names."""

import re

from apiwright.kit.casing import pascal
from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.concepts import Concept, concept_of, in_full
from apiwright.planner.embedded.fieldspec import FieldNote
from apiwright.planner.embedded.notes import Notes
from apiwright.planner.embedded.words import lexicon, word_list

_PARTS = frozenset({"usage", "value", "history", "version", "type", "level", "step", "line", "rate", "limit"})
_NO_ENTITY = word_list("no_label")


class LabelNames:
    """The things that labels name, as the prompt speaks of them."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def concept(self, label: str) -> Concept | None:
        """The thing that a label names, under all of its words."""
        words = [word for word in re.findall(r"[a-z][a-z0-9]*", label) if word not in {"the", "a", "an", "each", "new", "your", "and"}]
        end = next((at for at, word in enumerate(words) if at and word != "of" and lexicon().closed.get(word) == "preposition"), len(words))
        words = words[:end]  # `absences in the API`
        if not words or len(words) > 4 or any(lexicon().closed.get(word) in {"pronoun", "modal", "negation"} for word in words):
            return None
        if is_plural(words[-1]):
            words[-1] = singular(words[-1])
        found = concept_of(tuple(words), self._notes.preferred)
        if found is not None and found.tail in _PARTS:
            return Concept(name=pascal(" ".join(words)))
        return found if found is None or found.tail else in_full(found, tuple(words))

    def knows(self, note: FieldNote) -> bool:
        """Whether a member is named after a thing that the catalogue knows."""
        found = self.concept(note.name.replace("_", " "))
        return found is not None and found.entry is not None


def named_only(label: str, *, firm: bool) -> Concept | None:
    """A label that would be no entity in running text may be one over a list of fields: `Result: value, unit`."""
    words = label.replace("_", " ").split()
    plain = 0 < len(words) <= (3 if firm else 2) and all(word.isascii() and word.isalpha() for word in words)
    if not plain or words[-1] in _NO_ENTITY or (not firm and (is_attribute(words[-1]) or words[0] in _NO_ENTITY)):
        return None
    return Concept(name=pascal(" ".join([*words[:-1], singular(words[-1])])))
