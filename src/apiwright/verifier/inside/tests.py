"""The project's own tests, by pytest in process; many of them by two processes, which share what it takes to import the application."""

import gc
import importlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

_MANY = 4
"""Test modules from which on half of them are run by a fork."""
_OUTPUT, _ANSWER = Path(".tests-output"), Path(".tests-answer")


class Halves:
    """Plugin: when the tests are collected, and are many, a fork takes every second module."""

    def __init__(self) -> None:
        self.fork: int | None = None
        """Its process id; 0 in the fork itself, None where all is done by one process."""

    def pytest_collection_finish(self, session: Any) -> None:
        """Everything is imported, and no fixture has been set up."""
        gc.freeze()  # what was imported stays: pytest looks through everything for garbage when it ends
        modules = list(dict.fromkeys(item.location[0] for item in session.items))
        if len(modules) < _MANY or _bound():
            return
        output = os.open(_OUTPUT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # there, however the fork ends
        sys.stdout.flush()
        self.fork = os.fork()
        if self.fork == 0:
            os.dup2(output, 1)
            os.dup2(output, 2)
        mine = modules[self.fork == 0 :: 2]
        session.items[:] = [item for item in session.items if item.location[0] in mine]

    def joined(self, answer: dict[str, Any]) -> dict[str, Any]:
        """What both found. In the fork: hand its part over, and end."""
        if self.fork is None:
            return answer
        if self.fork == 0:
            sys.stdout.flush()
            _ANSWER.write_text(json.dumps(answer), "utf-8")
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(self.fork, 0)[1])
        sys.stdout.write(_OUTPUT.read_text("utf-8", errors="replace"))
        return _together(answer, json.loads(_ANSWER.read_text("utf-8")) if _ANSWER.exists() else _lost(status))


class Outcomes:
    """Plugin: counts what ran, and keeps why tests failed."""

    def __init__(self) -> None:
        self.passed = 0
        self.skipped = 0
        self.passed_in: dict[str, dict[str, int]] = {}
        """By path of the module, and by the test's name, how often: more than once where it has parameters."""
        self.failures: list[dict[str, Any]] = []

    def pytest_runtest_logreport(self, report: Any) -> None:
        """A phase of a test has ended."""
        if report.passed:
            if report.when == "call":
                self.passed += 1
                path, _, name = report.location
                tests = self.passed_in.setdefault(path, {})
                tests[name.partition("[")[0]] = tests.get(name.partition("[")[0], 0) + 1
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


class Left:
    """Plugin: leaves out tests that need not be run."""

    def __init__(self, leave: dict[str, list[str] | None]) -> None:
        self._left = {(path, name) for path, names in leave.items() for name in names or ()}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Everything that there is has been collected."""
        items[:] = [item for item in items if (item.location[0], item.location[2].partition("[")[0]) not in self._left]


def run(paths: list[str], leave: dict[str, list[str] | None]) -> dict[str, Any]:
    """Run the project's tests.

    Args:
        paths: Where they are; all of the project's when there are none.
        leave: By path of a module the names of its tests that are left out; None where all of the module is, or of the directory.
    """
    outcomes, halves = Outcomes(), Halves()
    pytest = importlib.import_module("pytest")
    Path(os.environ["HOME"]).mkdir(parents=True, exist_ok=True)
    Path("tmp-tests").mkdir(exist_ok=True)
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(Path("tmp-tests").absolute())
    code = pytest.main(
        [
            "-q",
            "-p",
            "no:cacheprovider",
            "--capture=sys",  # the halves have an output each
            "--tb=short",
            "--maxfail=50",
            "-W",
            "ignore::pytest.PytestAssertRewriteWarning",
            *(f"--ignore={path}" for path, names in leave.items() if names is None),
            *paths,
        ],
        plugins=[outcomes, Left(leave), halves],
    )
    return halves.joined(
        {
            "code": int(code),
            "passed": outcomes.passed,
            "passed_in": outcomes.passed_in,
            "skipped": outcomes.skipped,
            "failures": outcomes.failures,
        }
    )


def _bound() -> bool:
    """Whether all must be done by one process: on a database that is given, or where a fork would be without the project's threads."""
    return "TEST_DATABASE_URL" in os.environ or threading.active_count() > 1


def _together(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": first["code"] or second["code"],
        "passed": first["passed"] + second["passed"],
        "passed_in": first["passed_in"] | second["passed_in"],
        "skipped": first["skipped"] + second["skipped"],
        "failures": first["failures"] + second["failures"],
    }


def _lost(status: int) -> dict[str, Any]:
    """The part of a fork that ended without an answer."""
    failure = {"path": "tests", "line": None, "message": f"The tests left the interpreter: exit status {status}."}
    return {"code": 1, "passed": 0, "passed_in": {}, "skipped": 0, "failures": [failure]}
