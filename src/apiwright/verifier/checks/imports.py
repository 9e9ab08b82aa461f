"""`main:app` imports, and so does every module of the application."""

from typing import ClassVar

from apiwright.verifier.protocol import Bench, Outcome, unfinished
from apiwright.verifier.report import Finding, Level


class Imports:
    """Imports every module of `app` in an interpreter of its own, with no network and no settings but those of a test."""

    name: ClassVar[str] = "import"
    level: ClassVar[Level] = "quick"
    needs: ClassVar[tuple[str, ...]] = ("parse",)

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        answer = bench.application.looked_at()
        findings = list(unfinished(answer, "Importing"))
        if answer.value:
            findings += [Finding(message=item["message"], path=item["path"], line=item["line"]) for item in answer.value["problems"]]
        return Outcome(findings=_distinct(findings), detail=f"{len(bench.application.modules)} modules", output=answer.output)


def _distinct(findings: list[Finding]) -> tuple[Finding, ...]:
    """One module that fails makes all fail that import it: the same place is told once."""
    return tuple(dict.fromkeys(findings))
