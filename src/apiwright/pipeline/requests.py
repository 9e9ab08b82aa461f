"""From a request to changes, and what they open that nobody asked for."""

from collections.abc import Sequence

from apiwright.blueprint import Blueprint
from apiwright.blueprint.changes import Change, Widening, widened_by
from apiwright.errors import PromptError
from apiwright.pipeline.events import Emit
from apiwright.pipeline.stages import telling
from apiwright.planner import Planner


def request_changes(blueprint: Blueprint, request: str, *, planner: Planner, emit: Emit) -> tuple[Change, ...]:
    """Stage `analysis` of a revision: the changes that a request asks for.

    Raises:
        PromptError: Some of it is not understood.
        ModelError: A language model is what plans, and it could not do its part.
    """
    return planner.revise(blueprint, request, tell=telling(emit, {}))


def unasked_widenings(blueprint: Blueprint, request: str, changes: Sequence[Change], *, reader: Planner) -> tuple[Widening, ...]:
    """The doors that changes open wider though the request does not say so.

    A language model may have been talked into it by a text that it read. What counts as asked for is what `reader`, which knows rules only,
    reads in the request itself.
    """
    found = widened_by(blueprint, changes)
    if not found:
        return ()
    try:
        asked = widened_by(blueprint, reader.revise(blueprint, request))
    except PromptError:
        asked = ()
    return tuple(item for item in found if item not in asked)
