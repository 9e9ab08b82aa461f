"""Reading a project: what belongs to it, what does not, and what is refused."""

from pathlib import Path

import pytest

from apiwright.errors import InputError
from apiwright.verifier.project import read_project


def test_by_products_and_private_files_stay_out(tmp_path: Path) -> None:
    for name in ("main.py", "app/a.py", ".env", "app.db", ".git/config", ".venv/x.py", "app/__pycache__/a.pyc", ".env.example"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert list(read_project(tmp_path).files) == [".env.example", "app/a.py", "main.py"]


def test_links_and_odd_names_are_told_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "project").mkdir()
    (tmp_path / "secret" / "key").write_text("secret")
    (tmp_path / "project" / "link").symlink_to(tmp_path / "secret" / "key")
    (tmp_path / "project" / "folder").symlink_to(tmp_path / "secret")
    (tmp_path / "project" / "nämé.py").write_text("x")
    project = read_project(tmp_path / "project")
    assert dict(project.files) == {}
    assert sorted(finding.path for finding in project.odd) == ["folder", "link", "n\\xe4m\\xe9.py"]


def test_bytes_survive(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"\xff\x00ok")
    assert read_project(tmp_path).files["x.bin"].encode("utf-8", "surrogateescape") == b"\xff\x00ok"


def test_what_is_far_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * (65 << 20))
    with pytest.raises(InputError, match="no project"):
        read_project(tmp_path)
