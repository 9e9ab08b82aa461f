"""ruff has nothing to say, by the project's own rules, and would format nothing differently."""

import json
from typing import Any, ClassVar

from apiwright.verifier.protocol import Bench, Outcome, last_line
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.sandbox import Answer
from apiwright.verifier.sandbox.limits import MIB


class Lint:
    """`ruff check` and `ruff format --check`."""

    name: ClassVar[str] = "lint"
    level: ClassVar[Level] = "quick"
    needs: ClassVar[tuple[str, ...]] = ("parse",)

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        ruff = bench.tools.program("ruff")
        checking = bench.sandbox.execute(
            [ruff, "check", "--no-cache", "--output-format", "json", "--quiet", "."], seconds=60, memory=4096 * MIB
        )
        formatting = bench.sandbox.execute(
            [ruff, "format", "--no-cache", "--check", "--quiet", "--output-format", "concise", "."], seconds=60, memory=4096 * MIB
        )
        checked, formatted = checking.result(), formatting.result()
        findings = [*_objections(checked, str(bench.sandbox.scratch)), *_unformatted(formatted)]
        return Outcome(findings=tuple(findings), detail=f"{len(bench.project.python)} modules", output=formatted.output if findings else "")


def _objections(answer: Answer, scratch: str) -> list[Finding]:
    try:
        items: list[dict[str, Any]] = json.loads(answer.output or "[]")
    except ValueError:
        return [Finding(message=f"ruff did not answer: {last_line(answer.output)}")]
    if not items and answer.code != 0:
        return [Finding(message=f"ruff did not answer: {answer.ended}, status {answer.code}")]
    prefix = f"{scratch}/project/"
    return [
        Finding(
            message=str(item["message"]),
            path=str(item["filename"]).removeprefix(prefix),
            line=item["location"]["row"],
            rule=str(item["code"] or "syntax"),
        )
        for item in items
    ]


def _unformatted(answer: Answer) -> list[Finding]:
    if answer.code == 0:
        return []
    lines = [line for line in answer.output.splitlines() if ".py" in line]
    paths = [line.split(": ", 1)[0].removeprefix("Would reformat: ").split(":")[0] for line in lines]
    if not paths:
        return [Finding(message=f"ruff format did not answer: {last_line(answer.output)}")]
    return [Finding(message="Would be formatted differently.", path=path, rule="format") for path in dict.fromkeys(paths)]
