"""Requests that nobody thought of: schemathesis against the running application."""

import contextlib
import json
import subprocess
import time
from pathlib import Path
from typing import Any, cast

from .access import log_in
from .server import BootError, Server, served
from .world import Population

_PHASES = ("examples,coverage", "fuzzing,stateful")
"""Run side by side; either takes about as long as the other."""
_MOST = 50
_LONG = 10_000
_NOT_WRITTEN = 501


def run(program: list[str], world: dict[str, Any], who: str, budget: int, examples: int) -> dict[str, Any]:
    """Serve the project, populate it, log in, and let schemathesis at it.

    Args:
        program: How schemathesis is started.
        world: The population; see `world`.
        who: Who asks, if there are accounts.
        budget: Seconds it may look for failures.
        examples: Requests per operation in the phase that makes them up.
    """
    try:
        with served() as server, contextlib.closing(Population(world)) as population:
            token = None
            if who in population.logins:
                with contextlib.closing(server.client()) as client:
                    token = log_in(client, population.logins[who])
            return _fuzzed(program, server, token, budget, examples)
    except BootError as error:
        return {"failures": [{"message": str(error), "rule": ""}], "cases": 0, "complete": True, "said": ""}


def _fuzzed(program: list[str], server: Server, token: str | None, budget: int, examples: int) -> dict[str, Any]:
    document, deadline = Path("fuzz.openapi.json"), time.monotonic() + budget
    with contextlib.closing(server.client()) as client:
        document.write_text(json.dumps(thinned(client.request("GET", "/openapi.json").members)), "utf-8")
    argv = [
        *program, "run", str(document), "--url", f"http://127.0.0.1:{server.port}",
        "--checks", "all", "--exclude-checks", "positive_data_acceptance",
        "--seed", "1", "--no-color", "--max-examples", str(examples), "--generation-database", "none", "--no-shrink",
        "--continue-on-failure",
        "--suppress-health-check", "all", "--report", "ndjson",
        *(["--header", f"Authorization: Bearer {token}"] if token else []),
    ]  # fmt: skip
    runs = [Run(argv, phases) for phases in _PHASES]
    parts = [run.ended(deadline) for run in runs]
    failures = list({(item["message"], item["rule"]): item for part in parts for item in part["failures"]}.values())
    if not server.alive():
        failures.append({"message": f"The application ended under fuzzing: {_last(server.said())}", "rule": ""})
    return {
        "failures": failures[:_MOST],
        "cases": sum(part["cases"] for part in parts),
        "complete": all(part["complete"] for part in parts),
        "said": "".join(part["said"] for part in parts) if failures else "",
    }


class Run:
    """A schemathesis of its own for some phases: one process makes use of one processor, whatever its number of workers."""

    def __init__(self, argv: list[str], phases: str) -> None:
        name = phases.partition(",")[0]
        self._events, self._log = Path(f"fuzz.{name}.ndjson"), Path(f"fuzz.{name}.log")
        with self._log.open("wb") as log:
            argv = [*argv, "--phases", phases, "--report-ndjson-path", str(self._events)]
            self._process = subprocess.Popen(argv, stdout=log, stderr=subprocess.STDOUT)  # noqa: S603

    def ended(self, deadline: float) -> dict[str, Any]:
        """What it found until it ended, or until the deadline on the monotonic clock, when it is ended."""
        try:
            code, complete = self._process.wait(max(0.0, deadline - time.monotonic())), True
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            code, complete = 0, False
        said = self._log.read_text("utf-8", errors="replace")[-20_000:]
        failures, cases = _read(self._events)
        if code != 0 and not failures:
            failures = [{"message": f"schemathesis ended with status {code}: {_last(said)}", "rule": ""}]
        return {"failures": failures, "cases": cases, "complete": complete, "said": said}


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


def _read(events: Path) -> tuple[list[dict[str, str]], int]:
    """Each kind of failure per operation once, and how many requests there were."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    cases = 0
    lines = events.read_bytes().splitlines() if events.exists() else []
    for line in lines:
        with contextlib.suppress(ValueError, KeyError, TypeError):
            event = json.loads(line)
            scenario = event.get("ScenarioFinished")
            if scenario is None:
                continue
            recorder = scenario["recorder"]
            cases += len(recorder["interactions"])
            for case, checks in recorder["checks"].items():
                for check in checks:
                    if check["status"] == "failure" and not _unwritten(check["name"], recorder, case):
                        failure = check["failure_info"]["failure"]
                        key = (failure.get("operation") or recorder["label"], check["name"])
                        found.setdefault(key, {"message": _told(key[0], failure, recorder, case), "rule": check["name"]})
    return list(found.values()), cases


def _unwritten(check: str, recorder: dict[str, Any], case: str) -> bool:
    """Whether a server's error is the answer 501 of an endpoint that nobody has written yet, as its document says."""
    exchange: dict[str, Any] = recorder["interactions"].get(case) or {}
    response: dict[str, Any] = exchange.get("response") or {}
    return check == "not_a_server_error" and response.get("status_code") == _NOT_WRITTEN


def _told(operation: str, failure: dict[str, Any], recorder: dict[str, Any], case: str) -> str:
    exchange: dict[str, Any] = recorder["interactions"].get(case) or {}
    request: dict[str, Any] = exchange.get("request") or {}
    response: dict[str, Any] = exchange.get("response") or {}
    message = " ".join(str(failure.get("message") or "").split())[:300]
    asked = f"{request.get('method')} {str(request.get('uri'))[:300]}"
    return f"{operation}: {failure['title']}. {message} ({asked} answered {response.get('status_code')})"


def _last(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"
