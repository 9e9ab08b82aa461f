"""The language model that is asked for and cannot be had."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from apiwright.blueprint import Blueprint
from apiwright.errors import ModelError
from apiwright.planner.protocol import Tell, unheard
from apiwright.planner.writing import Assignment, Drafts


class AbsentPlanner:
    """Says why it cannot plan: the end of mode `enhanced`, and in `auto` the turn of the rules."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self._reason = name, reason

    def plan(self, prompt: str, *, tell: Tell = unheard) -> NoReturn:  # noqa: ARG002 - the protocol's
        """Raises `ModelError`."""
        raise ModelError("access", self._reason)

    def revise(self, blueprint: Blueprint, prompt: str, *, tell: Tell = unheard) -> NoReturn:  # noqa: ARG002 - the protocol's
        """Raises `ModelError`."""
        raise ModelError("access", self._reason)


class AbsentWriter:
    """Says why it cannot write, and writes nothing."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self._reason = name, reason

    def write(
        self,
        request: str,  # noqa: ARG002 - the protocol's
        assignments: Sequence[Assignment],  # noqa: ARG002
        *,
        spent: Mapping[str, Any] | None = None,  # noqa: ARG002
        tell: Tell = unheard,  # noqa: ARG002
    ) -> Drafts:
        """See `Writer`."""
        return Drafts(written={}, unusable={}, failure=ModelError("access", self._reason))
