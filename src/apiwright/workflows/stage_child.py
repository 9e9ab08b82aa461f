"""The process in which stages run: requests come in as JSON lines, events and one answer go out for each.

It ends with the process that started it, whatever it is doing, and takes its own children along: it leads a process group.
"""

import json
import os
import queue
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import IO, Any, cast

from apiwright.blueprint import Blueprint
from apiwright.errors import ApiwrightError, InputError, VerificationUnavailableError
from apiwright.filetree import FileTree, GeneratedFile, staged
from apiwright.pipeline.events import Event
from apiwright.verifier.report import Level
from apiwright.workflows.growth import grown
from apiwright.workflows.stages import CodeRequest, Mode, PlanRequest, ReviewRequest, StageRequest, Stages

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
    tell({"ready": True})
    while True:
        _answer(requests.get(), stages, tell)


def _listen(stream: IO[str], requests: "queue.Queue[StageRequest]") -> None:
    for line in stream:
        requests.put(json.loads(line))
    os.killpg(0, signal.SIGKILL)


def _answer(request: StageRequest, stages: Stages, tell: Tell) -> None:
    def emit(event: Event) -> None:
        tell({"event": asdict(event)})

    try:
        match request["stage"]:
            case "plan":
                result = _plan(request, stages, emit)
            case "code":
                result = _code(request, stages, emit)
            case "review":
                result = _review(request, stages, emit)
    except InputError as error:
        diagnostics = [item.as_dict() for item in error.diagnostics]
        tell({"error": {"code": "input", "message": error.diagnostics[0].message, "diagnostics": diagnostics}})
    except VerificationUnavailableError as error:
        tell({"error": {"code": "verification-unavailable", "message": str(error)}})
    except ApiwrightError as error:
        tell({"error": {"code": "internal", "message": str(error)}})
    except Exception as error:
        sys.excepthook(*cast("Any", sys.exc_info()))
        tell({"error": {"code": "internal", "message": f"A fault of ours in stage {request['stage']}: {type(error).__name__}."}})
    else:
        tell({"result": result})


def _plan(request: PlanRequest, stages: Stages, emit: Callable[[Event], None]) -> dict[str, Any]:
    parent = Blueprint.model_validate(request["parent"]) if request["parent"] is not None else None
    planned: list[Event] = []

    def hold_back(event: Event) -> None:
        # What was planned is told once it is known what the parent adds to it.
        if parent is not None and event.stage == "schema":
            planned.append(event)
        else:
            emit(event)

    blueprint = stages.plan(request["prompt"], mode=cast("Mode", request["mode"]), emit=hold_back)
    if parent is not None:
        blueprint = grown(parent, blueprint)
    if request["database"] is not None:
        blueprint = blueprint.model_copy(update={"database": request["database"]})
    for event in planned:
        names = [entity.name for entity in blueprint.entities]
        emit(replace(event, message=", ".join(names[:8]), data={**event.data, "name": blueprint.name, "entities": names}))
    return blueprint.model_dump(mode="json")


def _code(request: CodeRequest, stages: Stages, emit: Callable[[Event], None]) -> list[dict[str, str]]:
    tree = stages.code(Blueprint.model_validate(request["blueprint"]), emit=emit)
    return [{"path": file.path, "text": file.text, "phase": file.phase} for file in tree]


def _review(request: ReviewRequest, stages: Stages, emit: Callable[[Event], None]) -> dict[str, Any]:
    tree = FileTree(GeneratedFile(item["path"], item["text"], item["phase"]) for item in request["files"])
    # Whatever is left behind when this process is killed lies where its parent will remove it.
    os.environ["TMPDIR"] = tempfile.tempdir = request["directory"]
    with staged(tree, Path(request["directory"], "project")) as staging:
        return stages.review(staging.path, level=cast("Level", request["level"]), emit=emit).as_dict()


if __name__ == "__main__":
    main()
