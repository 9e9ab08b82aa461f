"""Clauses behind a thing that tell where it is used: the concerts of `pieces we sing in concerts`, the races of `bikes I ride in races`."""

import re

from apiwright.kit.casing import pascal
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.notes import RelationNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.verb_forms import base_of
from apiwright.planner.embedded.words import lexicon, word_list

_USED = Pattern(
    r"\b(?P<thing>[a-z]+(?:\s[a-z]+)?s)(?P<clause>\s+(?:(?:that|which)\s+)?(?:we|they|it|you|i|he|she)\s+(?:(?:can|will|should|may)\s+)?(?P<verb>[a-z]+)\s+"
    r"(?:in|at|on|during|for)\s+(?:(?:the|our|their|its|my|several|many|different)\s+)?(?P<other>[a-z]+(?:\s[a-z]+)?s))\b(?=\s*(?:[.,;:]|$|and\b))",
    re.IGNORECASE,
    cues=(" we ", " they ", " it ", " you ", " i ", " he ", " she "),
)
_LAID = frozenset({"keep", "store", "hold", "put", "file", "grow", "plant", "sort", "group", "hang", "park"})


def read_relatives(said: Discourse, text: str, start: int) -> str:
    """Notes what is used where; answers the text without the clauses. What is kept somewhere is in one place, a song in many concerts."""
    for found in list(_USED.finditer(text)):
        thing, other = (said_phrase(found[group].split()[-1], start + found.start(group)) for group in ("thing", "other"))
        whole = said_phrase(found["other"], start + found.start("other"))
        source, target = _named(said, thing), said.concept(whole or other)
        verb = base_of(found["verb"].lower()) or found["verb"].lower()
        if source is None or target is None or target.tail or source.name == target.name or verb in lexicon().closed:
            continue
        one = verb in _LAID or (other is not None and other.head in word_list("container") | word_list("houses"))
        span = Span(start + found.start("thing"), start + found.end("other"))
        for concept in (source, target):
            said.notes.kept.add(said.notes.add(concept, 2.4, span, plural=True))
        link = RelationNote(source=source.name, word="belongs", target=target.name, span=span)
        if not one:
            link = RelationNote(source=target.name, word="many_to_many", target=source.name, span=span)
        said.notes.relations.append(link)
        text = text[: found.start("clause")] + " " * len(found["clause"]) + text[found.end("clause") :]
    return text


def _named(said: Discourse, phrase: Phrase | None) -> Concept | None:
    """What a word names that a clause tells more of: even an everyday word (`pieces`, `items`) is a thing then."""
    concept = said.concept(phrase)
    if concept is not None or phrase is None:
        return concept if concept is not None and not concept.tail else None
    kind = lexicon().barren.get(phrase.head)
    return None if kind in {"ui", "http", "technology"} or is_attribute(phrase.head) else Concept(name=pascal(phrase.head))
