"""Ties between people of one kind: `employees report to a manager`, `users have friends`."""

import re

from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.notes import Notes, RelationNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.people import is_kind_of_people
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.words import word_list

_REPORTS = Pattern(
    r"\b(?P<who>[a-z]+)\s+(?:(?:can|may|must|should|will|all|each|always|directly)\s+)*(?:reports?|answers?)\s+(?:directly\s+)?to\s+"
    r"(?:an?|one|their|his|her|its|another|the)?\s*(?P<above>(?:line\s+|direct\s+|team\s+)?[a-z]+)(?=\s*(?:[.,;:)]|$)|\s(?:and|who|with)\b)",
    re.IGNORECASE,
    cues=("report", "answer"),
)


def read_reporting(said: Discourse, text: str, start: int) -> str:
    """Notes to whom people report, somebody of their own kind where nothing else is told of them; answers the text without it."""
    for found in list(_REPORTS.finditer(text)):
        who = said_phrase(found["who"], start + found.start("who"))
        people = said.concept(who)
        above = singular(found["above"].split()[-1].lower())
        if who is None or people is None or people.tail or not _are_people(people) or above not in word_list("above"):
            continue
        span = Span(who.start, start + found.end("above"))
        name = said.notes.add(people, 2.0, span, plural=who.plural)
        link = RelationNote(source=name, word="belongs", target=name, span=span, name=above, required=False)
        said.notes.relations.append(link)
        text = text[: found.end("who")] + " " * (found.end() - found.end("who")) + text[found.end() :]
    return text


def are_peers(notes: Notes, source: str, phrase: Phrase) -> bool:
    """Whether a member means several people of the same kind: the friends of users, the siblings of pupils."""
    people = notes.candidates.get(source)
    return (
        phrase.plural and len(phrase.words) == 1 and phrase.head in word_list("kin") and people is not None and _are_people(people.concept)
    )


def befriend(notes: Notes, source: str, phrase: Phrase) -> None:
    """Notes that people of one kind are tied to each other."""
    name, span = plural(phrase.head), Span(phrase.start, phrase.end)
    notes.relations.append(RelationNote(source=source, word="many_to_many", target=source, span=span, name=name))


def _are_people(concept: Concept) -> bool:
    entry = concept.entry
    return is_kind_of_people(concept.name.lower()) if entry is None else bool(entry.flags & {"person", "account"})
