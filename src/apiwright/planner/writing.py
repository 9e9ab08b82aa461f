"""Code that a blueprint only names: what is asked of whoever writes it, and what comes back. All of it is text; nothing is run here."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from apiwright.diagnostics import Diagnostic
from apiwright.errors import ModelError
from apiwright.planner.protocol import Tell, unheard


class Draft(Struct, frozen=True):
    """A module and its tests, as they were written. Nobody has looked at them yet."""

    module: str
    test: str


class Assignment(Struct, frozen=True, kw_only=True):
    """One module that is to be written, and its tests.

    Attributes:
        name: What it is known by, e.g. `Order.total`.
        kind: `computed`, `hook` or `endpoint`.
        description: What it is to do: somebody's words.
        signature: Of the one function that the module has to have.
        imports: Statements that the module may use, and no others.
        test_imports: Statements that its tests may use, and no others.
        stub: The module as it is now.
        test_stub: Its tests as they are now.
        sources: What it works with, by path: the project's own models and payloads.
        former: What was written before, and did not hold.
        problems: Why.
    """

    name: str
    kind: str
    description: str
    signature: str
    imports: tuple[str, ...]
    test_imports: tuple[str, ...]
    stub: str
    test_stub: str
    sources: Mapping[str, str]
    former: Draft | None = None
    problems: tuple[Diagnostic, ...] = ()


class Drafts(Struct, frozen=True, kw_only=True):
    """What came of some assignments, by their names.

    Attributes:
        unusable: Answers that were none, and why.
        failure: Why the writer cannot go on; what has no draft then gets none.
    """

    written: Mapping[str, Draft]
    unusable: Mapping[str, str]
    failure: ModelError | None = None


class Writer(Protocol):
    """Writes modules by their descriptions. `name` is what users know it by, e.g. `google:gemini-2.5-flash`."""

    @property
    def name(self) -> str: ...

    def write(
        self, request: str, assignments: Sequence[Assignment], *, spent: Mapping[str, Any] | None = None, tell: Tell = unheard
    ) -> Drafts:
        """A draft for each assignment, as far as it goes.

        Args:
            request: The words that the project, or its next version, was asked for with.
            assignments: What to write.
            spent: What a language model has used for this generation before; it counts against the budget.
            tell: Told what is used.
        """
        ...
