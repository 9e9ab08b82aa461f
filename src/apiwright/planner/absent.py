"""The language model that is asked for and cannot be had."""

from typing import NoReturn

from apiwright.blueprint import Blueprint
from apiwright.errors import ModelError
from apiwright.planner.protocol import Tell, unheard


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
