"""What one thing takes in of others: `a hire covers several costumes`, `plan a rehearsal and choose which pieces are played`."""

import re
from itertools import pairwise

from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, is_world, span_of
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.notes import RelationNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.said_members import MemberReader

_COVERING = frozenset({"cover", "visit", "involve", "combine", "bundle", "span", "address", "concern", "affect", "use", "group"})
_APPEARING = frozenset({"go", "appear", "occur", "come", "feature", "play"})
_CHOOSING = frozenset({"choose", "select", "pick"})
_DURING = Pattern(
    r"\b(?:during|at|in|on)\s+(?:an?|each|every|one)\s+(?P<whole>[a-z]+(?:\s[a-z]+)?),?\s+(?:one\s+or\s+more|several|many|multiple)\s+"
    r"(?P<part>[a-z]+(?:\s[a-z]+)?s)\s+(?:can|may|could|are|will)\s",
    re.IGNORECASE,
    cues=("one or more", "several", "many", "multiple"),
)
_GATHERING = frozenset({"list", "collection", "shelf", "playlist", "wishlist", "bundle", "album", "watchlist", "folder"})
_PUTTING = frozenset({"add", "put", "move", "collect", "save"})
_IN_IT = re.compile(r"\s+(?:in|into|to|on)\s+it\b", re.IGNORECASE)
_SEVERAL = frozenset({"several", "many", "multiple", "more"})


def read_covering(said: Discourse, statement: Statement, subject: Concept | None) -> None:
    """Notes that each of one kind is with several of the other, and each of those may be with several of the first."""
    left, verbs = statement.subject, set(statement.verbs)
    if subject is None or subject.tail or left is None or left.plural or statement.passive or statement.negated or is_world(statement):
        return
    met = list(statement.objects) if verbs & _COVERING else []
    met += [phrase for word, phrase in statement.links if verbs & _APPEARING and word in {"in", "on"}]
    for phrase in met:
        target = said.concept(phrase) if phrase.plural and phrase.determiners & _SEVERAL else None
        if target is not None and target.entry is not None and not target.tail and target.name not in {"User", subject.name}:
            said.notes.add(target, 1.7, span_of(phrase), plural=True)
            span = Span(statement.start, statement.end)
            said.notes.relations.append(RelationNote(source=subject.name, word="many_to_many", target=target.name, span=span))


def read_during(said: Discourse, text: str, start: int) -> None:
    """Notes what is done with several things at a time, each at several: `during a visit one or more vaccines can be given`."""
    for found in _DURING.finditer(text):
        whole, part = (said.concept(said_phrase(found[name], start + found.start(name))) for name in ("whole", "part"))
        if whole is not None and part is not None and not (whole.tail or part.tail) and whole.name != part.name:
            span = Span(start + found.start(), start + found.end())
            said.notes.add(whole, 1.7, span)
            said.notes.add(part, 1.7, span, plural=True)
            said.notes.relations.append(RelationNote(source=whole.name, word="many_to_many", target=part.name, span=span))


def read_chosen(said: Discourse, members: MemberReader, statements: list[Statement]) -> None:
    """Notes what is chosen for the thing that is made right before, each for several, what is put in it, and what is attached to it."""
    for made, after in pairwise(statements):
        source = said.concept(made.objects[-1]) if made.objects else None
        if source is None or source.tail or source.name == "User" or after.negated:
            continue
        span = Span(made.start, after.end)
        for phrase in after.objects if _CHOOSING & set(after.verbs) else ():
            target = said.concept(phrase) if phrase.plural and phrase.determiners & {"which", "what"} else None
            if target is not None and not target.tail and target.name not in {"User", source.name}:
                said.notes.relations.append(RelationNote(source=source.name, word="many_to_many", target=target.name, span=span))
        put = after.objects[0] if after.objects and _PUTTING & set(after.verbs) and not after.links else None
        part = said.concept(put) if put is not None and put.plural and _IN_IT.match(said.notes.prompt, put.end) else None
        if put is not None and part is not None and not part.tail and part.name != source.name:
            said.notes.add(part, 1.7, span_of(put), plural=True)
            gathers = made.objects[-1].head in _GATHERING and part.entry is not None and "part" not in part.entry.flags
            word = "many_to_many" if gathers else "has_many"
            said.notes.relations.append(RelationNote(source=source.name, word=word, target=part.name, span=span))
        if after.verbs == ["attach"] and not after.links:
            members.members(source.name, after.objects)
