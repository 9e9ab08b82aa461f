"""The stages of the product; made in the processes that run them, which know no setting and no secret of the service."""

from apiwright.bootstrap import planner
from apiwright.planner import Planner
from apiwright.planner.absent import AbsentPlanner
from apiwright.planner.auto import AutoPlanner
from apiwright.planner.choice import model_choice, named_model
from apiwright.workflows.core import CoreStages
from apiwright.workflows.stages import ModelAccess, Planning, Stages


def stages() -> Stages:
    """Named to the pool of stage processes."""
    embedded = planner("embedded")

    def planner_of(planning: Planning) -> Planner:
        access = planning["model"]
        if access is None:
            return AbsentPlanner("enhanced", "No language model is configured.") if planning["mode"] == "enhanced" else embedded
        first = _enhanced(access, drafter=embedded)
        return first if planning["mode"] == "enhanced" else AutoPlanner(first, embedded)

    return CoreStages(planner_of, reader=embedded)


def _enhanced(access: ModelAccess, *, drafter: Planner) -> Planner:
    if access["absent"]:
        return AbsentPlanner(access["name"], access["absent"])
    from apiwright.planner.llm import Budget, EnhancedPlanner  # noqa: PLC0415 - a second or two, where a model is asked

    vendor, _ = named_model(access["name"])
    choice = model_choice(access["name"], keys={vendor: access["key"]}, url=access["url"])
    return EnhancedPlanner(choice, budget=Budget(**access["budget"]), drafter=drafter, spent=access["spent"])
