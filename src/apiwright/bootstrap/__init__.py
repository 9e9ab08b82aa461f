"""Composition root: choices become objects here and nowhere else. Imports lazily, so that a command pays for what it uses."""

import os
from typing import Literal

from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.planner import Planner
from apiwright.planner.writing import Writer

PlannerChoice = Literal["embedded", "auto", "enhanced"]
_MODEL = "APIWRIGHT_MODEL"


def plans_by_rules(choice: PlannerChoice, *, model: str | None = None) -> bool:
    """Whether no language model is asked."""
    return choice == "embedded" or (choice == "auto" and not (model or os.environ.get(_MODEL)))


def planner(choice: PlannerChoice, *, model: str | None = None) -> Planner:
    """The planner for a choice: `auto` is the embedded one as long as no language model is configured.

    Args:
        choice: Who plans.
        model: The language model, as `vendor:model`; by default that of the settings.

    Raises:
        InputError: A language model is asked for, and cannot be used as it is configured.
    """
    from apiwright.planner.embedded import EmbeddedPlanner  # noqa: PLC0415 - its lexicons are read on import

    embedded = EmbeddedPlanner()
    if plans_by_rules(choice, model=model):
        return embedded
    model = model or os.environ.get(_MODEL)
    if not model:
        message = "No language model is configured."
        hint = "Set it, e.g. google:gemini-2.5-flash, with the vendor's key; see docs/models.md."
        raise InputError([Diagnostic(code="model-missing", where=_MODEL, message=message, hint=hint)])
    # Only here: a second of imports that nobody else pays for.
    from apiwright.bootstrap.models import enhanced  # noqa: PLC0415

    first = enhanced(model, drafter=embedded)
    if choice == "enhanced":
        return first
    from apiwright.planner.auto import AutoPlanner  # noqa: PLC0415

    return AutoPlanner(first, embedded)


def writer(choice: PlannerChoice, *, model: str | None = None) -> Writer | None:
    """Who writes the code that a blueprint only names: the language model that plans as well; nobody where rules plan.

    Raises:
        InputError: As for `planner`.
    """
    model = model or os.environ.get(_MODEL)
    if choice == "embedded" or not model:
        return None
    from apiwright.bootstrap.models import extension_writer  # noqa: PLC0415 - as above

    return extension_writer(model)
