"""Who a sentence is about: one thing that has members, or people who do something."""

from collections.abc import Sequence

from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept


def is_one(statement: Statement) -> bool:
    """`the mechanic should save name and wage` is about the mechanic; `users record date and time` is not about users."""
    subject = statement.subject
    saved = {"save", "store", "have", "provide"} & set(statement.verbs)
    return subject is not None and bool(saved) and not subject.plural and bool(subject.determiners & {"the", "each", "every", "a", "an"})


def people_do(verbs: Sequence[str], subject: Concept | None) -> bool:
    """`users record expenses` is what people do; `a customer has a name` is what they have."""
    people = subject is not None and subject.entry is not None and bool(subject.entry.flags & {"person", "account"})
    return people and not {"have", "contain", "consist", "comprise", "include", "need"} & set(verbs)
