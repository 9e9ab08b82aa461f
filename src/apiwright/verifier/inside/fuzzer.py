"""A program for the tools' environment: schemathesis, told what to do on standard input, and what it finds told line by line in files.

Its command line does the same; but half of the time went to its progress bars and reports, to starting it twice, and to a client that looks
for proxies and passwords before each request.
"""

import contextlib
import gc
import http.client
import json
import os
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from itertools import chain, count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import schemathesis.openapi
import schemathesis.transport.requests as transport
from requests.structures import CaseInsensitiveDict
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.engine import Status, events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.generation.case import Case
from schemathesis.generation.meta import CoveragePhaseData, CoverageScenario
from schemathesis.schemas import BaseSchema
from urllib3 import HTTPHeaderDict

_GARBAGE = 100_000
_ENOUGH = 2
_GONE = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class Session(transport.ManagedCookiesSession):
    """Sends a request on a connection that is kept, and nothing else. Redirects are left to the session proper."""

    def __init__(self) -> None:
        super().__init__()
        self._connection: http.client.HTTPConnection | None = None

    def request(self, method: str, url: str, **parts: Any) -> requests.Response:  # pyright: ignore[reportIncompatibleMethodOverride] - by keyword only
        """One exchange.

        Raises:
            requests.RequestException: There was no answer.
        """
        wanted = {name: parts.get(name) for name in ("headers", "files", "data", "params", "auth", "cookies", "json")}
        prepared = requests.Request(method, url, **wanted).prepare()
        answer = self._answered(prepared, parts.get("timeout"))
        return super().request(method, url, **parts) if answer.is_redirect and parts.get("allow_redirects", True) else answer

    def _answered(self, request: requests.PreparedRequest, seconds: float | None) -> requests.Response:
        try:
            kept = self._connection is not None
            try:
                return self._exchange(request, seconds)
            except _GONE:
                self._hang_up()
                if not kept:
                    raise
                return self._exchange(request, seconds)  # the server may have closed an idle connection: that is no answer yet
        except TimeoutError as error:
            self._hang_up()
            raise requests.ReadTimeout(error, request=request) from error
        except (OSError, http.client.HTTPException) as error:
            self._hang_up()
            raise requests.ConnectionError(error, request=request) from error

    def _exchange(self, request: requests.PreparedRequest, seconds: float | None) -> requests.Response:
        if self._connection is None:
            address = urlsplit(request.url or "")
            self._connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=seconds)
        body: Any = request.body.encode() if isinstance(request.body, str) else request.body
        self._connection.request(str(request.method), request.path_url, body, dict(request.headers))
        reply = self._connection.getresponse()
        content = reply.read()
        if reply.will_close:
            self._hang_up()
        return _answer(request, reply, content)

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _Raw:
    """What is asked of a response below its surface."""

    version = 11

    def __init__(self, headers: HTTPHeaderDict) -> None:
        self.headers = headers


def _answer(request: requests.PreparedRequest, reply: http.client.HTTPResponse, content: bytes) -> requests.Response:
    headers = HTTPHeaderDict()
    for name, value in reply.getheaders():
        headers.add(name, value)
    answer = requests.Response()
    answer.status_code, answer.reason, answer.request, answer.url = reply.status, reply.reason, request, request.url or ""
    answer.headers, answer.raw = CaseInsensitiveDict(headers), _Raw(headers)
    answer.encoding = requests.utils.get_encoding_from_headers(answer.headers)
    answer._content = content  # pyright: ignore[reportPrivateUsage] - it has been read
    return answer


def main() -> None:
    """Load the document once; then make requests from it in as many processes as there are parts."""
    task = json.load(sys.stdin)
    transport.ManagedCookiesSession = Session
    schemathesis.hook("filter_case")(_says_more)  # pyright: ignore[reportUnknownMemberType] - as it is declared there
    configuration = SchemathesisConfig.from_dict(_settings(task))  # pyright: ignore[reportUnknownMemberType] - of a dict
    schema = schemathesis.openapi.from_dict(task["document"], config=configuration)
    gc.freeze()
    gc.set_threshold(_GARBAGE, 50, 100)
    found, codes = (Path(task["found"].format(number)) for number in count()), list[int]()
    for parts in task["rounds"]:
        forks = [_fork(schema, steps, path) for steps, path in zip(parts, found, strict=False)]
        codes += [os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]) for fork in forks]
    sys.exit(max(codes, key=abs))


_wrong = Counter[tuple[str, str | None]]()


def _says_more(_: schemathesis.HookContext, case: Case[Any]) -> bool:
    """An address holds nothing but text: of the wrong types in one of its parameters, two say what all of them say."""
    told = case.meta.phase.data if case.meta else None
    if not isinstance(told, CoveragePhaseData) or told.scenario is not CoverageScenario.INCORRECT_TYPE:
        return True
    if told.parameter_location is not ParameterLocation.QUERY:
        return True
    place = case.operation.label, told.parameter
    _wrong[place] += 1
    return _wrong[place] <= _ENOUGH


def _settings(task: dict[str, Any]) -> dict[str, Any]:
    examples: dict[str, int] = task["examples"]
    return {
        "seed": 1,
        "base-url": task["url"],
        "headers": {"Authorization": f"Bearer {task['token']}"} if task["token"] else {},
        "continue-on-failure": True,
        "suppress-health-check": ["all"],
        "checks": {"positive_data_acceptance": {"enabled": False}},
        "generation": {"max-examples": examples["other"], "no-shrink": True, "database": "none"},
        "phases": {"stateful": {"generation": {"max-examples": examples["stateful"]}}},
        "operations": [{"include-name": _bare(task["document"]), "generation": {"max-examples": examples["bare"]}}],
        "cache": {"enabled": False},
    }


def _bare(document: dict[str, Any]) -> list[str]:
    """Operations that take no more than an id. Whether its row is there matters most, and is left to chance; each costs little."""
    names: list[str] = []
    for path, item in document["paths"].items():
        for method, operation in item.items():
            plain = all(parameter["in"] == "path" for parameter in operation.get("parameters", ()))
            names += [f"{method.upper()} {path}"] if plain and "requestBody" not in operation else []
    return names


def _fork(schema: BaseSchema, steps: list[dict[str, Any]], found: Path) -> int:
    """Go through some phases in a fork, each for all operations, or for those of some methods."""
    if fork := os.fork():
        return fork
    code = 1
    try:
        with found.open("w") as out:
            for event in chain.from_iterable(_events(schema, **step) for step in steps):
                if told := _told(event):
                    out.write(json.dumps(told) + "\n")
                    out.flush()
        code = 0
    except BaseException:  # whatever it is, it must be heard of
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(code)


def _events(schema: BaseSchema, phases: list[str], methods: Sequence[str] = ()) -> Iterator[events.EngineEvent]:
    schema.config.phases.update(phases=phases)
    # To include some would be to add them to those that the settings name.
    chosen: BaseSchema = schema.exclude(lambda it: _method(it) not in methods) if methods else schema  # pyright: ignore[reportUnknownMemberType]
    yield from from_schema(chosen).execute()


def _method(described: Any) -> str:
    return str(described.operation.method).upper()


def _told(event: events.EngineEvent) -> dict[str, Any] | None:
    """What an event adds: requests, and failures."""
    if isinstance(event, events.ScenarioFinished):
        return {"cases": len(event.recorder.interactions), "failures": list(_failures(event.recorder))}
    if isinstance(event, (events.NonFatalError, events.FatalError)):
        return {"cases": 0, "failures": [_error(event)]}
    return None


def _error(event: events.NonFatalError | events.FatalError) -> dict[str, str]:
    what = f"{event.label}: {event.info.title}. {event.info.message}" if isinstance(event, events.NonFatalError) else str(event.exception)
    return {"rule": "", "operation": "", "message": " ".join(what.split())[:600]}


def _failures(recorder: ScenarioRecorder) -> Iterator[dict[str, str]]:
    for case, checks in recorder.checks.items():
        for check in checks:
            if check.status is Status.FAILURE and check.failure_info is not None:
                failure, exchange = check.failure_info.failure, recorder.interactions.get(case)
                operation = failure.operation or recorder.label
                asked = f"{exchange.request.method} {exchange.request.uri[:300]}" if exchange else "the request"
                status = exchange.response.status_code if exchange and exchange.response else None
                if check.name == "not_a_server_error" and status == HTTPStatus.NOT_IMPLEMENTED:
                    continue  # an endpoint that nobody has written yet, as its document says
                message = " ".join(str(failure.message or "").split())[:300]
                told = f"{operation}: {failure.title}. {message} ({asked} answered {status})"
                yield {"rule": check.name, "operation": operation, "message": told}


if __name__ == "__main__":
    main()
