"""A topic and what it keeps: `Farm management: fields, crops, tractors and workers` names an application and its entities."""

import re

from msgspec import Struct, field
from msgspec.structs import replace

from apiwright.kit.casing import pascal, words_of
from apiwright.kit.inflection import is_plural, plural, singular
from apiwright.planner.embedded.asides import read_aside
from apiwright.planner.embedded.attributes import is_attribute, known_type
from apiwright.planner.embedded.blocks import Block
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, span_of
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.implied import domains_of, is_covered
from apiwright.planner.embedded.joined import note_members
from apiwright.planner.embedded.labels import plain_label
from apiwright.planner.embedded.member_names import BOUNDS
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.people import is_kind_of_people
from apiwright.planner.embedded.phrases import Phrase, items_of
from apiwright.planner.embedded.said_members import MemberReader
from apiwright.planner.embedded.ties import read_ties
from apiwright.planner.embedded.tokens import tokenize
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
_PIECE = Pattern(r"\s*(?:[,;]\s*(?:(?:and|plus)\s+)?|\s(?:and|&|plus)\s+)(?![^(]*\))")
_DONE = r"(?:[a-z]+(?:ed|en)|run|made|sold|sent|held|kept|paid|done)"
_PASSIVE = Pattern(rf"^{_DONE}$")
_THING = Pattern(
    r"^(?:(?:many|several|some|the|all|my|our|their)\s+|an?\s+(?:list|collection|repertoire|catalog(?:ue)?|library|register|directory|pool|set)\s+of\s+)?(?P<noun>[A-Za-z][\w\-']*(?:\s+[A-Za-z][\w\-']*){0,2}?)"
    r"(?:\s+" + _DONE + r"(?=\s+(?:on|by|in|for|at|to|from)\b|$)|\s+in\s+and\s+out|\s*(?P<aside>\([^()]*\)))?"
    r"(?:\s+(?P<word>with|having|of|on|for|from|by|in|per|to|at)\s+(?P<rest>.+))?$",
    re.IGNORECASE,
)


class _Thing(Struct):
    """An entry that names a thing, and the members told behind it."""

    phrase: Phrase
    concept: Concept
    start: int
    end: int
    tie: tuple[str, int] | None = None
    members: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])


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
    things = _things(said, block.text[found.end() : until], block.start + found.end())
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
    things = _things(said, block.text[found.end() : end.start() if end else len(block.text)], block.start + found.end())
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
    for thing in _things(said, found["list"], block.start + found.start("list")) if found else []:
        said.notes.add(thing.concept, 1.6, span_of(thing.phrase), plural=True)
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


def _things(said: Discourse, text: str, at: int) -> list[_Thing]:
    """The things of a list; nothing when it does not begin with several, or is about something else for the most part."""
    found: list[_Thing] = []
    others = 0
    for clause in re.finditer(r"[^;]+", text):
        open_list = False
        for start, end in _pieces(clause[0]):
            piece, begin = clause[0][start:end], at + clause.start() + start
            thing = _thing(said, piece, begin)
            if thing is not None and found and _is_measure(thing):
                found[-1].members.append((piece, begin))
                found[-1].end = begin + len(piece)
            elif thing is not None and not (open_list and _is_member(thing)):
                found.append(thing)
                open_list = bool(thing.members)
            elif open_list and _people_act(piece):
                open_list = False
            elif open_list:
                found[-1].members.append((piece, begin))
                found[-1].end = begin + len(piece)
            elif not found:
                return []
            else:
                others += len(piece.split()) < 3
    return found if len(found) > others else []


def _pieces(text: str) -> list[tuple[int, int]]:
    """Where the entries of a list begin and end; brackets hold together."""
    joints = list(_PIECE.finditer(text))
    begins = [0, *(joint.end() for joint in joints)]
    ends = [*(joint.start() for joint in joints), len(text)]
    spans = [(begin, end) for begin, end in zip(begins, ends, strict=True) if text[begin:end].strip()]
    return [(begin + len(text[begin:end]) - len(text[begin:end].lstrip()), end) for begin, end in spans]


def _is_member(thing: _Thing) -> bool:
    """Whether an entry goes on with the members before it: `notes` in `tastings with a score and notes`."""
    counted = thing.concept.entry is None and known_type("_".join((*thing.phrase.words[:-1], plural(thing.phrase.head)))) == "integer"
    return (counted or is_attribute("_".join(thing.phrase.words))) and not thing.members


def _is_measure(thing: _Thing) -> bool:
    """Whether an entry only measures the one before it: the sets and reps of exercises."""
    phrase = thing.phrase
    return len(phrase.words) == 1 and phrase.head in {"set", "rep", "repetition"} and not thing.members and phrase.aside is None


def _thing(said: Discourse, piece: str, start: int) -> _Thing | None:
    found = _THING.match(piece)
    if found is None or _tells_deed(piece):
        return None
    noun, begin = found["noun"], start + found.start("noun")
    first, _, rest = noun.partition(" ")
    if rest and lexicon().verb_classes.get(first.lower(), frozenset[str]()) & {"create", "manage"} and not catalogue().named(first.lower()):
        noun, begin = rest, begin + len(first) + 1
    phrase = said_phrase(noun + (f" {found['aside']}" if found["aside"] else ""), begin)
    if (
        phrase is None
        or phrase.full[0] in BOUNDS
        or not (phrase.plural or _is_mass(said.notes, phrase))
        or lexicon().closed.get(phrase.words[0])
    ):
        return None
    concept = _concept(said, phrase)
    if concept is None:
        return None
    thing = _Thing(phrase=phrase, concept=concept, start=start, end=start + len(piece))
    if found["word"] in {"with", "having"}:
        thing.members.append((found["rest"], start + found.start("rest")))
    elif found["word"]:
        told, _, members = found["rest"].partition(" with ")
        people = found["word"] == "of" and " " not in told and is_plural(told.lower()) and is_kind_of_people(singular(told.lower()))
        if people or (found["word"] in {"on", "for", "per"} and told.lower() not in word_list("occasion")):
            thing.tie = (f"{found['word']} a {singular(told) if people else told}", start + found.start("word"))
        if members:
            thing.members.append((members, start + found.end("rest") - len(members)))
    return thing


def _people_act(piece: str) -> bool:
    """Whether an entry goes on with what others do: `players get scores` behind `quizzes with questions`."""
    phrase = said_phrase(piece.split(maxsplit=1)[0], 0)
    return phrase is not None and phrase.plural and _tells_deed(piece)


def _tells_deed(piece: str) -> bool:
    """`users join rooms` tells what people do; `reviews` and `message receipts` name."""
    items = items_of(tokenize(piece, 0), piece)
    return any(not isinstance(item, Phrase) and item.tag in "VMBH" and not _PASSIVE.match(item.low) for item in items[1:])


def _is_mass(notes: Notes, phrase: Phrase) -> bool:
    """Whether a word in the singular means several things: `merch`, `staff`, `equipment`."""
    concept = notes.concept(phrase.words)
    return phrase.head in word_list("mass") or (
        concept is not None and concept.entry is not None and concept.exact and concept.entry.name in notes.preferred
    )


def _concept(said: Discourse, phrase: Phrase) -> Concept | None:
    """What an entry names. In a list of things even an everyday word (`levels`, `visitors`) is one."""
    if (theirs := said.theirs(phrase)) is not None:
        return theirs
    concept = said.notes.concept(phrase.words, phrase.full)
    if concept is not None and not concept.tail:
        return concept
    if concept is not None and concept.entry is not None and concept.tail in word_list("activity"):
        return replace(concept, tail="")  # `interview scheduling` keeps interviews
    kind = lexicon().barren.get(phrase.head)
    if kind in {"ui", "http", "technology"} or phrase.head in word_list("no_thing"):
        return None
    return concept if concept is not None and concept.tail in word_list("telling") else Concept(name=pascal(phrase.text))


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


def _note(said: Discourse, members: MemberReader, thing: _Thing) -> None:
    name = said.notes.add(thing.concept, 4.0, span_of(thing.phrase), declared=True, plural=True)
    said.notes.kept.add(name)
    said.recent, said.nearest = thing.concept, name
    if thing.phrase.aside is not None:
        read_aside(said, thing.phrase)
    if thing.tie is not None:
        read_ties(said.notes, thing.concept, *thing.tie)
    note_members(said, members, name, thing.members)
