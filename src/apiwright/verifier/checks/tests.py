"""The project's own tests pass."""

from dataclasses import replace
from typing import ClassVar

from apiwright.verifier.protocol import Bench, Outcome, unfinished
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.sandbox import Answer

EXTENSIONS = "tests/extensions"
"""Where the tests of what was written by hand are: a check of its own tells of them."""


class Tests:
    """pytest, with the project's own settings for it and none from outside."""

    name: ClassVar[str] = "tests"
    level: ClassVar[Level] = "standard"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import")

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        before = bench.passed.before
        leave = [*([EXTENSIONS] if bench.project.extended else []), *before]
        answer = bench.sandbox.call("inside.tests:run", paths=[], leave=leave, seconds=300, first=True, application=True).result()
        outcome = tested(answer)
        if answer.value is not None and not outcome.findings:  # a run that failed may have stopped in the middle of a module
            bench.passed.note(answer.value["passed_in"])
        if not before:
            return outcome
        known = f"{sum(before.values())} more, in {len(before)} modules, passed before on the same files"
        return replace(outcome, detail=f"{outcome.detail}; {known}")


def tested(answer: Answer) -> Outcome:
    """What the job `inside.tests:run` found."""
    findings = unfinished(answer, "The tests")
    if answer.value is None:
        return Outcome(findings=findings, output=answer.output)
    value = answer.value
    findings += tuple(Finding(message=item["message"], path=item["path"], line=item["line"]) for item in value["failures"])
    if not findings and value["code"] != 0:
        reason = "There are no tests." if value["code"] == 5 else f"pytest ended with status {value['code']}."
        findings = (Finding(message=reason, path="tests"),)
    skipped = f", {value['skipped']} skipped" if value["skipped"] else ""
    return Outcome(findings=findings, detail=f"{value['passed']} tests{skipped}", output=answer.output)
