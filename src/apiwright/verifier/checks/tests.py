"""The project's own tests pass."""

from dataclasses import replace
from typing import ClassVar

from apiwright.verifier.protocol import Bench, Outcome, unfinished
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.sandbox import Answer

EXTENSIONS = "tests/extensions"
"""Where the tests of what was written by hand are: a check of its own tells of them."""
_NO_TESTS = 5
"""Exit status of pytest."""


class Tests:
    """pytest, with the project's own settings for it and none from outside."""

    name: ClassVar[str] = "tests"
    level: ClassVar[Level] = "standard"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import")

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        before = bench.passed.before
        leave = {path: None if found.whole else list(found.counts) for path, found in before.items()}
        leave |= {EXTENSIONS: None} if bench.project.extended else {}
        answer = bench.sandbox.call("inside.tests:run", paths=[], leave=leave, seconds=300, first=True, application=True).result()
        outcome = outcome_of(answer, some_left=bool(before))
        if answer.value is not None and not outcome.findings:  # a run that failed may have stopped in the middle of a module
            bench.passed.note(answer.value["passed_in"])
        if not before:
            return outcome
        more = sum(sum(found.counts.values()) for found in before.values())
        known = f"{more} more, in {len(before)} modules, passed before on the same files"
        return replace(outcome, detail=f"{outcome.detail}; {known}")


def outcome_of(answer: Answer, *, some_left: bool = False) -> Outcome:
    """What the job `inside.tests:run` found; that it was left no test is a finding unless some were left out."""
    findings = unfinished(answer, "The tests")
    if answer.value is None:
        return Outcome(findings=findings, output=answer.output)
    value = answer.value
    findings += tuple(Finding(message=item["message"], path=item["path"], line=item["line"]) for item in value["failures"])
    if not findings and value["code"] != 0 and not (value["code"] == _NO_TESTS and some_left):
        reason = "There are no tests." if value["code"] == _NO_TESTS else f"pytest ended with status {value['code']}."
        findings = (Finding(message=reason, path="tests"),)
    skipped = f", {value['skipped']} skipped" if value["skipped"] else ""
    return Outcome(findings=findings, detail=f"{value['passed']} tests{skipped}", output=answer.output)
