"""A stage of a generation, run in a process of the pool, however often that dies."""

import shutil
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import structlog

from apiwright.workflows.running import Running
from apiwright.workflows.stage_pool import StagePool
from apiwright.workflows.stages import Planning, StageCrashedError, StageFailedError, StageRequest

log = structlog.get_logger(__name__)
_CRASHES_BORNE = 2


async def run_stage(stages: StagePool, running: Running, request: StageRequest) -> Any:
    """The stage's result, its events stored.

    Raises:
        StageFailedError: It refused, or its process died again and again.
    """
    for crashes in range(_CRASHES_BORNE + 1):
        try:
            return await stages.run(_with_spent(request, running.generation.usage), running.tell)
        except StageCrashedError as error:
            log.warning("stage process died", stage=request["stage"], generation_id=str(running.id), error=str(error))
            if crashes == _CRASHES_BORNE:
                message = f"The process of stage {request['stage']} died {crashes + 1} times."
                raise StageFailedError(code="internal", message=message) from error
    raise AssertionError


@contextmanager
def scratch() -> Generator[str]:
    """A directory for one stage, gone afterwards with whatever was left in it."""
    directory = tempfile.mkdtemp(prefix="apiwright-stage-")
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _with_spent(request: StageRequest, usage: Mapping[str, Any] | None) -> StageRequest:
    """What was spent before, be it before a crash, counts against the budget of what is done now."""
    if "planning" not in request or request["planning"]["model"] is None:
        return request
    model = request["planning"]["model"]
    planning: Planning = {**request["planning"], "model": {**model, "spent": dict(usage) if usage else None}}
    return cast("StageRequest", {**request, "planning": planning})
