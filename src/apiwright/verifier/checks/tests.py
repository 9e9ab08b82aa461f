"""The project's own tests pass."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import ClassVar

from apiwright.verifier.project import Project
from apiwright.verifier.protocol import Bench, Outcome, unfinished
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.sandbox import Answer

EXTENSIONS = "tests/extensions"
"""Where the tests of what was written by hand are: a check of its own tells of them."""
_MANY = 6
"""Modules from which on two interpreters are faster than one: each must import the application."""


class Tests:
    """pytest, with the project's own settings for it and none from outside."""

    name: ClassVar[str] = "tests"
    level: ClassVar[Level] = "standard"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import")

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        before = bench.passed.before
        leave = [*([EXTENSIONS] if bench.project.extended else []), *before]
        apart = _apart(bench.project, leave)
        shares: list[tuple[list[str], list[str]]] = [(apart, leave), ([], [*leave, *apart])] if apart else [([], leave)]
        calls = [bench.sandbox.call("inside.tests:run", paths=paths, leave=left, seconds=300, first=True) for paths, left in shares]
        answer = _together([call.result() for call in calls])
        outcome = tested(answer)
        if answer.value is not None and not outcome.findings:  # a run that failed may have stopped in the middle of a module
            bench.passed.note(answer.value["passed_in"])
        if not before:
            return outcome
        known = f"{sum(before.values())} more, in {len(before)} modules, passed before on the same files"
        return replace(outcome, detail=f"{outcome.detail}; {known}")


def _apart(project: Project, leave: Collection[str]) -> list[str]:
    """Modules that are run by an interpreter of their own, beside all others; none where there are too few for that to be faster."""
    modules = [path for path in project.python if path.startswith("tests/") and path.rpartition("/")[2].startswith("test_")]
    left = sorted(path for path in modules if path not in leave and not path.startswith(EXTENSIONS))
    return left[::2] if len(left) >= _MANY else []


def _together(answers: Sequence[Answer]) -> Answer:
    """One answer for all shares; where one of them has not come to its end, that one."""
    first, *others = sorted(answers, key=lambda answer: answer.value is not None)
    if first.value is None or not others:
        return first
    values = [answer.value for answer in answers]
    value = {
        "code": next((item["code"] for item in values if item["code"]), 0),
        "passed": sum(item["passed"] for item in values),
        "passed_in": {path: count for item in values for path, count in item["passed_in"].items()},
        "skipped": sum(item["skipped"] for item in values),
        "failures": [failure for item in values for failure in item["failures"]],
    }
    return replace(first, value=value, output="\n".join(answer.output for answer in answers))


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
