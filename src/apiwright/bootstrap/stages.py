"""The stages of the product; made in the processes that run them, which know no setting and no secret of the service."""

from typing import TYPE_CHECKING

from apiwright.bootstrap import planner
from apiwright.planner import Planner
from apiwright.planner.absent import AbsentPlanner, AbsentWriter
from apiwright.planner.auto import AutoPlanner
from apiwright.planner.choice import ModelChoice, model_choice, named_model
from apiwright.planner.writing import Writer
from apiwright.workflows.core import CoreStages
from apiwright.workflows.stages import ModelAccess, Planning, Stages

if TYPE_CHECKING:
    from apiwright.planner.llm import Budget


def stages() -> Stages:
    """Named to the pool of stage processes."""
    embedded = planner("embedded")

    def planner_of(planning: Planning) -> Planner:
        access = planning["model"]
        if access is None:
            return AbsentPlanner("enhanced", "No language model is configured.") if planning["mode"] == "enhanced" else embedded
        first = _enhanced(access, drafter=embedded)
        return first if planning["mode"] == "enhanced" else AutoPlanner(first, embedded)

    return CoreStages(planner_of, writer_of=_writer, reader=embedded)


def _enhanced(access: ModelAccess, *, drafter: Planner) -> Planner:
    if access["absent"]:
        return AbsentPlanner(access["name"], access["absent"])
    from apiwright.planner.llm import EnhancedPlanner  # noqa: PLC0415 - a second or two, where a model is asked

    choice, budget = _chosen(access)
    return EnhancedPlanner(choice, budget=budget, drafter=drafter, spent=access["spent"])


def _writer(planning: Planning) -> Writer | None:
    access = planning["model"]
    if access is None or planning["mode"] == "classic":
        return None
    if access["absent"]:
        return AbsentWriter(access["name"], access["absent"])
    from apiwright.planner.llm import ExtensionWriter  # noqa: PLC0415 - as above

    choice, budget = _chosen(access)
    return ExtensionWriter(choice, budget=budget)


def _chosen(access: ModelAccess) -> "tuple[ModelChoice, Budget]":
    from apiwright.planner.llm import Budget  # noqa: PLC0415 - as above

    vendor, _ = named_model(access["name"])
    return model_choice(access["name"], keys={vendor: access["key"]}, url=access["url"]), Budget(**access["budget"])
