"""Requests that nobody thought of: schemathesis against the running application."""

import contextlib
import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any, cast

from .access import log_in
from .server import BootError, served
from .unusual import with_unusual
from .world import Population

_READING, _WRITING = ("GET", "HEAD", "OPTIONS", "TRACE"), ("POST", "PUT", "PATCH")
_ROUNDS = (
    (
        ({"phases": ("coverage",), "methods": _WRITING},),
        ({"phases": ("fuzzing",), "methods": _READING + _WRITING}, {"phases": ("coverage",), "methods": _READING}),
    ),
    (({"phases": ("stateful",)}, {"phases": ("coverage", "fuzzing"), "methods": ("DELETE",)}),),
)
"""Rounds of what is gone through side by side: one process makes use of one processor. Examples of the document are part of `coverage`.
What deletes comes last: once the account is gone that asks, all that is left to ask is refused.
"""
_MOST = 50
_LONG = 10_000
_FOUND = "fuzz.{}.jsonl"


def run(program: list[str], world: dict[str, Any], who: str, budget: int, examples: dict[str, int]) -> dict[str, Any]:
    """Serve the project, populate it, log in, and let schemathesis at it.

    Args:
        program: How the program `fuzzer` is started.
        world: The population; see `world`.
        who: Who asks, if there are accounts.
        budget: Seconds it may look for failures.
        examples: Requests in the phases that make them up: per operation that takes an id at most (`bare`), per `other`, and sequences
            of them (`stateful`).
    """
    try:
        with served() as server, contextlib.closing(Population(world)) as population, contextlib.closing(server.client()) as client:
            document = client.request("GET", "/openapi.json").members
            token = log_in(client, population.logins[who]) if who in population.logins else None
            task = {"url": f"http://127.0.0.1:{server.port}", "token": token, "examples": examples, "rounds": _ROUNDS, "found": _FOUND}
            found = fuzzed(program, {**task, "document": with_unusual(thinned(document))}, budget)
            if not server.alive():
                found["failures"].append({"message": f"The application ended under fuzzing: {_last(server.said())}", "rule": ""})
            return found
    except BootError as error:
        return {"failures": [{"message": str(error), "rule": ""}], "cases": 0, "complete": True, "said": ""}


def fuzzed(program: list[str], task: dict[str, Any], budget: float) -> dict[str, Any]:
    """What the program found until it ended, or until it was ended after `budget` seconds."""
    log = Path("fuzz.log")
    with log.open("wb") as out, subprocess.Popen(  # noqa: S603
        program, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.STDOUT, process_group=0
    ) as process:  # fmt: skip
        complete = True
        try:
            process.communicate(json.dumps(task).encode(), budget)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            complete = False
    said = log.read_text("utf-8", errors="replace")[-20_000:]
    failures, cases = _read([Path(task["found"].format(number)) for number in range(sum(map(len, task["rounds"])))])
    if complete and process.returncode != 0 and not failures:
        failures = [{"message": f"schemathesis ended with status {process.returncode}: {_last(said)}", "rule": ""}]
    return {"failures": failures[:_MOST], "cases": cases, "complete": complete, "said": said if failures else ""}


def thinned(document: dict[str, Any]) -> dict[str, Any]:
    """The document with one query parameter of each shape per operation, and without limits on texts that nobody types.

    A list has a dozen filters that take, say, a moment, and reads all of them in one way; `injection` asks for each by name. Texts at a
    limit of a million characters are all that would be sent, and with a few of them a request is more than a server takes at once.
    """
    for item in document["paths"].values():
        for operation in item.values():
            if parameters := operation.get("parameters"):
                operation["parameters"] = list({_shape(parameter): parameter for parameter in reversed(parameters)}.values())[::-1]
    return _without_long_limits(document)


def _without_long_limits(value: Any) -> Any:
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value).items()
        return {key: _without_long_limits(item) for key, item in members if key != "maxLength" or not isinstance(item, int) or item < _LONG}
    return [_without_long_limits(item) for item in cast("list[Any]", value)] if isinstance(value, list) else value


def _shape(parameter: dict[str, Any]) -> str:
    """What two query parameters have in common that take the same; of others the name, which keeps each of them."""
    if parameter["in"] != "query":
        return f"{parameter['in']} {parameter['name']}"
    schema = {key: value for key, value in parameter["schema"].items() if key not in {"title", "description"}}
    return json.dumps([parameter.get("required", False), schema], sort_keys=True)


def _read(found: list[Path]) -> tuple[list[dict[str, str]], int]:
    """Each kind of failure per operation once, and how many requests there were."""
    kinds: dict[tuple[str, str, str], dict[str, str]] = {}
    cases = 0
    for path in found:
        for line in path.read_bytes().splitlines() if path.exists() else []:
            with contextlib.suppress(ValueError):  # the last line may be cut off
                told = json.loads(line)
                cases += told["cases"]
                for item in told["failures"]:
                    kind = item["operation"], item["rule"], "" if item["rule"] else item["message"]
                    kinds.setdefault(kind, {"message": item["message"], "rule": item["rule"]})
    return list(kinds.values()), cases


def _last(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"
