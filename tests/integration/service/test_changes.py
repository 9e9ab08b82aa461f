"""Who streams is told of what others write, and only of that: a look costs one query, and wakes nobody who knows it all."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from apiwright.store import Accounts, Database, Generation, Generations, Move, Project, Projects, schema
from apiwright.store.changes import FileChanges, NotifiedChanges


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'own.db'}" if request.param == "sqlite" else request.getfixturevalue("database_url")


def test_only_what_is_not_known_wakes_and_a_lost_notice_is_made_up_for(url: str) -> None:
    async def scenario(listening: Database, writing: Database) -> None:
        moved, quiet = await generation(writing), await generation(writing)
        known: dict[UUID, int] = {moved: 1, quiet: 1}
        woken: list[UUID] = []
        async with watching(listening, lambda: known, woken):
            await asyncio.sleep(0.6)
            assert woken == [], "both are known whole"
            async with writing.write() as session:
                move = Move(key="a", status="processing", stage="code", message="a", progress=0.3)
                await Generations(session).move(moved, move, fence=None)
            await until(lambda: moved in woken)
            known[moved] = 2
            async with writing.write() as session:
                # Without the notice that goes with an event.
                await session.execute(sa.update(Generation).where(Generation.id == quiet).values(last_seq=Generation.last_seq + 1))
            await until(lambda: quiet in woken)
            known[quiet] = 2
            await asyncio.sleep(0.6)
            told = len(woken)
            await asyncio.sleep(0.6)
            assert len(woken) == told, "it is quiet again"
            async with writing.write() as session:
                await session.execute(sa.delete(Generation).where(Generation.id == moved))
            await until(lambda: moved in woken[told:])

    asyncio.run(played(url, scenario))


async def played(url: str, scenario: Callable[[Database, Database], Awaitable[None]]) -> None:
    """Over a fresh database, seen through two connections as two processes have them."""
    one, other = Database(url), Database(url)
    try:
        await schema.upgrade(one)
        await scenario(one, other)
    finally:
        await one.close()
        await other.close()


@contextlib.asynccontextmanager
async def watching(database: Database, known: Callable[[], Mapping[UUID, int]], woken: list[UUID]) -> AsyncGenerator[None]:
    changes = FileChanges(database) if database.is_sqlite else NotifiedChanges(database, interval=0.2)
    task = asyncio.create_task(changes.run(watched=known, woken=woken.append))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def generation(database: Database) -> UUID:
    async with database.write() as session:
        user = await Accounts(session).add(email=f"{uuid4().hex}@example.com", name="", password_hash="x")
        assert user is not None
        project = await Projects(session).add(Project(user_id=user.id, name="Notes"))
        made = Generation(project_id=project.id, user_id=user.id, prompt="Notes", mode="auto", verify="none")
        await Generations(session).add(made)
        return made.id


async def until(held: Callable[[], bool]) -> None:
    for _ in range(200):
        if held():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("nobody was woken within 10 s")
