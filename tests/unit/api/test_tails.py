"""What a stream tells while nothing happens, and when its process is about to end."""

import asyncio
from pathlib import Path
from uuid import UUID

import pytest
from tests.unit.store.test_generations import play

from apiwright.api import tails
from apiwright.api.tails import Tails
from apiwright.store import Database, changes_of


def test_an_idle_stream_shows_that_it_lives_and_ends_with_a_hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tails.HEARTBEAT == 15.0
    monkeypatch.setattr(tails, "HEARTBEAT", 0.05)

    async def scenario(database: Database, generation_id: UUID) -> None:
        hub = Tails(database, changes_of(database))
        hub.start()
        stream = hub.follow(generation_id, after=0)
        assert (await anext(stream)).startswith(b"id: 1\nevent: progress\ndata: {")
        assert [await anext(stream) for _ in range(2)] == [b": still here\n\n"] * 2
        hub.close()
        assert [frame async for frame in stream if frame != b": still here\n\n"] == [b"retry: 1000\n\n"]
        await hub.stop()
        assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("event-")]

    play(tmp_path, scenario)
