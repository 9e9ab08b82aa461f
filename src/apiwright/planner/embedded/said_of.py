"""Members told by whose they are: `we note name, species and weight of the animal`."""

import re

from apiwright.kit.inflection import singular
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.fieldspec import field_note
from apiwright.planner.embedded.listing import split_list
from apiwright.planner.embedded.notes import Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.words import lexicon, word_list

_MEMBER = r"(?:(?:the|an?|its|their)\s+)?[a-z][a-z\-]*(?:\s[a-z]+)?"
_OF = Pattern(
    r"\b(?:records?|notes?|stores?|keeps?|tracks?|enters?|sets?|changes?|updates?|saves?|logs?|knows?|registers?|edits?|adjusts?|measures?|calculates?|computes?|see|sees|and|,|^the|[.:]\s+the)\s+"
    rf"(?P<list>{_MEMBER}(?:,\s*{_MEMBER})*(?:,?\s+and\s+{_MEMBER})?)\s+of\s+"
    r"(?P<noun>(?:the|each|every|an?|all|our|their|any|that)\s+[a-z]+(?:\s[a-z]+)?)(?=\s*(?:[.,;:(]|$)|\s(?:and|so|when|which|is|are|can|to|for|by|in|with)\b)",
    re.IGNORECASE,
    cues=(" of ",),
)
_ENTRY = Pattern(
    rf"^\s*(?P<list>{_MEMBER}(?:\s*(?:,|\+|&|and|plus)\s*{_MEMBER}){{1,4}})\s+(?:on|for|of)\s+(?P<noun>(?:the|each|every|all)\s+[a-z]+)\s*\.?\s*$",
    re.IGNORECASE,
    cues=(" on ", " for ", " of "),
)
"""`size + food preferences on the volunteer`, as an entry of its own."""


def read_of(said: Discourse, text: str, start: int) -> str:
    """Notes the members that a text tells of what stands behind `of`; answers the text without them."""
    for found in [*_ENTRY.finditer(text)] or list(_OF.finditer(text)):
        at = start + found.start("noun")
        phrase = said_phrase(found["noun"], at)
        concept = said.concept(phrase)
        if phrase is None or concept is None or concept.tail or phrase.head in {"month", "week", "year", "day"}:
            continue
        pieces = split_list(found["list"], start + found.start("list"))
        notes = [field_note(piece, place) for piece, place in pieces]
        if any(note is None or not _is_told(note.name) for note in notes):
            continue
        name = said.notes.add(concept, 1.2 if concept.entry is not None else 0.6, Span(phrase.start, phrase.end), plural=phrase.plural)
        said.notes.fields += [(name, note) for note in notes if note is not None]
        said.recent, said.nearest = concept, name
        begin, end = found.start("list"), found.start("noun")
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text


def _is_told(name: str) -> bool:
    first = name.partition("_")[0]
    acts = first != name and first in lexicon().verbs and not is_attribute(first)
    return is_attribute(name) and singular(name) not in word_list("part_of") and not acts
