"""The types hold, by a strict checker that knows pydantic and SQLAlchemy."""

import re
import tomllib
from typing import ClassVar

from apiwright.verifier.protocol import Bench, Outcome, last_line
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.runtime.seed import mypy

_LINE = re.compile(r"^(?P<path>[^:\n]+):(?P<line>\d+): error: (?P<message>.*?)(?:  \[(?P<rule>[\w-]+)\])?$", re.MULTILINE)


class StrictTypes:
    """`mypy --strict`, with the cache of its libraries that was made with the runtime."""

    name: ClassVar[str] = "strict-types"
    level: ClassVar[Level] = "standard"
    needs: ClassVar[tuple[str, ...]] = ("parse",)

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        cache = f"{bench.sandbox.scratch}/mypy"
        left = [f"--exclude=^{re.escape(path)}$" for path in bench.passed.before]
        files = _files(bench.project.files.get("pyproject.toml", ""))
        argv = [*mypy(bench.tools, bench.runtime), "--strict", "--cache-dir", cache, *left, *files]
        answer = bench.sandbox.call(
            "inside.tools:run_seeded", seconds=300, argv=argv, seed=str(bench.seed), cache=cache, early=True
        ).result()
        findings = tuple(
            Finding(message=found["message"], path=found["path"], line=int(found["line"]), rule=found["rule"] or "")
            for found in _LINE.finditer(answer.output)
        )
        if not findings and answer.value != 0:
            findings = (Finding(message=f"mypy did not answer ({answer.ended}): {last_line(answer.output)}"),)
        known = f"; {len(left)} test modules passed before on the same files" if left else ""
        return Outcome(findings=findings, detail=f"mypy --strict{known}", output=answer.output)


def _files(pyproject: str) -> list[str]:
    """What mypy is pointed at: nothing where the project's own settings say it."""
    try:
        table = tomllib.loads(pyproject).get("tool", {}).get("mypy", {})
    except ValueError:
        return ["."]
    return [] if "files" in table else ["."]
