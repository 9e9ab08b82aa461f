"""Composition root: choices become objects here and nowhere else. Imports lazily, so that a command pays for what it uses."""

from typing import Literal

from apiwright.planner import Planner

PlannerChoice = Literal["embedded", "auto"]


def planner(choice: PlannerChoice) -> Planner:
    """The planner for a choice; `auto` is the embedded one as long as no language model is configured."""
    match choice:
        case "embedded" | "auto":
            from apiwright.planner.embedded import EmbeddedPlanner  # noqa: PLC0415 - its lexicons are read on import

            return EmbeddedPlanner()
