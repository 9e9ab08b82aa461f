"""The durable engine's own database, and what has to be right about it."""

import sys
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dbos import DBOSClient
from sqlalchemy import event

SCHEMA = "dbos"


def system_engine(url: str, *, pool_size: int = 8) -> sa.Engine:
    """The engine over the system database: a SQLite file of its own, or a schema within our PostgreSQL database."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        connect: dict[str, Any] = {"connect_timeout": 10, "application_name": "apiwright-engine"}
        return sa.create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_size=pool_size, max_overflow=4, pool_pre_ping=True, connect_args=connect
        )
    Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(parsed.set(drivername="sqlite"), pool_size=pool_size, max_overflow=4)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Writers take the lock when they begin: upgrading it later fails at once instead of waiting.
    connection.isolation_level = "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    if sys.version_info >= (3, 12) and _lacks_subseconds(connection):
        # SQLite before 3.42 knows no unixepoch('subsec'), which the engine's tables ask for on newer Pythons.
        connection.create_function("unixepoch", -1, lambda *_: time.time())


def _lacks_subseconds(connection: Any) -> bool:
    return connection.execute("SELECT unixepoch('subsec')").fetchone()[0] is None


def migrate(url: str) -> None:
    """Create or upgrade the system database. Blocks."""
    engine = system_engine(url, pool_size=1)
    client = DBOSClient(system_database_engine=engine, dbos_system_schema=SCHEMA, lazy=True)
    try:
        client._sys_db.run_migrations()  # pyright: ignore[reportPrivateUsage] - `DBOS.migrate` takes no engine
    finally:
        client.destroy()
        engine.dispose()
