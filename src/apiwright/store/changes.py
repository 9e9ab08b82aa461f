"""Tells that a generation has new events, whichever process wrote them: PostgreSQL notifies, a SQLite file is watched."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any, Protocol
from uuid import UUID

import psycopg
import structlog

from apiwright.store.database import Database
from apiwright.store.generations import Generations

log = structlog.get_logger(__name__)
Woken = Callable[[UUID], None]


class Changes(Protocol):
    """Calls `woken` for generations that may have new events; `watched` tells which ones matter."""

    async def run(self, *, watched: Callable[[], Iterable[UUID]], woken: Woken) -> None:
        """Until cancelled."""
        ...


def changes_of(database: Database) -> Changes:
    """The way that fits the database."""
    return FileChanges(database) if database.is_sqlite else NotifiedChanges(database)


class FileChanges:
    """Looks every 20 ms whether any other connection has committed; a look costs microseconds and takes no lock."""

    def __init__(self, database: Database, *, interval: float = 0.02) -> None:
        self._database = database
        self._interval = interval

    async def run(self, *, watched: Callable[[], Iterable[UUID]], woken: Woken) -> None:
        connection = sqlite3.connect(str(self._database.url.database), isolation_level=None)
        heads: dict[UUID, int] = {}
        last: Any = None
        try:
            while True:
                wanted = set(watched())
                version = connection.execute("PRAGMA data_version").fetchone() if wanted else None
                if wanted and (version != last or wanted - heads.keys()):
                    last = version
                    heads = await self._compare(wanted, heads, woken)
                await asyncio.sleep(self._interval)
        finally:
            connection.close()

    async def _compare(self, wanted: set[UUID], heads: dict[UUID, int], woken: Woken) -> dict[UUID, int]:
        found: dict[UUID, int] = {}
        ordered = list(wanted)
        async with self._database.read() as session:
            for start in range(0, len(ordered), 500):
                found |= await Generations(session).heads(ordered[start : start + 500])
        for generation_id in ordered:
            # One that is gone is told too: whoever streams it must learn that nothing more will come.
            if generation_id not in found or found[generation_id] != heads.get(generation_id):
                woken(generation_id)
        return {generation_id: found.get(generation_id, -1) for generation_id in ordered}


class NotifiedChanges:
    """Listens on a connection of its own; after any break everything that is watched is told, for a notice may have been lost."""

    def __init__(self, database: Database) -> None:
        self._dsn = database.url.set(drivername="postgresql").render_as_string(hide_password=False)

    async def run(self, *, watched: Callable[[], Iterable[UUID]], woken: Woken) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._dsn, autocommit=True, connect_timeout=10) as connection:
                    await connection.execute("LISTEN apiwright_events")
                    await self._listen(connection, watched, woken)
            except (OSError, psycopg.Error) as error:
                log.warning("event notices interrupted", error=str(error))
                await asyncio.sleep(0.5)

    async def _listen(self, connection: psycopg.AsyncConnection, watched: Callable[[], Iterable[UUID]], woken: Woken) -> None:
        while True:
            for generation_id in list(watched()):
                woken(generation_id)
            async for notice in connection.notifies(timeout=5):
                with contextlib.suppress(ValueError):
                    woken(UUID(notice.payload))
            # A connection that has died in silence is found out by using it.
            await connection.execute("SELECT 1")
