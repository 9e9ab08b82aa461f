"""The types hold, by a fast checker: where there is no time for the strict one."""

import re
from typing import ClassVar

from apiwright.verifier.protocol import Bench, Outcome, last_line
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.sandbox.limits import MIB

_LINE = re.compile(r"^(?P<path>[^:]+):(?P<line>\d+):\d+: error\[(?P<rule>[\w-]+)\] (?P<message>.*)$", re.MULTILINE)


class Types:
    """`ty check`, against the libraries that the project will run with."""

    name: ClassVar[str] = "types"
    level: ClassVar[Level] = "quick"
    needs: ClassVar[tuple[str, ...]] = ("parse",)

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        argv = [
            bench.tools.program("ty"),
            "check",
            "--python",
            str(bench.runtime.root),
            "--output-format",
            "concise",
            "--color",
            "never",
            ".",
        ]
        answer = bench.sandbox.execute(argv, seconds=120, memory=8192 * MIB).result()
        findings = tuple(
            Finding(message=found["message"], path=found["path"], line=int(found["line"]), rule=found["rule"])
            for found in _LINE.finditer(answer.output)
        )
        if not findings and answer.code != 0:
            findings = (Finding(message=f"ty did not answer: {last_line(answer.output)}"),)
        return Outcome(findings=findings, detail="ty", output=answer.output)
