"""A topic and what it keeps: `Farm management: fields, crops, tractors and workers` names an application and its entities."""

import re

from apiwright.kit.casing import words_of
from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.asides import read_aside
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.blocks import Block
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, span_of
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.implied import domains_of, is_covered
from apiwright.planner.embedded.joined import note_members
from apiwright.planner.embedded.labels import plain_label
from apiwright.planner.embedded.listed_things import Thing, things_of
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.said_members import MemberReader
from apiwright.planner.embedded.ties import read_ties
from apiwright.planner.embedded.words import lexicon, word_list

_TOPIC = Pattern(r"^\s*(?P<label>[A-Za-z][^.:;(){}\n!?]{0,70}?)\s*(?::|\s[-\u2013—])\s+(?=\S)")
_WITH = Pattern(r"^\s*(?P<label>[A-Za-z][^.,:;(){}\n!?]{0,70}?)\s+with\s+(?=[a-z])", re.IGNORECASE)
_CRUD = Pattern(
    r"^\s*(?:(?:full|basic|simple)\s+)?CRUD\s+(?:operations\s+)?(?:(?:for|on|of)\s+)?(?:their\s+)?"
    r"(?P<list>[a-z][a-z ,&-]+?)\s*(?:$|[.(;:\n])",
    re.IGNORECASE,
    cues=("crud",),
)
_ASKED = Pattern(
    r"^(?:please\s+)?(?:(?:we|i)\s+(?:need|want|would\s+like)(?:\s+to\s+[a-z]+)?|(?:build|create|make|write|design|develop|implement)(?:\s+(?:me|us))?)"
    r"\s+(?:an?\s+|the\s+)?(?:[a-z-]+\s+){0,2}?(?:api|backend|back\s+end|service|server|system)\s+(?:for|to\s+manage|that\s+manages)\s+",
    re.IGNORECASE,
)
_KEPT = Pattern(
    r"\b(?:track|log|record|keep|manage|store|organi[sz]e|catalog(?:ue)?|plan)(?:\s+track\s+of)?\s+(?:my|our|all|their)\s+(?P<noun>[a-z]+(?:\s[a-z]+)?s)\s*$",
    re.IGNORECASE,
)
_END = Pattern(r"[.!?](?=\s|$)|\n")


def names_topic(block: Block, others: list[Block]) -> bool:
    """Whether a line may be a topic and its list: no other line of the prompt declares something in the same way."""
    label = _label(block)
    if block.kind != "paragraph" or label is None or any(_label(other) is not None for other in others if other is not block):
        return False
    words = _ASKED.sub("", label).split()
    closed = {lexicon().closed.get(word) for word in words}
    brief = len(words) <= 6 or (len(words) <= 10 and words[-1] in word_list("application"))
    return bool(words) and brief and not closed & {"modal", "be", "have", "negation"} and words[-1] not in word_list("over_something_else")


def read_topic(said: Discourse, members: MemberReader, block: Block, *, beside: int) -> str | None:
    """Notes the things that a topic lists, `beside` some that are read. Answers the text that is left; None for no topic."""
    found = _TOPIC.match(block.text)
    assert found is not None  # noqa: S101 - the caller looked
    end = _END.search(block.text, found.end())
    until = end.start() if end else len(block.text)
    things = things_of(said, block.text[found.end() : until], block.start + found.end())
    last = plain_label(found["label"]).split()[-1]
    alone = bool(things) and bool(things[0].members) and last in word_list("application") | word_list("establishment")
    if len(things) + beside < (1 if alone else 2):
        return None
    text = " " * found.end() + block.text[found.end() :]
    _keep_label(said.notes, found["label"], block.start)
    _keep_object(said, found["label"], block.start)
    for thing in things:
        _note(said, members, thing)
        begin, stop = thing.start - block.start, thing.end - block.start
        behind = re.match(r"\s*,?(?:\s+and\b)?", text[stop:])
        stop += behind.end() if behind else 0
        text = text[:begin] + " " * (stop - begin) + text[stop:]
    return text


def read_with(said: Discourse, members: MemberReader, block: Block) -> None:
    """`A museum backend with exhibits, artists and visitors` keeps what it lists. The text is still to be read."""
    notes = said.notes
    found = _WITH.match(block.text)
    words = plain_label(found["label"]).split() if found else []
    if found is None or not 0 < len(words) <= 7 or is_plural(words[-1]) or {"each", "every"} & set(words):
        return
    if any(lexicon().closed.get(word) in {"modal", "be", "have", "negation"} for word in words):
        return
    _keep_head(notes, words, Span(block.start + found.start("label"), block.start + found.end("label")))
    end = _END.search(block.text, found.end())
    things = things_of(said, block.text[found.end() : end.start() if end else len(block.text)], block.start + found.end())
    plain = [thing for thing in things if not is_attribute("_".join(thing.phrase.words)) or thing.concept.entry is not None]
    for thing in plain if len(plain) > 1 else []:
        notes.listed_things.add(notes.add(thing.concept, 1.2, span_of(thing.phrase), plural=True))
    for thing in things if len(things) > 1 else []:
        note_members(said, members, thing.concept.name, thing.members)
        inner = notes.concept(thing.phrase.words[:-1]) if len(thing.phrase.words) == 2 else None
        known = inner is not None and inner.entry is not None and not inner.tail and not inner.entry.flags & {"weak", "account"}
        if inner is not None and known and inner.exact and not thing.concept.name.startswith(inner.name):
            notes.add(inner, 1.2, span_of(thing.phrase), plural=True)


def read_crud(said: Discourse, block: Block) -> None:
    """`CRUD companies and their offices` keeps what it lists. The text is still to be read."""
    found = _CRUD.match(block.text)
    for thing in things_of(said, found["list"], block.start + found.start("list")) if found else []:
        said.notes.add(thing.concept, 1.8, span_of(thing.phrase), plural=True)
        said.notes.kept.add(thing.concept.name)


def _keep_head(notes: Notes, words: list[str], span: Span) -> None:
    """`A movie database with actors and reviews` keeps movies."""
    kept = (
        word_list("application")
        | word_list("keeper")
        | {"database", "taking", "sharing", "keeping", "tracking", "collection", "rest", "simple"}
    )
    told = list(words)
    while told and told[-1] in kept:
        told.pop()
    if not told or len(told) == len(words) or singular(told[-1]) in word_list("establishment"):
        return
    for cut in range(max(len(told) - 2, 0), len(told)):
        entry = catalogue().named(" ".join([*told[cut:-1], singular(told[-1])]), notes.preferred)
        if entry is not None and not entry.flags & {"account", "person", "weak"} and words[-1] != "server":
            concept = notes.concept((*told[cut:-1], singular(told[-1])))
            if concept is not None and not concept.tail and not _only_names(notes, concept, span):
                notes.head = notes.add(concept, 1.8, span, plural=True, about=True)
            return


def _only_names(notes: Notes, concept: Concept, span: Span) -> bool:
    """Whether the words that name the application mean other things: the delivery of `a food delivery platform`."""
    found = domains_of(notes.prompt)
    word = words_of(concept.name)[-1].lower()
    own = [
        concept.entry is not None and concept.entry.name in domain.vocabulary
        for domain, place, names in found
        if names and span.start <= place.start < span.end and not is_covered(place, found)
        and word in notes.prompt[place.start : place.end].lower()
    ]  # fmt: skip
    return bool(own) and not any(own)


def _label(block: Block) -> str | None:
    found = _TOPIC.match(block.text)
    return plain_label(found["label"]) if found else None


def _keep_label(notes: Notes, label: str, start: int) -> None:
    """The one word before the colon is a thing too where it is none that an application calls itself: `Survey: questions, answers`."""
    words = plain_label(label).split()
    if len(words) != 1 or words[0] in word_list("establishment") | word_list("what_it_is") | word_list("application"):
        return
    phrase = said_phrase(label, start)
    concept = notes.concept((singular(words[0]),))
    if phrase is not None and concept is not None and concept.entry is not None and concept.exact and not concept.tail:
        notes.add(concept, 2.0, span_of(phrase), plural=is_plural(words[0]))


def _keep_object(said: Discourse, label: str, start: int) -> None:
    """What is kept by the words before the colon is a thing: the workouts of `track my workouts: exercises, sets, reps`."""
    found = _KEPT.search(label)
    phrase = said_phrase(found["noun"], start + found.start("noun")) if found else None
    concept = said.concept(phrase)
    if phrase is not None and concept is not None and not concept.tail:
        said.notes.kept.add(said.notes.add(concept, 2.0, span_of(phrase), plural=True))


def _note(said: Discourse, members: MemberReader, thing: Thing) -> None:
    name = said.notes.add(thing.concept, 4.0, span_of(thing.phrase), declared=True, plural=True)
    said.notes.kept.add(name)
    said.recent, said.nearest = thing.concept, name
    if thing.phrase.aside is not None:
        read_aside(said, thing.phrase)
    for tie in thing.ties:
        read_ties(said.notes, thing.concept, *tie)
    note_members(said, members, name, thing.members)
