"""A project appears whole or not at all."""

from pathlib import Path

import pytest

from apiwright.errors import CompileError, OutputError
from apiwright.filetree import FileTree, GeneratedFile, read_tree, staged

TREE = FileTree([GeneratedFile("b/c.py", "x = 1\n"), GeneratedFile("a.md", "é\n")])


def test_published_files_are_the_tree(tmp_path: Path) -> None:
    with staged(TREE, tmp_path / "deep" / "project") as staging:
        assert not staging.target.exists()
        assert staging.publish() is None
    assert read_tree(tmp_path / "deep" / "project").manifest == TREE.manifest
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["project"]


def test_what_is_not_published_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), staged(TREE, tmp_path / "project"):
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())


def test_a_directory_that_holds_something_is_refused_and_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="output-not-empty"), staged(TREE, tmp_path):
        pytest.fail("entered")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_force_keeps_what_was_there_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "project"
    for round_ in ("first", "second"):
        target.mkdir(exist_ok=True)
        (target / "mine.txt").write_text(round_)
        with staged(TREE, target, force=True) as staging:
            staging.publish()
    assert (tmp_path / "project.bak" / "mine.txt").read_text() == "first"
    assert (tmp_path / "project.bak1" / "mine.txt").read_text() == "second"
    assert not (target / "mine.txt").exists()


def test_an_unproven_project_is_set_aside(tmp_path: Path) -> None:
    with staged(TREE, tmp_path / "project") as staging:
        aside = staging.set_aside()
    assert aside.name == "project.failed"
    assert len(read_tree(aside)) == 2
    assert not (tmp_path / "project").exists()


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for target in (tmp_path / "file", tmp_path / "file" / "project"):
        with pytest.raises(OutputError), staged(TREE, target):
            pytest.fail("entered")


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a/../b", "", ".", "a b", "a\nb", "ü.py", "~", "a/"])
def test_a_path_that_leaves_the_project_is_refused(path: str) -> None:
    with pytest.raises(CompileError):
        GeneratedFile(path, "")


def test_a_path_made_twice_is_refused() -> None:
    with pytest.raises(CompileError, match="two files"):
        FileTree([GeneratedFile("a", "1"), GeneratedFile("a", "2")])


def test_reading_passes_over_what_tools_leave(tmp_path: Path) -> None:
    for name in (".venv/x.py", "__pycache__/x.pyc", "app.db", "kept.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "kept.py")
    assert read_tree(tmp_path).paths == ("kept.py",)


def test_a_link_to_an_empty_directory_leads_there(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    with staged(FileTree([GeneratedFile("a.txt", "a", "support")]), tmp_path / "link") as staging:
        staging.publish()
    assert (tmp_path / "there" / "a.txt").read_text() == "a"
    assert (tmp_path / "link").is_symlink()
