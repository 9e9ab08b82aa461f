"""Jobs that need the application find it imported; what goes wrong with that is told by the jobs as if it were not there."""

import pytest
from tests.integration.verifier.conftest import compiled

from apiwright.verifier.bench import bench_for
from apiwright.verifier.project import Project
from apiwright.verifier.runtime.interpreter import base_interpreter, interpreter_parts
from apiwright.verifier.sandbox import Answer, Sandbox

pytestmark = pytest.mark.usefixtures("bubblewrap")
PROBE = """
import os, signal, sys, time

def look(name="app.main"):
    imported = name in sys.modules
    import app.main
    app.main.rows.append(1)
    with open("mine", "x"):
        pass
    return {"imported": imported, "by": app.main.by, "me": os.getpid(), "rows": len(app.main.rows), "setting": os.environ.get("SETTING")}

def leave():
    os._exit(7)

def wait():
    time.sleep(60)

def end_all():
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)

def listen():
    return [sys.stdin.read(), os.path.exists("/proc/self/fd/4")]
"""
MAIN = "import os\nby, rows = os.getpid(), []\n"


def project(main: str = MAIN) -> Sandbox:
    """A sandbox with a project in it, whose application is imported once."""
    sandbox = Sandbox(base_interpreter(), readable=interpreter_parts()).start()
    sandbox.write({"app/__init__.py": "", "app/main.py": main, "probe.py": PROBE})
    sandbox.import_once(["app", "app.main"])
    return sandbox


def asked(sandbox: Sandbox, function: str, *, seconds: float = 30, **environment: str) -> Answer:
    """What a job answers that needs the application."""
    return sandbox.call(f"probe:{function}", seconds=seconds, application=True, environment=environment).result(timeout=60)


def test_it_is_imported_once_and_each_job_has_its_own() -> None:
    with project() as sandbox:
        calls = [sandbox.call("probe:look", seconds=30, application=True, environment={"SETTING": name}) for name in "abcd"]
        values = [call.result(timeout=60).value for call in calls]
        plain = sandbox.call("probe:look", seconds=30).result(timeout=60).value
    assert [value["setting"] for value in values] == list("abcd")
    assert {value["by"] for value in values} & {value["me"] for value in values} == set()
    assert len({value["by"] for value in values}) == 1
    assert all(value["imported"] and value["rows"] == 1 for value in values)
    assert not plain["imported"]
    assert plain["by"] == plain["me"]


def test_a_job_that_ends_badly_is_its_own_affair() -> None:
    with project() as sandbox:
        assert asked(sandbox, "leave").code == 7
        assert asked(sandbox, "wait", seconds=0.5).ended == "timeout"
        assert asked(sandbox, "listen").value == ["", False]
        assert asked(sandbox, "look").value["imported"]


def test_where_it_is_ended_its_jobs_are_told_and_the_next_ones_import_for_themselves() -> None:
    with project() as sandbox:
        assert asked(sandbox, "end_all").ended == "died"
        found = asked(sandbox, "look")
    assert found.value["by"] == found.value["me"]


def test_another_project_takes_the_place_of_the_one_before() -> None:
    with project() as sandbox:
        before = asked(sandbox, "look").value
        late = sandbox.call("probe:wait", seconds=30, application=True)
        asked(sandbox, "listen")
        sandbox.write({"app/main.py": f"{MAIN}rows.append(0)\n"})
        sandbox.import_once(["app.main"])
        after = asked(sandbox, "look").value
        assert late.result(timeout=60).ended == "died"
    assert (before["rows"], after["rows"]) == (1, 2)
    assert before["by"] != after["by"] != after["me"]


@pytest.mark.parametrize(
    "main",
    [
        "raise ValueError('not so')",
        "import sys; sys.exit(3)",
        "import os; os._exit(3)",
    ],
    ids=["raises", "exits", "is gone"],
)
def test_where_it_cannot_be_imported_each_job_tells(main: str) -> None:
    with project(main) as sandbox:
        found = asked(sandbox, "look")
    assert found.value is None
    assert "raise" not in main or "ValueError: not so" in found.output


@pytest.mark.parametrize(
    "more",
    [
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
        "rows += [1] * (os.environ.get('SETTING') == 'x')",
        "rows += [1] * ('SETTING' in os.environ)",
        "rows += [1] * (dict(os.environ)['SETTING'] == 'x')",
        "rows += [1] * (os.getenv('SETTING') == 'x')",
    ],
    ids=["has threads", "gets a variable", "looks for one", "copies them all", "getenv"],
)
def test_what_might_be_another_one_for_another_job_is_imported_by_each(more: str) -> None:
    with project(f"{MAIN}{more}\n") as sandbox:
        found = asked(sandbox, "look", SETTING="x")
    assert found.value["by"] == found.value["me"]
    assert found.value["rows"] == 1 + ("Thread" not in more)


def test_one_that_is_never_done_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apiwright.verifier.sandbox.session.IMPORT_SECONDS", 1.0)
    with project("import time\nif 'jobs/application' in __file__: time.sleep(600)\nby, rows = 0, []\n") as sandbox:
        found = asked(sandbox, "look")
    assert found.value["by"] == 0


@pytest.mark.parametrize("case", ["todo", "rest-default", "extended"])
def test_a_generated_project_is_imported_once(case: str) -> None:
    probe = "import sys\ndef look(): return 'app.main' in sys.modules\n"
    with bench_for(Project({**compiled(case), "probe.py": probe}), level="quick") as bench:
        assert bench.sandbox.call("probe:look", seconds=30, application=True).result(timeout=90).value is True
