"""Deploying: another release of the program takes over while the one before still runs."""

from collections import Counter
from pathlib import Path

import psycopg
import pytest
from tests.fakes.releases import another_release
from tests.integration.service.harness import Client, Deployment, assert_sound

import apiwright

NEWER = "99.0.0"


@pytest.fixture
def newer_release(tmp_path: Path) -> str:
    """A directory that Python finds another release in: its version differs, and so does the source of its workflow."""
    before = "            return await self._generate(generation_id)\n"
    after = "            ended = await self._generate(generation_id)\n            return ended\n"
    return str(another_release(tmp_path / "newer", NEWER, {"workflows/engine.py": (before, after)}))


def test_a_newer_release_takes_over_and_no_job_is_stranded(
    on_postgres: Deployment, postgres_url: str, newer_release: str, tmp_path: Path
) -> None:
    client = Client(on_postgres.start("api").url)
    older = on_postgres.start("worker", worker_concurrency="2", grace="2")
    goes_on, never = tmp_path / "goes-on", tmp_path / "never"
    brief, long = (client.generate(f"Notes [hold:review={path}]")["id"] for path in (goes_on, never))
    for begun in (brief, long):
        client.reaches(begun, "review", "lint")
    waiting = [client.generate()["id"] for _ in range(3)]
    on_postgres.environment["PYTHONPATH"] = newer_release
    newer = on_postgres.start("worker")
    newer_api = on_postgres.start("api")
    assert set(_versions(postgres_url)) == {apiwright.__version__, NEWER}, "both work at the same time"
    client.http.base_url = f"{newer_api.url}/api"
    for generation_id in waiting:
        client.completed(generation_id)
    assert _working(postgres_url, waiting) == {NEWER: 3}, "what waited was taken by the newer one"
    goes_on.touch()
    client.completed(brief)
    assert _working(postgres_url, [brief, long]) == {apiwright.__version__: 2}, "what was begun stays where it was"
    assert older.terminate() == 0
    never.touch()
    client.completed(long)
    assert _working(postgres_url, [long]) == {NEWER: 1}, "what could not be finished was handed on"
    for generation_id in (brief, long, *waiting):
        assert client.generation(generation_id)["version"] == 1
        assert_sound(client.events(generation_id))
    assert _versions(postgres_url) == [NEWER]
    assert older.errors == newer.errors == newer_api.errors == []


def _versions(database_url: str) -> list[str]:
    with psycopg.connect(database_url) as connection:
        return [str(row[0]) for row in connection.execute("SELECT version FROM workers").fetchall()]


def _working(database_url: str, generation_ids: list[str]) -> Counter[str]:
    """How many of these generations are, or were, at work on each release."""
    query = "SELECT w.version FROM generations g JOIN workers w ON w.id = g.worker_id WHERE g.id::text = ANY(%s)"
    with psycopg.connect(database_url) as connection:
        return Counter(str(row[0]) for row in connection.execute(query, (generation_ids,)).fetchall())
