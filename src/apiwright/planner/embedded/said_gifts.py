"""What somebody gives to something: `a cook gives the plan a name and a season`, `guests give a song a thumbs up`."""

from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, span_of
from apiwright.planner.embedded.notes import RelationNote, Span
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.said_members import MemberReader
from apiwright.planner.embedded.words import word_list

_GIVING = frozenset({"give", "award", "grant"})


def read_gifts(said: Discourse, members: MemberReader, statement: Statement) -> bool:
    """Notes what is given as a record of its own where it is one (a rating), else as a member of what it is given to; whether it was."""
    receiver = next((phrase for word, phrase in statement.links if word == "to"), None)
    owner = said.concept(receiver)
    if statement.negated or not set(statement.verbs) & _GIVING or owner is None or owner.tail or owner.name == "User":
        return False
    for phrase in statement.objects:
        given = said.concept(phrase)
        if given is not None and not given.tail and given.name != owner.name and _is_record(given, owner, phrase, members):
            name = said.notes.add(given, 1.8, span_of(phrase), plural=True)
            span = Span(statement.start, statement.end)
            said.notes.relations.append(RelationNote(source=name, word="belongs", target=owner.name, span=span))
        elif members.is_attribute(phrase) or len(statement.objects) > 1:
            members.member(owner.name, phrase, beside=True)
    return True


def _is_record(given: Concept, owner: Concept, phrase: Phrase, members: MemberReader) -> bool:
    """Whether what is given is kept by itself. Of what no list knows, only a thing gets some: people are given a clear view."""
    if phrase.head in word_list("record") | word_list("happening"):
        return True
    person = owner.entry is not None and "person" in owner.entry.flags
    return not members.is_attribute(phrase) and (person if given.entry is not None else not person)
