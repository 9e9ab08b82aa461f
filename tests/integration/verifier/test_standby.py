"""A sandbox that is started ahead: the next proof takes it, and it never outlives what it was started for."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
import pytest
from tests.integration.verifier.conftest import Files
from tests.integration.verifier.sandboxed import ends

from apiwright.verifier import Level, Standby, verify
from apiwright.verifier.sandbox import Sandbox

pytestmark = pytest.mark.usefixtures("bubblewrap")


@pytest.fixture(scope="module")
def project(small: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("project")
    for path, text in small.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(text, "utf-8")
    assert verify(directory, level="quick").ok, "so that its environment is there"
    return directory


@pytest.fixture
def standby() -> Iterator["Watched"]:
    with Watched() as standby:
        yield standby


class Watched(Standby):
    """Remembers what was handed out."""

    def __init__(self, *, idle: float = 600.0) -> None:
        super().__init__(idle=idle)
        self.taken: list[Sandbox | None] = []

    def take(self, python: Path, readable: Sequence[Path]) -> Sandbox | None:
        self.taken.append(super().take(python, readable))
        return self.taken[-1]


def sandboxes(owner: int | None = None) -> list[psutil.Process]:
    """Processes of sandboxes below a process, by default this one."""
    return [child for child in psutil.Process(owner).children(recursive=True) if child.name() == "bwrap"]


def prepared(standby: Standby, project: Path, level: Level = "quick") -> list[psutil.Process]:
    """The processes of the sandbox that is started ahead: the one of ours, and the one within."""
    before, until = sandboxes(), time.monotonic() + 10
    standby.prepare(requirements(project), level=level)
    while len(found := [process for process in sandboxes() if process not in before]) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    return found


def requirements(project: Path) -> str:
    return (project / "requirements-dev.txt").read_text("utf-8")


def test_the_next_proof_takes_it_and_ends_it(project: Path, standby: Watched) -> None:
    waiting = prepared(standby, project)
    assert waiting

    assert verify(project, level="quick", standby=standby).ok

    assert standby.taken[0] is not None
    assert ends(waiting)


def test_one_for_something_else_is_not_taken_and_ended(project: Path, standby: Watched) -> None:
    waiting = prepared(standby, project, "standard")
    assert waiting

    assert verify(project, level="quick", standby=standby).ok

    assert standby.taken == [None]
    assert ends(waiting)


def test_one_that_ended_in_the_meantime_is_not_taken(project: Path, standby: Watched) -> None:
    waiting = prepared(standby, project)
    waiting[0].kill()
    assert ends(waiting[:1])

    assert verify(project, level="quick", standby=standby).ok
    assert standby.taken == [None]
    assert ends(waiting), "what was within ends as well, however early it was killed"


def test_nobody_takes_it_and_it_is_ended(project: Path) -> None:
    with Standby(idle=0.3) as standby:
        waiting = prepared(standby, project)
        assert waiting
        assert ends(waiting)


def test_it_is_ended_with_whoever_started_it(project: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from apiwright.verifier import Standby\n"
        "standby = Standby(); standby.prepare(Path(sys.argv[1]).read_text('utf-8'), level='quick')\n"
        "print('ready', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(project / "requirements-dev.txt")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "ready\n"
        waiting = sandboxes(owner.pid)
        assert waiting
        owner.kill()
        assert ends(waiting)


def test_nothing_is_made_for_it(project: Path, standby: Standby, tmp_path: Path) -> None:
    before = sandboxes()
    standby.prepare(requirements(project), level="quick", cache=tmp_path / "empty")
    standby.prepare(requirements(project), level="deep")
    assert sandboxes() == before
