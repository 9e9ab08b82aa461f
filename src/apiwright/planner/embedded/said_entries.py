"""Entries of a history: `add an entry to the order's history` leaves a record of its own, and no member of the order."""

from apiwright.kit.casing import pascal
from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, span_of
from apiwright.planner.embedded.notes import RelationNote, Span
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.said_members import MemberReader

_WRITING = frozenset({"add", "write", "append", "log", "record", "create", "put", "insert", "store", "make"})
_ENTRIES = frozenset({"entry", "record", "line", "row", "note", "event"})
_HISTORIES = frozenset({"history", "log", "timeline", "journal", "trail", "ledger", "protocol"})


def read_entry(said: Discourse, members: MemberReader, statement: Statement) -> Phrase | None:
    """Notes such a record with what it is told to hold; answers the phrase of the history, which is read then."""
    written = bool(set(statement.verbs) & _WRITING) and any(phrase.head in _ENTRIES for phrase in statement.objects)
    if not written or statement.negated:
        return None
    history = next((phrase for word, phrase in statement.links if word in {"to", "in", "into"} and phrase.head in _HISTORIES), None)
    whole = said.concept(_whole(statement, history)) if history is not None else None
    if history is None or whole is None or whole.tail:
        return None
    name = said.notes.add(Concept(name=pascal(f"{whole.name} {history.head} entry")), 2.4, span_of(history))
    span = Span(statement.start, statement.end)
    said.notes.add(whole, 1.6, span_of(history))
    said.notes.relations.append(RelationNote(source=name, word="belongs", target=whole.name, span=span))
    members.members(name, [phrase for word, phrase in statement.links if word in {"with", "including", "containing"}])
    return history


def _whole(statement: Statement, history: Phrase) -> Phrase | None:
    """The parcel of `the parcel's history`, `the parcel history` and `the history of the parcel`."""
    if history.owner is not None:
        return history.owner
    behind = [phrase for word, phrase in statement.links if word == "of" and phrase.start > history.end]
    return behind[0] if behind else None
