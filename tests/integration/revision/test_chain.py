"""Fifteen revisions of one project with edits by hand between them."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.integration.revision.places import GOLDEN
from tests.integration.revision.ways import upgraded

from apiwright.cli.main import run
from apiwright.pipeline.git import Git
from apiwright.pipeline.proof import as_it_was, upgrade_of
from apiwright.pipeline.versions import read_history
from apiwright.verifier import verify
from apiwright.verifier.protocol import Outcome

CHAIN = (
    "todos need an estimate in hours", "add comments to todos", "rename Todo to Task", "a task belongs to a project",
    "make the color of tags required; existing ones get #808080", "the status of tasks can also be archived",
    "titles of tasks can be up to 150 characters", "let users like tasks", "add a role manager. Managers may delete tasks",
    "rename the task status in_progress to doing", "tasks should have an assignee (user)", "show the number of comments on tasks",
    "only managers can create projects", "rename Comment to Note, and make the estimate of tasks indexed",
    "projects need a budget (decimal) and a deadline",
)  # fmt: skip
KEPT = ("app/repositories/tag.py", "app/core/logging.py")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert run(["compile", str(GOLDEN / "todo" / "blueprint.yaml"), "--verify", "none", "-o", "p"]) == 0
    monkeypatch.chdir(tmp_path / "p")
    return tmp_path / "p"


def edit(project: Path, number: int) -> None:
    """Write a line into files that the next version leaves alone or shapes anew."""
    for path in KEPT:
        Path(project, path).write_text(f"{Path(project, path).read_text()}\nEDIT_{number} = {number}\n")
    ruff = str(Path(sys.executable).with_name("ruff"))
    subprocess.run([ruff, "format", "-q", *KEPT], cwd=project, check=True)


def walk(project: Path, options: Sequence[str]) -> None:
    """Go the whole chain, one file of an entity edited at its beginning, others before each step."""
    repository = project / "app" / "repositories" / "todo.py"
    marked = next(line for line in repository.read_text().splitlines() if line.lstrip().startswith("label = "))
    repository.write_text(repository.read_text().replace(marked, f"{marked}\n    mine = 1"))
    for number, words in enumerate(CHAIN, start=2):
        edit(project, number)
        assert run(["revise", words, "--yes", *options]) == 0, words
        assert read_history(project).last.version == number


def the_whole_way(project: Path, *, on_postgresql: bool = False) -> Outcome:
    """A database of the first version, filled by its API, straight to the last version and back."""
    history, git = read_history(project), Git.of(project)
    assert git is not None
    changes = [change for version in history.versions for change in version.changes]
    with as_it_was(git.tree("apiwright/v1")) as former:
        upgrade = upgrade_of(former, project, version=replace(history.last, changes=tuple(changes)), before=history[1])
        return upgraded(upgrade, on_postgresql=on_postgresql)


@pytest.mark.timeout(280)
def test_fifteen_revisions_with_edits_between_end_proven_and_bring_the_first_rows_along(project: Path) -> None:
    walk(project, ("--verify", "none"))
    assert "    mine = 1" in (project / "app" / "repositories" / "task.py").read_text()
    for path in KEPT:
        assert all(f"EDIT_{number} = {number}" in (project / path).read_text() for number in range(2, len(CHAIN) + 2))
    assert len(list((project / "migrations" / "versions").glob("0*.py"))) >= 12
    report = verify(project, level="standard")
    assert report.ok, [(check.name, check.findings) for check in report.failed]
    whole = the_whole_way(project)
    assert not whole.findings, whole.output
    assert "there and back" in whole.detail
    log = subprocess.run(["git", "log", "--first-parent", "--format=%s"], check=True, capture_output=True, text=True, cwd=project).stdout
    assert len(log.splitlines()) == 1 + 2 * len(CHAIN)


@pytest.mark.soak
@pytest.mark.timeout(1_800)
def test_each_of_fifteen_revisions_is_proven_with_the_way_to_it(project: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    walk(project, ("--verify", "standard", "--report", str(report)))
    checks = {check["name"]: check for check in json.loads(report.read_text())["checks"]}
    assert checks["upgrade"]["status"] == "passed"
    for on_postgresql in (False, True):
        whole = the_whole_way(project, on_postgresql=on_postgresql)
        assert not whole.findings, whole.output
        assert "there and back" in whole.detail
