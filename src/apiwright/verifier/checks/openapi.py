"""The OpenAPI document is valid, and has every operation that the blueprint promises."""

import json
from collections import Counter
from typing import Any, ClassVar

from apiwright.verifier.protocol import Bench, Outcome, last_line, unfinished
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.routes import promised_routes
from apiwright.verifier.sandbox.limits import MIB
from apiwright.verifier.sandbox.session import INSIDE

_METHODS = frozenset({"get", "put", "post", "delete", "patch", "head", "options", "trace"})


class OpenApi:
    """The document against the schema of OpenAPI 3.1, its operation ids, and its routes."""

    name: ClassVar[str] = "openapi"
    level: ClassVar[Level] = "quick"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import")

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        answer = bench.application.looked_at()
        if answer.value is None:
            return Outcome(findings=unfinished(answer, "The OpenAPI document"), output=answer.output)
        document = answer.value["document"]
        if document is None:
            return Outcome(findings=(Finding(message=f"There is no OpenAPI document: {last_line(answer.output)}"),), output=answer.output)
        if invalid := _invalid(bench, document):
            return Outcome(findings=tuple(invalid))
        findings = [*_repeated(document), *_missing(bench, document)]
        bench.known.document = document
        return Outcome(findings=tuple(findings), detail=f"{len(_operations(document))} operations")


def _invalid(bench: Bench, document: Any) -> list[Finding]:
    bench.sandbox.write({".openapi.json": json.dumps(document)})
    script = INSIDE / "openapi_schema.py"
    answer = bench.sandbox.execute(
        [str(bench.tools.python), "-I", str(script), str(bench.sandbox.scratch / "project" / ".openapi.json")],
        seconds=60,
        memory=2048 * MIB,
    ).result()
    try:
        problems: list[str] = json.loads(answer.output)
    except ValueError:
        return [Finding(message=f"The document cannot be validated: {last_line(answer.output)}")]
    return [Finding(message=problem) for problem in problems]


def _repeated(document: Any) -> list[Finding]:
    counts = Counter(operation.get("operationId") for _, _, operation in _operations(document))
    return [Finding(message=f"{number} operations have the operationId {name!r}.") for name, number in counts.items() if number > 1]


def _missing(bench: Bench, document: Any) -> list[Finding]:
    if bench.project.blueprint is None:
        return []
    there = {(method, _shape(path)) for method, path, _ in _operations(document)}
    promised = promised_routes(bench.project.blueprint)
    return [
        Finding(message=f"{route.method.upper()} {route.path} of {route.entity} is missing.")
        for route in promised
        if (route.method, _shape(route.path)) not in there
    ]


def _operations(document: Any) -> list[tuple[str, str, dict[str, Any]]]:
    paths: dict[str, Any] = document.get("paths") or {}
    return [(method, path, item[method]) for path, item in paths.items() for method in item if method in _METHODS]


def _shape(path: str) -> str:
    """A path whatever its parameters are called."""
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))
