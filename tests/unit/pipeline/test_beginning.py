import os
import shutil
import subprocess
from pathlib import Path

import pytest

from apiwright.blueprint import Blueprint, load
from apiwright.errors import VerificationUnavailableError
from apiwright.filetree import FileTree, GeneratedFile, staged
from apiwright.pipeline.beginning import beginning
from apiwright.pipeline.versions import first_version

BLUEPRINT: Blueprint = load("name: tiny\ntitle: Tiny\nentities: [{name: Note, fields: [{name: text, type: string}]}]")
VERSION = first_version(BLUEPRINT)
GENERATED = FileTree([GeneratedFile("app/main.py", "print()\n"), GeneratedFile("README.md", "# Tiny\n")])


def git(directory: Path, *arguments: str) -> list[str]:
    return subprocess.run(["git", *arguments], cwd=directory, capture_output=True, text=True, check=True).stdout.splitlines()


def on_path(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git is looked for there."""
    monkeypatch.setattr("apiwright.pipeline.git._environment", lambda: os.environ | {"PATH": str(directory)})


def made(target: Path, delivered: FileTree) -> None:
    with beginning(target) as history:
        history.keep(VERSION, GENERATED, delivered)
        with staged(delivered, target) as staging:
            history.settle(staging.path)
            staging.publish()


def test_a_project_appears_with_its_history_and_a_clean_working_tree(tmp_path: Path) -> None:
    made(tmp_path / "deep" / "project", GENERATED)
    assert os.listdir(tmp_path / "deep") == ["project"]  # noqa: PTH208 - hidden names too
    assert git(tmp_path / "deep" / "project", "status", "--porcelain") == []
    assert git(tmp_path / "deep" / "project", "log", "--format=%s %D") == [f"v1: {VERSION.subject} HEAD -> main, tag: apiwright/v1"]


def test_what_was_written_beyond_what_was_generated_is_a_commit_of_its_own(tmp_path: Path) -> None:
    made(tmp_path / "project", FileTree([GeneratedFile("app/main.py", "print(1)\n"), GENERATED["README.md"]]))
    assert git(tmp_path / "project", "status", "--porcelain") == []
    assert git(tmp_path / "project", "log", "--format=%s") == [f"v1: {VERSION.subject}", "v1, as it was generated"]
    assert git(tmp_path / "project", "show", "apiwright/v1:app/main.py", "apiwright/v1~:app/main.py") == ["print(1)", "print()"]


def test_nothing_is_left_of_a_history_that_does_not_move_in(tmp_path: Path) -> None:
    def interrupted() -> None:
        with beginning(tmp_path / "deep" / "project") as history:
            history.keep(VERSION, GENERATED, GENERATED)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not list(tmp_path.iterdir())


def test_within_another_repository_there_is_no_other(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    made(tmp_path / "project", GENERATED)
    assert not (tmp_path / "project" / ".git").exists()
    assert (tmp_path / "project" / "README.md").is_file()


def test_without_git_a_project_has_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_path(tmp_path, monkeypatch)
    made(tmp_path / "project", GENERATED)
    assert sorted(path.name for path in (tmp_path / "project").iterdir()) == ["README.md", "app"]


def test_a_history_that_git_fails_to_store_is_told_and_nothing_appears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    fails = f'#!/bin/sh\ncase "$*" in *fast-import*) echo full >&2; exit 1;; esac\nexec {shutil.which("git")} "$@"\n'
    (tmp_path / "bin" / "git").write_text(fails)
    (tmp_path / "bin" / "git").chmod(0o755)
    on_path(tmp_path / "bin", monkeypatch)
    with pytest.raises(VerificationUnavailableError, match="full"):
        made(tmp_path / "project", GENERATED)
    assert os.listdir(tmp_path) == ["bin"]  # noqa: PTH208 - hidden names too
