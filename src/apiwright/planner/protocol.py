"""What every planner is."""

from typing import Protocol

from apiwright.blueprint import Blueprint
from apiwright.blueprint.changes import Change


class Planner(Protocol):
    """Understands a prompt. `name` is what users choose it by, e.g. `embedded`."""

    @property
    def name(self) -> str: ...

    def plan(self, prompt: str) -> Blueprint:
        """The blueprint that the prompt describes; it holds together (`validate` finds no error), and tells its assumptions.

        Raises:
            PromptError: The prompt says nothing that a backend could be built on.
        """
        ...

    def revise(self, blueprint: Blueprint, prompt: str) -> tuple[Change, ...]:
        """The changes that a request asks for; `apply` makes the next blueprint of them, which holds together.

        Raises:
            PromptError: Some of the request is not understood; its diagnostics tell which words. Nothing is changed then.
        """
        ...
