"""The process in which stages run: requests come in as JSON lines, events and one answer go out for each.

It ends with the process that started it, whatever it is doing, and takes its own children along: it leads a process group.
"""

import gc
import json
import os
import queue
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO, Any, cast

from msgspec.structs import asdict

from apiwright.blueprint import Blueprint
from apiwright.errors import ApiwrightError, InputError, ModelError, VerificationUnavailableError
from apiwright.filetree import FileTree, staged
from apiwright.pipeline.events import Emit, Event
from apiwright.pipeline.proof import as_it_was
from apiwright.pipeline.versions import first_version
from apiwright.verifier.report import Level
from apiwright.workflows.revising import change, extended, merge, step_between
from apiwright.workflows.stages import CodeRequest, PlanRequest, ReviewRequest, StageRequest, Stages

Tell = Callable[[dict[str, Any]], None]


def main() -> None:
    """`python -m apiwright.workflows.stage_child MODULE:FACTORY`."""
    # What anything else prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    requests: queue.Queue[StageRequest] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin, requests), daemon=True).start()

    def tell(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message) + "\n")
        answers.flush()

    module, _, name = sys.argv[1].partition(":")
    stages: Stages = getattr(import_module(module), name)()
    _keep_what_is_loaded()
    tell({"ready": True})
    while True:
        _answer(requests.get(), stages, tell)
        stages.rest()


def _keep_what_is_loaded() -> None:
    """Leave modules and grammar out of the search for garbage, and have that less often: it took half the time of a compilation."""
    gc.freeze()
    gc.set_threshold(200_000, 30, 30)


def _listen(stream: IO[str], requests: "queue.Queue[StageRequest]") -> None:
    for line in stream:
        requests.put(json.loads(line))
    os.killpg(0, signal.SIGKILL)


def _answer(request: StageRequest, stages: Stages, tell: Tell) -> None:
    def emit(event: Event) -> None:
        tell({"event": asdict(event)})

    usual = tempfile.gettempdir()
    if "directory" in request:
        _leave_behind_in(request["directory"])
    try:
        result = _result(request, stages, emit)
    except InputError as error:
        diagnostics = [item.as_dict() for item in error.diagnostics]
        tell({"error": {"code": "input", "message": error.diagnostics[0].message, "diagnostics": diagnostics}})
    except ModelError as error:
        tell({"error": {"code": f"model-{error.code}", "message": str(error)}})
    except VerificationUnavailableError as error:
        tell({"error": {"code": "verification-unavailable", "message": str(error)}})
    except ApiwrightError as error:
        tell({"error": {"code": "internal", "message": str(error)}})
    except Exception as error:
        sys.excepthook(*cast("Any", sys.exc_info()))
        tell({"error": {"code": "internal", "message": f"A fault of ours in stage {request['stage']}: {type(error).__name__}."}})
    else:
        tell({"result": result})
    finally:
        _leave_behind_in(usual)


def _result(request: StageRequest, stages: Stages, emit: Emit) -> Any:
    match request["stage"]:
        case "plan":
            return _plan(request, stages, emit)
        case "change":
            return change(request, stages, emit)
        case "code":
            return _code(request, stages, emit)
        case "merge":
            return merge(request, stages, emit)
        case "extend":
            return extended(request, stages, emit)
        case "review":
            return _review(request, stages, emit)


def _plan(request: PlanRequest, stages: Stages, emit: Emit) -> dict[str, Any]:
    blueprint = stages.plan(request["prompt"], planning=request["planning"], emit=emit)
    if request["database"] is not None:
        blueprint = blueprint.model_copy(update={"database": request["database"]})
    return blueprint.model_dump(mode="json")


def _code(request: CodeRequest, stages: Stages, emit: Emit) -> list[dict[str, str]]:
    blueprint = Blueprint.model_validate(request["blueprint"])
    return FileTree([*stages.code(blueprint, emit=emit), first_version(blueprint).record()]).as_values()


def _review(request: ReviewRequest, stages: Stages, emit: Emit) -> dict[str, Any]:
    level = cast("Level", request["level"])
    with staged(FileTree.from_values(request["files"]), Path(request["directory"], "project")) as staging:
        if request["former"] is None:
            return stages.review(staging.path, level=level, emit=emit).as_dict()
        with as_it_was(FileTree.from_values(request["former"])) as former:
            return stages.prove(staging.path, step_between(former, staging.path), level=level, emit=emit).as_dict()


def _leave_behind_in(directory: str) -> None:
    # What is left when this process is killed lies where its parent will remove it.
    os.environ["TMPDIR"] = tempfile.tempdir = directory


if __name__ == "__main__":
    main()
