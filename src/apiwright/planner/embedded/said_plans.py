"""What comes to be by being booked: `clients book a session with one of the artists, with a start time`."""

from apiwright.kit.casing import snake
from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.deeds import is_planned
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.notes import RelationNote, Span
from apiwright.planner.embedded.said_members import MemberReader

_BOOKING = frozenset({"book", "schedule", "reserve"})


def read_plan(said: Discourse, members: MemberReader, statement: Statement, verb: str) -> bool:
    """Notes it with its members, with who books it and with whom; whether something is planned there that has members of its own."""
    if verb not in _BOOKING or statement.negated:
        return False
    planned = (concept for phrase in statement.objects if (concept := said.concept(phrase)) is not None and is_planned(concept.name))
    concept = next(planned, None)
    beside = [phrase for word, phrase in statement.links if word == "with"]
    told = [phrase for phrase in beside if members.is_attribute(phrase) and not _is_people(said.concept(phrase))]
    if concept is None or not told:
        return False
    span = Span(statement.start, statement.end)
    name = said.notes.add(concept, 2.0, span, plural=True)
    for phrase in told:
        members.member(name, phrase, beside=True)
    for end in map(said.concept, [statement.subject, *beside]):
        if end is not None and _is_people(end):
            said.notes.add(end, 1.6, span, plural=True)
            said.notes.relations.append(RelationNote(source=name, word="belongs", target=end.name, span=span, name=snake(end.name)))
    return True


def _is_people(concept: Concept | None) -> bool:
    return concept is not None and concept.entry is not None and "person" in concept.entry.flags
