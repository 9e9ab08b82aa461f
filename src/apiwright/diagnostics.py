"""Diagnostics: what the user can mend, as values.

A diagnostic is collected, never raised on its own; whoever gathers them decides whether they end the work (see
`apiwright.errors.InputError`, which carries a list of them).
"""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import asdict


class Severity(StrEnum):
    """How much a diagnostic matters: an `error` ends the work, a `warning` and a `note` do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One thing to mend or to know.

    Attributes:
        code: Stable identifier in kebab-case, e.g. `relation-target-unknown`.
        where: A path into the input, e.g. `entities.Todo.relations.owner`, or a file name with a line; empty for the whole.
        message: What is wrong, naming the thing, in one sentence.
        hint: How to mend it, in one sentence; empty when there is nothing to do.
    """

    code: str
    message: str
    where: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR

    def as_dict(self) -> dict[str, str]:
        """The diagnostic as JSON-ready text values."""
        return {key: str(value) for key, value in asdict(self).items()}

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.severity}: {place}{self.message}{hint} [{self.code}]"


def errors_in(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics that end the work, in their order."""
    return [item for item in diagnostics if item.severity is Severity.ERROR]
