"""Planning that has begun: a copy of this process does it, while this one imports what comes after it."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from apiwright import bootstrap
from apiwright.blueprint import Blueprint
from apiwright.cli.copies import Copy, copies
from apiwright.planner import Reader


class _Ahead:
    """The embedded planner, at work on one prompt: the only one that it is asked for."""

    name = "embedded"

    def __init__(self, copy: Copy[Blueprint]) -> None:
        self._copy = copy

    def plan(self, prompt: str, **_: Any) -> Blueprint:  # noqa: ARG002 - it has it
        return self._copy.answer()


@contextmanager
def planner_of(prompt: str, choice: bootstrap.PlannerChoice, *, model: str | None) -> Generator[Reader]:
    """Who plans: rules, and they have begun; or a language model, which tells what it does, and is not copied.

    Raises:
        InputError: As `bootstrap.planner` does.
    """
    rules = bootstrap.plans_by_rules(choice, model=model)
    with copies([lambda: bootstrap.planner("embedded").plan(prompt)] if rules else []) as started:
        yield _Ahead(started[0]) if started else bootstrap.planner(choice, model=model)
