"""A version that takes less than before, with rows in the way: refused with nothing done, or converted as the user chose."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.integration.revision import databases

from apiwright.cli.main import run

BLUEPRINT = """
name: things
title: Things
entities:
  - name: Item
    fields:
      - {name: name, type: string, max_length: 50}
      - {name: weight, type: float}
      - {name: status, type: enum, values: [new, used, old]}
"""
TIGHTER = "the name of items can be up to 5 characters; make weight required; remove the status old"
CHOICES = ("Item.name=truncate", "Item.weight=fill:1.5", "Item.status=replace:old:used")
QUICK = ("--verify", "none", "--yes")
STAMP = "'2030-01-01 00:00:00.000000'"
INSERT = "INSERT INTO items (id, name, weight, status, created_at, updated_at) VALUES"
GIVEN = [["a long name", 2.5, "new"], ["short", None, "old"]]
ROWS = [
    f"{INSERT} ('0000000000004000800000000000000{key}', {row}, {STAMP}, {STAMP})"
    for key, row in (("1", "'a long name', 2.5, 'new'"), ("2", "'short', NULL, 'old'"))
]
ITEMS = "SELECT name, weight, status FROM items ORDER BY id"
SQL = """
import asyncio, json, os, sys
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

async def main():
    engine, found = create_async_engine(os.environ["DATABASE_URL"]), []
    async with engine.begin() as connection:
        for statement in json.load(sys.stdin):
            result = await connection.execute(text(statement))
            found.append([list(row) for row in result] if result.returns_rows else [])
    await engine.dispose()
    json.dump(found, sys.stdout)

asyncio.run(main())
"""


class Place:
    """A project and its database."""

    def __init__(self, directory: Path, url: str) -> None:
        self.directory = directory
        self.environment = {**os.environ, "DATABASE_URL": url}

    def sql(self, *statements: str) -> list[list[list[object]]]:
        """Run statements; the rows that each gives."""
        return json.loads(self._run("-c", SQL, given=json.dumps(statements)).stdout)

    def upgrade(self) -> subprocess.CompletedProcess[str]:
        """`alembic upgrade head`."""
        return self._run("-m", "alembic", "upgrade", "head")

    def rows(self) -> list[list[object]]:
        """What the items are."""
        return self.sql(ITEMS)[0]

    def _run(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        command = [str(databases.python()), *arguments]
        return subprocess.run(command, cwd=self.directory, env=self.environment, input=given, capture_output=True, text=True, check=False)


@pytest.fixture
def place(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Place:
    sqlite = database_url.startswith("sqlite")
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT)
    assert run(["compile", str(tmp_path / "blueprint.yaml"), "--verify", "none", "-o", str(tmp_path / "p")]) == 0
    place = Place(tmp_path / "p", f"sqlite+aiosqlite:///{tmp_path / 'rows.db'}" if sqlite else database_url)
    if not sqlite:
        place.sql("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    assert place.upgrade().returncode == 0
    assert place.sql(*ROWS, ITEMS)[-1] == GIVEN
    monkeypatch.chdir(place.directory)
    return place


def test_rows_in_the_way_stop_the_migration_and_stay_as_they_are_until_a_conversion_is_chosen(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = shutil.copytree(place.directory, place.directory.parent / "chosen")
    assert run(["revise", TIGHTER, *QUICK]) == 0
    assert "--convert FIELD=truncate" in capsys.readouterr().out
    refused = place.upgrade()
    assert refused.returncode != 0
    assert "nothing was changed" in refused.stderr
    assert "more than 5 characters" in refused.stderr
    assert place.sql(ITEMS, "SELECT version_num FROM alembic_version") == [GIVEN, [["0001"]]]
    place.directory = chosen
    assert run(["revise", TIGHTER, "-C", str(chosen), *QUICK, *(part for choice in CHOICES for part in ("--convert", choice))]) == 0
    converted = place.upgrade()
    assert converted.returncode == 0, converted.stderr
    assert place.rows() == [["a lon", 2.5, "new"], ["short", 1.5, "used"]]


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ("Item.name=explode", "no way to convert string values"),
        ("Item.weight=truncate", "no way to convert float values"),
        ("Item.weight=fill:heavy", "'heavy' is no number"),
        ("Item.status=replace:old:ancient", "no former and present value"),
        ("Item.nothing=clear", "No value of it is converted"),
        ("clear", "no FIELD=HOW"),
    ],
)
def test_a_choice_that_makes_no_sense_is_told_and_nothing_is_made(
    choice: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT)
    assert run(["compile", str(tmp_path / "blueprint.yaml"), "--verify", "none", "-o", str(tmp_path / "p")]) == 0
    monkeypatch.chdir(tmp_path / "p")
    assert run(["revise", TIGHTER, *QUICK, "--convert", choice]) == 2
    assert told in capsys.readouterr().err
    assert not list(Path("migrations/versions").glob("0002_*"))
