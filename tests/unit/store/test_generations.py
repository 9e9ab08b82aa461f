"""The fence and the events: who may write, what is told once, and that every event has the next number."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from apiwright.store import Accounts, Database, Fence, Generation, Generations, Move, Project, Projects, SupersededError, Upkeep, schema

Scenario = Callable[[Database, UUID], Coroutine[Any, Any, None]]


def play(path: Path, scenario: Scenario) -> None:
    """Run a scenario over a database with one generation that worker `one` has claimed."""

    async def run() -> None:
        database = Database(f"sqlite:///{path / 'own.db'}")
        try:
            await schema.upgrade(database)
            async with database.write() as session:
                user = await Accounts(session).add(email="ada@example.com", name="", password_hash="x")
                assert user is not None
                project = await Projects(session).add(Project(user_id=user.id, name="Notes"))
                generation = Generation(project_id=project.id, user_id=user.id, prompt="Notes", mode="auto", verify="none")
                await Generations(session).add(generation)
                await Upkeep(session).enter("one", version="1")
                await Generations(session).claim(generation.id, "one", lifetime=timedelta(minutes=1))
            await scenario(database, generation.id)
        finally:
            await database.close()

    asyncio.run(run())


def step(key: str, progress: float = 0.1, status: str = "processing") -> Move:
    return Move(key=key, status=status, stage="code", message=key, progress=progress)


async def write(database: Database, generation_id: UUID, move: Move, fence: Fence | None) -> bool:
    async with database.write() as session:
        return await Generations(session).move(generation_id, move, fence=fence)


def test_a_step_is_told_once_and_progress_never_falls(tmp_path: Path) -> None:
    async def scenario(database: Database, generation_id: UUID) -> None:
        fence = Fence("one", 1)
        assert await write(database, generation_id, step("a", 0.5), fence)
        assert not await write(database, generation_id, step("a", 0.5), fence)
        assert await write(database, generation_id, step("b", 0.2), fence)
        async with database.read() as session:
            events = await Generations(session).events(generation_id)
        assert [(event.seq, event.key, event.progress) for event in events] == [(1, "queued", 0.0), (2, "a", 0.5), (3, "b", 0.5)]

    play(tmp_path, scenario)


def test_only_the_attempt_that_holds_the_claim_writes(tmp_path: Path) -> None:
    async def scenario(database: Database, generation_id: UUID) -> None:
        async with database.write() as session:
            await Upkeep(session).enter("two", version="1")
            await Generations(session).claim(generation_id, "two", lifetime=timedelta(minutes=1))
        for stale in (Fence("one", 1), Fence("one", 2), Fence("two", 1)):
            with pytest.raises(SupersededError):
                await write(database, generation_id, step("x"), stale)
        assert await write(database, generation_id, step("x"), Fence("two", 2))

    play(tmp_path, scenario)


def test_a_worker_that_was_given_up_neither_writes_nor_claims(tmp_path: Path) -> None:
    async def scenario(database: Database, generation_id: UUID) -> None:
        async with database.write() as session:
            assert await Upkeep(session).give_up_silent(after=timedelta(seconds=-1)) == ["one"]
        with pytest.raises(SupersededError):
            await write(database, generation_id, step("x"), Fence("one", 1))
        with pytest.raises(SupersededError):
            async with database.write() as session:
                await Generations(session).claim(generation_id, "one", lifetime=timedelta(minutes=1))

    play(tmp_path, scenario)


def test_an_end_is_final(tmp_path: Path) -> None:
    async def scenario(database: Database, generation_id: UUID) -> None:
        assert await write(database, generation_id, step("end", 1.0, "completed"), Fence("one", 1))
        with pytest.raises(SupersededError):
            await write(database, generation_id, step("late"), Fence("one", 1))
        assert not await write(database, generation_id, step("end", status="failed"), None)
        async with database.read() as session:
            found = await Generations(session).find(generation_id)
        assert found is not None
        assert (found.status, found.progress) == ("completed", 1.0)

    play(tmp_path, scenario)


def test_writers_at_once_leave_no_gap(tmp_path: Path) -> None:
    async def scenario(database: Database, generation_id: UUID) -> None:
        await asyncio.gather(*(write(database, generation_id, step(f"k{number}"), Fence("one", 1)) for number in range(50)))
        async with database.read() as session:
            events = await Generations(session).events(generation_id)
        assert [event.seq for event in events] == list(range(1, 52))

    play(tmp_path, scenario)
