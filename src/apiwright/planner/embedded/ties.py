"""Entries of a list that tie a thing to another: `belongs to a proposal and a telescope`, `made by one brewery`, `many per observation`."""

import re

from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.fieldspec import UNIT
from apiwright.planner.embedded.listing import split_list
from apiwright.planner.embedded.notes import Notes, RelationNote, RelationWord, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.words import word_list

_LEAD = r"^(?:and\s+)?(?:(?:each|it)\s+)?(?:(?:can|may|must|should|will|always|also)\s+)*(?:(?:is|are|be|gets)\s+)?"
_PAIRED = Pattern(
    _LEAD + r"(?:many[- ]to[- ]many|m2m|[nm]:[nm])\s+(?:relation(?:ship)?\s+)?(?:with|to)\s+(?P<what>.+)$",
    re.IGNORECASE,
    cues=("many", "m2m", ":"),
)
_TO_ONE = Pattern(
    _LEAD + r"(?:belongs?\s+to|refers?\s+to|references?|links?|connects?|ties?|joins?|part\s+of|owned\s+by|per|many\s+per|several\s+per"
    r"|(?!based|used|needed|ordered|sorted|required)[a-z]+(?:ed|en|ld|ght|de|un)\s+(?:to|by|in|with|at|for)|by|in|of|from|for|on|about)\s+"
    r"(?P<what>(?:one|an?|the|each|every|many|several|exactly|its|their)\b.+|[a-z][\w\- ]+)$",
    re.IGNORECASE,
)
_HAVING = Pattern(_LEAD + r"(?:has|have|with|contains?|holds?|includes?)\s+(?P<what>.+)$", re.IGNORECASE)
_ONE = Pattern(r"^(?:exactly\s+)?one\s+[a-z]", re.IGNORECASE, cues=("one",))
_MANY = Pattern(
    r"^(?:one\s+or\s+more|more\s+than\s+one|many|several|multiple)\s+[a-z]", re.IGNORECASE, cues=("one", "many", "several", "multiple")
)


def ties_of(text: str, start: int) -> list[tuple[RelationWord, Phrase]]:
    """What an entry ties its thing to, and how; nothing when it is a plain member."""
    text = text.strip(" .")
    if UNIT.search(text):
        return []
    if found := _PAIRED.match(text):
        return _each(found["what"], start + found.start("what"), "many_to_many", "many_to_many")
    for pattern, one, many in ((_TO_ONE, "belongs", "many_to_many"), (_HAVING, "has_one", "has_many")):
        if found := pattern.match(text):
            return _each(found["what"], start + found.start("what"), one, many)  # type: ignore[arg-type] - the words of the tuple above
    if _ONE.match(text):
        return _each(text, start, "belongs", "belongs")
    return _each(text, start, "has_many", "has_many") if _MANY.match(text) else []


def read_ties(notes: Notes, concept: Concept, text: str, at: int) -> bool:
    """Notes what an entry ties a thing to; whether all of it was understood."""
    ties = ties_of(text, at)
    good = 0
    for word, phrase in ties:
        target = notes.concept(phrase.words)
        if target is None or target.tail or target.name == concept.name:
            continue
        good += 1
        span = Span(phrase.start, phrase.end)
        notes.add(target, 2.0, span, plural=phrase.plural)
        notes.relations.append(RelationNote(source=concept.name, word=word, target=target.name, span=span))
    return 0 < good == len(ties)


def _each(what: str, start: int, one: RelationWord, many: RelationWord) -> list[tuple[RelationWord, Phrase]]:
    found: list[tuple[RelationWord, Phrase]] = []
    for piece, at in split_list(what, start):
        phrase = said_phrase(piece, at)
        if phrase is None:
            return []
        several = "many" in phrase.determiners or (one != "belongs" and phrase.plural)
        people = several and phrase.head in word_list("makers")
        found.append(("many_to_many" if people else many if several else one, phrase))
    return found
