"""Tells that a generation has new events, whichever process wrote them: PostgreSQL notifies, a SQLite file is watched."""

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from uuid import UUID

import psycopg
import structlog

from apiwright.store.database import Database, is_transient
from apiwright.store.generations import Generations

log = structlog.get_logger(__name__)
Watched = Callable[[], Mapping[UUID, int]]
Woken = Callable[[UUID], None]


class Changes(Protocol):
    """Calls `woken` for generations that may have new events; `watched` tells which ones matter, and how many events of each are known."""

    async def run(self, *, watched: Watched, woken: Woken) -> None:
        """Until cancelled."""
        ...


def changes_of(database: Database) -> Changes:
    """The way that fits the database."""
    return FileChanges(database) if database.is_sqlite else NotifiedChanges(database)


class FileChanges:
    """Looks every 20 ms whether any other connection has committed; a look costs microseconds and takes no lock.

    All on a plain connection of its own: to ask for one number takes the pool of the others a hundred times as long.
    """

    def __init__(self, database: Database, *, interval: float = 0.02) -> None:
        self._database = database
        self._interval = interval

    async def run(self, *, watched: Watched, woken: Woken) -> None:
        connection = sqlite3.connect(str(self._database.url.database), isolation_level=None)
        last: Any = None
        try:
            while True:
                known = watched()
                version = connection.execute("PRAGMA data_version").fetchone() if known else None
                if version != last:
                    last = version
                    _tell_newer(known, _file_heads(connection, known), woken)
                await asyncio.sleep(self._interval)
        finally:
            connection.close()


def _file_heads(connection: sqlite3.Connection, known: Mapping[UUID, int]) -> Mapping[UUID, int]:
    """The newest sequence number of each of these generations that exists."""
    query = "SELECT id, last_seq FROM generations WHERE id IN (SELECT value FROM json_each(?))"
    rows = connection.execute(query, [json.dumps([generation_id.hex for generation_id in known])])
    return {UUID(hex=row[0]): row[1] for row in rows}


class NotifiedChanges:
    """Listens on a connection of its own. Now and then, and after any break, it looks whether a notice was lost.

    A look is one query for all that is watched: to read each of them anew would hold up the notices that come meanwhile.
    """

    def __init__(self, database: Database, *, interval: float = 5.0) -> None:
        self._database = database
        self._interval = interval
        self._dsn = database.url.set(drivername="postgresql").render_as_string(hide_password=False)

    async def run(self, *, watched: Watched, woken: Woken) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._dsn, autocommit=True, connect_timeout=10) as connection:
                    await connection.execute("LISTEN apiwright_events")
                    await self._listen(connection, watched, woken)
            except Exception as error:
                if not isinstance(error, psycopg.Error) and not is_transient(error):
                    raise
                log.warning("event notices interrupted", error=str(error))
                await asyncio.sleep(0.5)

    async def _listen(self, connection: psycopg.AsyncConnection, watched: Watched, woken: Woken) -> None:
        while True:
            await _compare(self._database, watched(), woken)
            async for notice in connection.notifies(timeout=self._interval):
                with contextlib.suppress(ValueError):
                    woken(UUID(notice.payload))
            # A connection that has died in silence is found out by using it.
            await connection.execute("SELECT 1")


async def _compare(database: Database, known: Mapping[UUID, int], woken: Woken) -> None:
    """Tell those that have more events than are known."""
    ordered = list(known)
    heads: dict[UUID, int] = {}
    if not ordered:
        return
    async with database.read() as session:
        for start in range(0, len(ordered), 500):
            heads |= await Generations(session).heads(ordered[start : start + 500])
    _tell_newer(known, heads, woken)


def _tell_newer(known: Mapping[UUID, int], heads: Mapping[UUID, int], woken: Woken) -> None:
    """Tell those that have more events than are known. One that is gone is told too: who streams it must learn that nothing will come."""
    for generation_id, number in known.items():
        if heads.get(generation_id) != number:
            woken(generation_id)
