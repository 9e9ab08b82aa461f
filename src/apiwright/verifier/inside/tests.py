"""The project's own tests, by pytest in process."""

import importlib
import os
from pathlib import Path
from typing import Any


class Outcomes:
    """Plugin: counts what ran, and keeps why tests failed."""

    def __init__(self) -> None:
        self.passed = 0
        self.skipped = 0
        self.passed_in: dict[str, int] = {}
        self.failures: list[dict[str, Any]] = []

    def pytest_runtest_logreport(self, report: Any) -> None:
        """A phase of a test has ended."""
        if report.passed:
            if report.when == "call":
                self.passed += 1
                self.passed_in[report.location[0]] = self.passed_in.get(report.location[0], 0) + 1
        elif report.skipped:
            self.skipped += 1
        else:
            self._keep(report)

    def pytest_collectreport(self, report: Any) -> None:
        """A file has been collected, or could not be."""
        if report.failed:
            self._keep(report)

    def _keep(self, report: Any) -> None:
        path, line, _ = report.location if report.when != "collect" else (report.nodeid, None, "")
        crash = getattr(report.longrepr, "reprcrash", None)
        message = crash.message.splitlines()[0] if crash and crash.message else str(report.longrepr).strip().splitlines()[-1:]
        told = f"{report.nodeid}: {message if isinstance(message, str) else ' '.join(message)}"
        self.failures.append({"path": path, "line": line + 1 if isinstance(line, int) else None, "message": told[:1_000]})


def run(paths: list[str], leave: list[str]) -> dict[str, Any]:
    """Run the tests in `paths`, all of the project's when there are none, but for those in `leave`."""
    outcomes = Outcomes()
    pytest = importlib.import_module("pytest")
    home = Path(os.environ["HOME"])
    home.mkdir(parents=True, exist_ok=True)
    code = pytest.main(
        [
            "-q",
            "-p",
            "no:cacheprovider",
            "--tb=short",
            "--maxfail=50",
            "-W",
            "ignore::pytest.PytestAssertRewriteWarning",
            "--basetemp",
            "tmp-tests",
            *(f"--ignore={path}" for path in leave),
            *paths,
        ],
        plugins=[outcomes],
    )
    return {
        "code": int(code),
        "passed": outcomes.passed,
        "passed_in": outcomes.passed_in,
        "skipped": outcomes.skipped,
        "failures": outcomes.failures,
    }
