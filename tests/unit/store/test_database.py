"""What a transaction leaves behind, however it ends."""

import asyncio
import gc
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from apiwright.store import Database, in_a_line


@pytest.fixture
def uncollected() -> Iterator[None]:
    """As in a process of the service, where the garbage collector comes by seldom."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
def test_a_transaction_that_is_given_up_while_it_reads_holds_up_no_writer(tmp_path: Path) -> None:
    begun, goes_on = asyncio.Event(), threading.Event()

    async def reading(database: Database) -> None:
        loop = asyncio.get_running_loop()

        def slow() -> int:
            loop.call_soon_threadsafe(begun.set)
            goes_on.wait(30)
            return 1

        async with database.write() as session:
            raw = await (await session.connection()).get_raw_connection()
            assert raw.driver_connection is not None
            await raw.driver_connection.create_function("slow", 0, slow)
            await session.execute(sa.text("SELECT slow()"))

    async def given_up() -> None:
        database = Database(f"sqlite:///{tmp_path / 'own.db'}")
        task = asyncio.create_task(reading(database))
        await begun.wait()
        task.cancel()
        goes_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        other = sqlite3.connect(tmp_path / "own.db", timeout=0.5)
        other.execute("BEGIN IMMEDIATE")
        other.close()
        await database.close()

    asyncio.run(given_up())


def test_an_error_that_says_nothing_is_told_all_the_same() -> None:
    assert [in_a_line(error) for error in (TimeoutError(), OSError("away\nfor long"))] == ["TimeoutError", "away"]
