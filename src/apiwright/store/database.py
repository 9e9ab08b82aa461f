"""The connection to our own database: SQLite in a file, or PostgreSQL."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

Result = TypeVar("Result")
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


class Database:
    """Hands out transactions.

    On SQLite writers queue up in the process, in order, instead of polling for the file's lock.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = sa.make_url(url)
        self.url = self.url.set(drivername=_DRIVERS.get(self.url.drivername, self.url.drivername))
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        options: dict[str, Any] = {"pool_pre_ping": True, "connect_args": {"timeout": 10}}
        if self.is_sqlite:
            options = {"connect_args": {"factory": _LettingGo}}
        self.engine = create_async_engine(self.url, pool_size=pool_size, max_overflow=10, pool_timeout=20, **options)
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin)
        self._writing = self.engine.execution_options(writing=True)
        self._one_writer = asyncio.Lock() if self.is_sqlite else nullcontext()

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncSession]:
        """A session that only reads."""
        async with AsyncSession(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncSession]:
        """A transaction: committed at the end of the block, rolled back when it raises."""
        async with self._one_writer, AsyncSession(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


class _LettingGo(sqlite3.Connection):
    """A connection that keeps no lock once it is closed.

    A statement that is given up while it runs, because its task is cancelled, stays where the interrupted calls still know it. Until
    that is collected as garbage, SQLite keeps a closed connection alive for it, with its transaction and the lock that all writers need.
    """

    def close(self) -> None:
        """End what was begun, then close."""
        if self.in_transaction:
            self.rollback()
        super().close()


def prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers beside one writer (WAL), waiting for locks of other processes, foreign keys; SQLAlchemy begins transactions itself."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # A transaction that reads first and writes later cannot wait for the lock: it would fail at once.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")


def is_transient(error: BaseException) -> bool:
    """Whether the database may answer when asked again: it was away, restarting, or busy."""
    if isinstance(error, DBAPIError) and (error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)):
        return True
    if isinstance(error, DBAPIError):
        # asyncpg's own classes: 40001 and 40P01 (retry), 57P0x (shutting down), 53xxx (out of connections), 08xxx (connection)
        state = str(getattr(error.orig, "sqlstate", "") or "")
        return state.startswith(("40001", "40P01", "57P0", "53", "08"))
    return isinstance(error, ConnectionError | TimeoutError | PoolTimeoutError | OSError)


def in_a_line(error: BaseException) -> str:
    """What an error says, for a log. Some say nothing, as that of a time that is over."""
    return next(iter(str(error).splitlines()), type(error).__name__)


async def persevere(work: Callable[[], Awaitable[Result]], *, seconds: float = 60) -> Result:
    """Do `work`, and again while the database is away, for so many seconds. It must be harmless to repeat."""
    give_up = asyncio.get_running_loop().time() + seconds
    pause = 0.05
    while True:
        try:
            return await work()
        except Exception as error:
            if not is_transient(error) or asyncio.get_running_loop().time() + pause > give_up:
                raise
        await asyncio.sleep(pause)
        pause = min(pause * 2, 2.0)
