"""The things that a list names, with the members told behind each: `routes with a grade, walls, ascents per route`."""

import re

from msgspec import Struct, field
from msgspec.structs import replace

from apiwright.kit.casing import pascal
from apiwright.kit.inflection import is_plural, plural, singular
from apiwright.planner.embedded.attributes import is_attribute, known_type
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.member_names import BOUNDS
from apiwright.planner.embedded.notes import Notes
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.people import is_kind_of_people
from apiwright.planner.embedded.phrases import Phrase, items_of
from apiwright.planner.embedded.tokens import tokenize
from apiwright.planner.embedded.words import lexicon, word_list

_PIECE = Pattern(r"\s*(?:[,;]\s*(?:(?:and|plus)\s+)?|\s(?:and|&|plus)\s+)(?![^(]*\))")
_AMONG = Pattern(r"^(?:\d+|two|three|four|several|many)\s+(?P<what>[a-z]+(?:\s[a-z]+)?s)$", re.IGNORECASE)
_A = r"(?:of|by|in|at|on|for|with)\s+(?:an?|one)\s+[a-z]+(?:\s(?!(?:of|by|in|at|on|for|with)\b)[a-z]+)?"
_CHAIN = Pattern(rf"^{_A}(?:\s+{_A})*$", re.IGNORECASE)
_LINK = Pattern(
    r"(?P<word>of|by|in|at|on|for|with)\s+(?:an?|one)\s+(?P<what>[a-z]+(?:\s(?!(?:of|by|in|at|on|for|with)\b)[a-z]+)?)", re.IGNORECASE
)
_DONE = r"(?:[a-z]+(?:ed|en)|run|made|sold|sent|held|kept|paid|done)"
_PASSIVE = Pattern(rf"^{_DONE}$")
_THING = Pattern(
    r"^(?:(?:many|several|some|the|all|my|our|their)\s+|an?\s+(?:list|collection|repertoire|catalog(?:ue)?|library|register|directory|pool|set)\s+of\s+)?(?P<noun>[A-Za-z][\w\-']*(?:\s+[A-Za-z][\w\-']*){0,2}?)"
    r"(?:\s+" + _DONE + r"(?=\s+(?:on|by|in|for|at|to|from)\b|$)|\s+in\s+and\s+out|\s*(?P<aside>\([^()]*\)))?"
    r"(?:\s+(?P<word>with|having|of|on|for|from|by|in|per|to|at|between)\s+(?P<rest>.+))?$",
    re.IGNORECASE,
)
_MOMENTS = frozenset({"date", "time", "day"})


class Thing(Struct):
    """An entry that names a thing, and the members told behind it."""

    phrase: Phrase
    concept: Concept
    start: int
    end: int
    ties: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    members: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])


def things_of(said: Discourse, text: str, at: int) -> list[Thing]:
    """The things of a list; nothing when it does not begin with several, or is about something else for the most part."""
    found: list[Thing] = []
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


def _is_member(thing: Thing) -> bool:
    """Whether an entry goes on with the members before it: `notes` in `tastings with a score and notes`."""
    several = "_".join((*thing.phrase.words[:-1], plural(thing.phrase.head)))
    counted = thing.concept.entry is None and known_type(several) in {"integer", "decimal"}
    return (counted or is_attribute("_".join(thing.phrase.words))) and not thing.members


def _is_measure(thing: Thing) -> bool:
    """Whether an entry only measures the one before it: the sets and reps of exercises."""
    phrase = thing.phrase
    return len(phrase.words) == 1 and phrase.head in {"set", "rep", "repetition"} and not thing.members and phrase.aside is None


def _thing(said: Discourse, piece: str, start: int) -> Thing | None:
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
    if (dated := _dated(said, found, phrase, start)) is not None:
        return dated
    concept = _concept(said, phrase)
    if concept is None:
        return None
    thing = Thing(phrase=phrase, concept=concept, start=start, end=start + len(piece))
    if found["word"] in {"with", "having"}:
        thing.members.append((found["rest"], start + found.start("rest")))
    elif found["word"]:
        told, _, members = found["rest"].partition(" with ")
        people = found["word"] == "of" and " " not in told and is_plural(told.lower()) and is_kind_of_people(singular(told.lower()))
        if chain := _CHAIN.match(f"{found['word']} {told}"):
            _chain(thing, chain[0], start + found.start("word"))
        elif found["word"] == "between" and (several := _AMONG.match(told)):
            lead = "many-to-many with "
            thing.ties.append((lead + several["what"], start + found.start("rest") + several.start("what") - len(lead)))
        elif people or (found["word"] in {"on", "for", "per"} and told.lower() not in word_list("occasion")):
            thing.ties.append((f"{found['word']} a {singular(told) if people else told}", start + found.start("word")))
        if members:
            thing.members.append((members, start + found.end("rest") - len(members)))
    return thing


def _chain(thing: Thing, text: str, start: int) -> None:
    """What each of several is of, where and when: the film and the hall of `showings of a film in a hall at a time`."""
    for link in _LINK.finditer(text):
        if link["what"].lower() in _MOMENTS:
            thing.members.append((link["what"], start + link.start("what")))
        else:
            thing.ties.append((f"{link['word']} a {link['what']}", start + link.start("word")))


def _dated(said: Discourse, found: re.Match[str], phrase: Phrase, start: int) -> Thing | None:
    """The rehearsals of `rehearsal dates` and of `the dates of rehearsals`, each with a date."""
    if phrase.head not in _MOMENTS or phrase.aside is not None:
        return None
    inner = replace(phrase, words=phrase.words[:-1], full=phrase.full[:-1]) if len(phrase.words) > 1 and not found["word"] else None
    if len(phrase.full) == 1 and found["word"] == "of":
        inner = said_phrase(found["rest"], start + found.start("rest"))
    concept = said.notes.concept(inner.words) if inner is not None and inner.plural else None
    if inner is None or concept is None or concept.entry is None or concept.tail or catalogue().named(phrase.text) is not None:
        return None
    return Thing(phrase=inner, concept=concept, start=start, end=start + len(found[0]), members=[(phrase.head, phrase.start)])


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
