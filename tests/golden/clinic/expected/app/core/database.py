"""The engine, and the connections that requests work with."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from sqlalchemy import event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry


class Database:
    """One engine with two ways to use it: `read` without a transaction, `write` with one that is committed at its end."""

    def __init__(self, url: str, *, pool_size: int) -> None:
        self.engine = create_async_engine(url, pool_size=pool_size, max_overflow=0)
        self.reader = self.engine
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
        else:
            # A read of one or two statements gains nothing from BEGIN and ROLLBACK but two round trips.
            self.reader = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncConnection]:
        """A connection for reading."""
        async with self.reader.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[AsyncConnection]:
        """A connection in a transaction: committed when the block ends, rolled back when it raises."""
        async with self.engine.connect() as connection:
            yield connection
            await connection.commit()

    async def check(self) -> None:
        """Raise an error of SQLAlchemy's when the database does not answer."""
        async with self.read() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=10000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
