"""A project through its versions, by the command line: edits kept, conflicts, edited blueprints, rollback, another generator."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fakes.releases import another_release
from tests.integration.revision.places import GOLDEN

from apiwright import __version__
from apiwright.blueprint import load
from apiwright.cli.main import run
from apiwright.compiler import compile_blueprint
from apiwright.pipeline.git import Git
from apiwright.pipeline.versions import read_history

EDIT = "\n\ndef mine() -> int:\n    return 1\n"
QUICK = ("--verify", "none", "--yes")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert run(["compile", str(GOLDEN / "todo" / "blueprint.yaml"), "--verify", "none", "-o", "p"]) == 0
    monkeypatch.chdir(tmp_path / "p")
    return tmp_path / "p"


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout.strip()


def told(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


def test_a_new_project_is_a_repository_with_one_version(project: Path) -> None:
    assert git("log", "--format=%s") == "v1: Todo List, as it was first made"
    assert git("status", "--porcelain") == ""
    assert read_history(project).last.blueprint == load((project / "blueprint.yaml").read_text())
    assert git("tag") == "apiwright/v1"


def test_edits_by_hand_are_kept_and_other_files_stay_as_they_are(project: Path) -> None:
    append(project / "app" / "repositories" / "todo.py", EDIT)
    append(project / "app" / "core" / "logging.py", EDIT)
    (project / "notes.txt").write_text("mine\n")
    (project / "odd name.bin").write_bytes(b"\xff\x00")
    (project / ".env").write_text("SECRET_KEY=x\n")
    (project / "tests" / "test_health.py").unlink()
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and ".git" not in path.parts}
    assert run(["revise", "todos need a nickname and a due time", *QUICK]) == 0
    assert "nickname" in (project / "app" / "repositories" / "todo.py").read_text()
    assert (project / "app" / "repositories" / "todo.py").read_text().endswith(EDIT)
    assert not (project / "tests" / "test_health.py").exists()
    changed = {path.relative_to(project).as_posix() for path, content in before.items() if path.read_bytes() != content}
    assert changed == set(git("diff", "--name-only", "--diff-filter=M", "HEAD~1").splitlines())
    assert "app/core/logging.py" not in changed
    assert git("log", "--format=%s", "--first-parent").splitlines()[1] == "Edited by hand"
    assert git("log", "-1", "--format=%s") == "v2: Add nickname (string, up to 200 characters) to Todo (and 1 more)"
    assert ".env" not in git("ls-files").splitlines()


def test_a_rename_takes_edits_along_to_the_files_new_place(project: Path) -> None:
    append(project / "app" / "repositories" / "todo.py", EDIT)
    assert run(["revise", "rename Todo to Ticket", *QUICK]) == 0
    assert (project / "app" / "repositories" / "ticket.py").read_text().endswith(EDIT)
    assert not (project / "app" / "repositories" / "todo.py").exists()
    assert not [path for room in ("app", "tests") for path in (project / room).rglob("*todo*.py")], "a file of the old name is left"


def test_conflicts_are_marked_listed_and_block_until_they_are_solved(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = project / "app" / "models" / "todo.py"
    generated = next(line for line in model.read_text().splitlines() if "title: Mapped" in line)
    model.write_text(model.read_text().replace(generated, f"{generated}  # mine"))
    assert run(["revise", "titles of todos can be up to 80 characters", *QUICK]) == 1
    assert "app/models/todo.py: you and the generator changed the same lines" in told(capsys)
    assert "<<<<<<< yours" in model.read_text()
    assert read_history(project).last.version == 1
    for command in (["revise", "remove tags", *QUICK], ["upgrade"], ["rollback", "v1"]):
        assert run(command) == 2
        assert "version-pending" in told(capsys)
    assert run(["apply", *QUICK]) == 2
    assert "app/models/todo.py" in told(capsys)
    text = model.read_text()
    ours, rest = text.split("<<<<<<< yours\n")[1].split("=======\n", 1)
    theirs = rest.split(">>>>>>> generated\n")[0]
    model.write_text(text.replace(f"<<<<<<< yours\n{ours}=======\n{theirs}>>>>>>> generated\n", theirs))
    assert run(["apply", *QUICK]) == 0
    assert read_history(project).last.version == 2
    assert git("status", "--porcelain") == ""
    assert run(["history"]) == 0
    assert "v2" in told(capsys)


def test_a_version_with_conflicts_can_be_given_up(project: Path) -> None:
    model = project / "app" / "models" / "todo.py"
    model.write_text(model.read_text().replace("title: Mapped", "headline: Mapped"))
    mine = model.read_text()
    assert run(["revise", "titles of todos can be up to 80 characters", *QUICK]) == 1
    assert run(["apply", "--abort"]) == 0
    assert model.read_text() == mine
    assert git("status", "--porcelain") == ""
    assert not list((project / "migrations" / "versions").glob("0002*"))


def test_an_edited_blueprint_is_applied_as_it_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "blueprint.yaml"
    text = "# my own words\n" + path.read_text().replace("name: due_date", "name: deadline")
    path.write_text(text)
    assert run(["revise", "remove tags", *QUICK]) == 2
    assert "blueprint-edited" in told(capsys)
    assert run(["apply", *QUICK]) == 2
    assert "data-loss" in told(capsys)
    assert run(["apply", *QUICK, "--renamed", "Todo.due_date=deadline"]) == 0
    assert path.read_text() == text
    assert "deadline" in (project / "app" / "models" / "todo.py").read_text()
    assert run(["apply"]) == 0
    assert "nothing to apply" in told(capsys)


def test_values_are_lost_only_when_that_is_allowed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["revise", "remove tags", *QUICK]) == 2
    said = told(capsys)
    assert "every row of Tag" in said
    assert "--allow-data-loss" in said
    assert run(["revise", "remove tags", *QUICK, "--allow-data-loss"]) == 0
    assert not (project / "app" / "models" / "tag.py").exists()


def test_nothing_is_made_without_a_yes_and_a_dry_run_only_shows(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["revise", "todos need a nickname", "--dry-run", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["changes"][0]["sentence"] == "Add nickname (string, up to 200 characters) to Todo."
    assert document["migration"]["path"].startswith("migrations/versions/0002_")
    assert any(item["diff"].startswith("--- a/app/models/todo.py") for item in document["files"])
    assert run(["revise", "todos need a nickname", "--verify", "none"]) == 2
    assert "unconfirmed" in told(capsys)
    assert run(["revise", "frobnicate the gizmo", *QUICK]) == 2
    assert '"frobnicate the gizmo"' in told(capsys)
    assert git("status", "--porcelain") == ""


def test_a_rollback_is_a_new_version_equal_to_an_old_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["revise", "rename Todo to Ticket; rename due_date to deadline", *QUICK]) == 0
    assert run(["revise", "tickets need a nickname", *QUICK]) == 0
    assert run(["rollback", "v1", *QUICK]) == 2
    assert "the nickname of every Todo" in told(capsys)
    assert run(["rollback", "v1", *QUICK, "--allow-data-loss"]) == 0
    history = read_history(project)
    assert history.last.blueprint == history[1].blueprint
    kinds = [change.kind for change in history.last.changes]
    assert "rename_entity" in kinds
    assert "rename_field" in kinds
    assert "remove_entity" not in kinds
    first, last = history.snapshot(1), history.snapshot(4)
    assert first is not None
    assert last is not None
    differing = {path for path in last.paths if path not in first or last[path].text != first[path].text}
    assert all(path.startswith((".apiwright/", "migrations/versions/")) for path in differing)
    told(capsys)
    assert run(["diff", "v3", "v4"]) == 0
    said = told(capsys)
    assert "Rename Ticket to Todo; its rows stay." in said
    assert "-    nickname" in said


def test_another_generators_project_is_brought_up_to_this_one(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The former generator is played by one that wrote a line less, and whose tree only the repository has."""
    git("checkout", "-q", "--orphan", "older")
    record = project / ".apiwright" / "v1.json"
    record.write_text(record.read_text().replace('"generator": "', '"generator": "0.0.'))
    readme = project / "README.md"
    wanted = readme.read_text()
    readme.write_text(wanted.replace(wanted.splitlines()[0], "# Former title", 1))
    git("add", "-A")
    git("-c", "user.name=x", "-c", "user.email=x@y.z", "commit", "-q", "-m", "v1: older\n\nApiwright-Version: 1\nApiwright-Snapshot: 1")
    git("branch", "-D", "main")
    git("tag", "-d", "apiwright/v1")
    append(project / "app" / "core" / "logging.py", EDIT)
    assert run(["upgrade", "--json", "--dry-run"]) == 0
    notes = json.loads(capsys.readouterr().out)["notes"]
    assert notes
    assert all(note.startswith(f"{__version__}: ") for note in notes)
    assert run(["upgrade", *QUICK]) == 0
    assert f"note: {notes[0]}" in capsys.readouterr().out
    assert readme.read_text() == wanted
    assert (project / "app" / "core" / "logging.py").read_text().endswith(EDIT)
    assert read_history(project).last.kind == "upgrade"
    told(capsys)
    assert run(["upgrade", *QUICK]) == 0
    assert "nothing to do" in told(capsys)


def test_a_project_of_a_really_older_generator_is_brought_up_to_this_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The older one is a program of its own, whose templates, and whose way to lay out a project, differ."""
    templates = "compiler/templates"
    older = another_release(
        tmp_path / "older",
        "0.0.7",
        {
            f"{templates}/app/core/logging.py.jinja": ('"""JSON logs, one line for each request, ', '"""Logs, in the former words, '),
            f"{templates}/Dockerfile.jinja": ("WORKDIR /srv\n", "# As it was.\nWORKDIR /srv\n"),
        },
    )
    blueprint = str(GOLDEN / "todo" / "blueprint.yaml")
    made = subprocess.run(
        [str(Path(sys.executable).with_name("apiwright")), "compile", blueprint, "--verify", "none", "-o", "p"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(older)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    project = tmp_path / "p"
    monkeypatch.chdir(project)
    logging = project / "app" / "core" / "logging.py"
    assert "in the former words" in logging.read_text()
    assert read_history(project).last.generator == "0.0.7"
    append(logging, EDIT)
    append(project / "app" / "repositories" / "todo.py", EDIT)
    before = {path.relative_to(project).as_posix(): path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert run(["upgrade", *QUICK]) == 0
    assert read_history(project).last.generator == __version__
    assert read_history(project).last.kind == "upgrade"
    fresh = {file.path: file.text for file in compile_blueprint(load(Path(blueprint).read_text()))}
    assert logging.read_text() == fresh["app/core/logging.py"] + EDIT
    assert (project / "Dockerfile").read_text() == fresh["Dockerfile"]
    changed = {path for path, text in before.items() if (project / path).read_bytes() != text and not path.startswith(".git/")}
    assert {"Dockerfile", "app/core/logging.py"} <= changed
    assert not any(path.startswith(("app/repositories", "migrations")) for path in changed), changed
    assert (project / "app" / "repositories" / "todo.py").read_text() == fresh["app/repositories/todo.py"] + EDIT


def test_the_base_of_another_generator_must_be_somewhere(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = project / ".apiwright" / "v1.json"
    record.write_text(record.read_text().replace('"generator": "', '"generator": "0.0.'))
    subprocess.run(["rm", "-rf", ".git"], check=True)
    assert run(["upgrade", *QUICK]) == 2
    assert "base-lost" in told(capsys)


def test_a_project_without_a_repository_has_versions_too(project: Path) -> None:
    subprocess.run(["rm", "-rf", ".git"], check=True)
    append(project / "app" / "repositories" / "todo.py", EDIT)
    assert run(["revise", "todos need a nickname", *QUICK]) == 0
    assert (project / "app" / "repositories" / "todo.py").read_text().endswith(EDIT)
    assert read_history(project).last.version == 2
    assert Git.of(project) is None


def test_a_revision_of_the_users_own_is_followed(project: Path) -> None:
    own = 'revision = "mine"\ndown_revision = "0001"\n\n\ndef upgrade() -> None:\n    pass\n\n\ndef downgrade() -> None:\n    pass\n'
    (project / "migrations" / "versions" / "mine.py").write_text(own)
    assert run(["revise", "todos need a nickname", *QUICK]) == 0
    made = next((project / "migrations" / "versions").glob("0002_*.py")).read_text()
    assert 'down_revision = "mine"' in made
