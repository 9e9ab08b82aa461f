"""The types hold, by a strict checker that knows pydantic and SQLAlchemy."""

import re
import tomllib
from typing import Any, ClassVar

from apiwright.verifier.protocol import Bench, Outcome, last_line
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.runtime.seed import mypy

_LINE = re.compile(r"^(?P<path>[^:\n]+):(?P<line>\d+): error: (?P<message>.*?)(?:  \[(?P<rule>[\w-]+)\])?$", re.MULTILINE)


class StrictTypes:
    """`mypy --strict`, with the cache of its libraries that was made with the runtime, and what it knew of the version before."""

    name: ClassVar[str] = "strict-types"
    level: ClassVar[Level] = "standard"
    needs: ClassVar[tuple[str, ...]] = ("parse",)

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        cache = f"{bench.sandbox.scratch}/mypy"
        files = _files(bench.project.files.get("pyproject.toml", ""))
        argv = [*mypy(bench.tools, bench.runtime), "--strict", "--cache-dir", cache, *files]
        before = bench.former.types if bench.former else None
        seed = str(bench.seed.mypy) if bench.seed else None
        answer = bench.sandbox.call("inside.types:run", seconds=300, argv=argv, seed=seed, cache=cache, before=before, early=True).result()
        value: dict[str, Any] = answer.value or {"status": answer.code, "known": None}
        bench.known.types = value["known"]
        findings = tuple(
            Finding(message=found["message"], path=found["path"], line=int(found["line"]), rule=found["rule"] or "")
            for found in _LINE.finditer(answer.output)
        )
        if not findings and value["status"] != 0:
            findings = (Finding(message=f"mypy did not answer ({answer.ended}): {last_line(answer.output)}"),)
        return Outcome(findings=findings, detail="mypy --strict", output=answer.output)


def _files(pyproject: str) -> list[str]:
    """What mypy is pointed at: nothing where the project's own settings say it."""
    try:
        table = tomllib.loads(pyproject).get("tool", {}).get("mypy", {})
    except ValueError:
        return ["."]
    return [] if "files" in table else ["."]
