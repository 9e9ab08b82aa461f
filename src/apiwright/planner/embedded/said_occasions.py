"""What it happens to that something is made: `when a costume comes back damaged a volunteer opens a repair`."""

import re

from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.patterns import Pattern

_WHEN = Pattern(
    r"(?:^|[.;\n,]\s*)(?:[-*]\s+)?(?:when|whenever|if|once|after)\s+(?:an?|the)\s+(?P<two>(?P<one>[a-z]+)(?:\s[a-z]+)?)\b[^.;\n]*$",
    re.IGNORECASE,
    cues=("when", "if ", "once", "after"),
)
_NEAR = 120


def occasion_of(said: Discourse, statement: Statement) -> Concept | None:
    """The thing that the clause right before a statement is about: no people, and nothing that the catalogue does not know."""
    found = _WHEN.search(said.notes.prompt[max(statement.start - _NEAR, 0) : statement.start])
    for words in (found["two"], found["one"]) if found else ():
        concept = said.concept(said_phrase(words, 0))
        if concept is not None and concept.entry is not None and not concept.tail and not concept.entry.flags & {"person", "account"}:
            return concept
    return None
