"""Clauses behind a thing that tell where it is used: the concerts of `pieces we sing in concerts`, the races of `bikes I ride in races`."""

import re

from apiwright.kit.casing import pascal
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.entries import said_field, said_phrase
from apiwright.planner.embedded.notes import RelationNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.said_records import is_people, spoken_before
from apiwright.planner.embedded.verb_forms import base_of
from apiwright.planner.embedded.words import lexicon, word_list

_USED = Pattern(
    r"\b(?P<thing>[a-z]+(?:\s[a-z]+)?s)(?P<clause>\s+(?:(?:that|which)\s+)?(?:we|they|it|you|i|he|she)\s+(?:(?:can|will|should|may)\s+)?(?P<verb>[a-z]+)\s+"
    r"(?:in|at|on|during|for)\s+(?:(?:the|our|their|its|my|several|many|different)\s+)?(?P<other>[a-z]+(?:\s[a-z]+)?s))\b(?=\s*(?:[.,;:]|$|and\b))",
    re.IGNORECASE,
    cues=(" we ", " they ", " it ", " you ", " i ", " he ", " she "),
)
_PRESENT = Pattern(
    r"\b(?:at|for|in|on|after|before)\s+(?:each|every|any|an?)\s+(?P<event>[a-z]+),?\s+(?:i|we|they|you|the\s+[a-z]+)\s+(?:(?:can|will|should|must|want\s+to|need\s+to)\s+)?"
    r"(?:marks?|notes?|ticks?(?:\s+off)?|records?|writes?\s+down|logs?|tracks?|sees?|knows?)\s+who\s+(?:was|is|were|came|comes|attended|attends|showed|took|turned|joined)\b",
    re.IGNORECASE,
    cues=("who ",),
)
_WHOSE = Pattern(
    r"\b(?:whose|which)\s+(?P<thing>[a-z]+s)\s+(?:is|are|was|were|went|go|belong)\s+(?:in|into|on|at|to|with)\s+which\s+(?P<other>[a-z]+(?:\s(?!and\b|or\b)[a-z]+)?)",
    re.IGNORECASE,
    cues=("which ",),
)
_COSTS = Pattern(
    r"(?:,\s*|\band\s+)what\s+(?:we|they|i|you|it)\s+(?P<did>charged?|paid|pay|got|get|spent)\s+for\s+(?:each|every|an?|the)\s+(?P<thing>[a-z]+)",
    re.IGNORECASE,
    cues=("what ",),
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


def read_presence(said: Discourse, text: str, start: int) -> None:
    """Notes who takes part: `at each rehearsal I mark who was there`, of the people spoken of before."""
    for found in _PRESENT.finditer(text):
        event = said.concept(said_phrase(found["event"], start + found.start("event")))
        people = next(filter(is_people, spoken_before(said, text[: found.start()])), None)
        if event is not None and people is not None and not event.tail and event.name != people.name:
            span = Span(start + found.start(), start + found.end())
            said.notes.kept.add(said.notes.add(event, 2.0, span, plural=True))
            said.notes.relations.append(RelationNote(source=event.name, word="many_to_many", target=people.name, span=span))


def read_whose(said: Discourse, text: str, start: int) -> str:
    """Notes in which thing others are, and what each costs: `whose pieces were in which firing and what we charged for each piece`."""
    for found in list(_WHOSE.finditer(text)):
        source, target = (said_phrase(found[group], start + found.start(group)) for group in ("thing", "other"))
        thing, other = _named(said, source), _named(said, target)
        if thing is not None and other is not None and thing.name != other.name:
            span = Span(start + found.start(), start + found.end())
            for concept in (thing, other):
                said.notes.kept.add(said.notes.add(concept, 2.0, span, plural=True))
            said.notes.relations.append(RelationNote(source=thing.name, word="belongs", target=other.name, span=span))
            text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    for found in list(_COSTS.finditer(text)):
        thing = _named(said, said_phrase(found["thing"], start + found.start("thing")))
        note = said_field(f"what we {found['did']}", start + found.start("did"))
        if thing is not None and note is not None:
            said.notes.fields.append((said.notes.add(thing, 1.2, Span(note.start, note.end)), note))
            text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    return text


def _named(said: Discourse, phrase: Phrase | None) -> Concept | None:
    """What a word names that a clause tells more of: even an everyday word (`pieces`, `items`) is a thing then."""
    concept = said.concept(phrase)
    if concept is not None or phrase is None:
        return concept if concept is not None and not concept.tail else None
    kind = lexicon().barren.get(phrase.head)
    return None if kind in {"ui", "http", "technology"} or is_attribute(phrase.head) else Concept(name=pascal(phrase.head))
