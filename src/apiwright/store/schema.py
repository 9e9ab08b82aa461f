"""The state of our database: is it there, whole, and of the version that this program knows?"""

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.ext.asyncio import create_async_engine

from apiwright.store.database import Database, in_a_line, is_transient, prepare_sqlite
from apiwright.store.errors import DatabaseStateError


async def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision, creating what is missing. Several processes may do so at once; the others wait."""
    await _migrate(database, "upgrade", revision)


async def downgrade(database: Database, revision: str) -> None:
    """Take the database back to a revision; `base` removes everything."""
    await _migrate(database, "downgrade", revision)


async def require_current(database: Database) -> None:
    """Return when the database can be used as it is.

    Raises:
        DatabaseStateError: It is damaged, behind, or ahead of this program.
    """
    if database.is_sqlite:
        _require_whole(Path(str(database.url.database)))
    current = await current_revision(database)
    script = ScriptDirectory.from_config(_config(database))
    if current == script.get_current_head():
        return
    if current is None:
        raise DatabaseStateError("The database has no tables yet. Run `apiwright db upgrade`.")
    if current not in {item.revision for item in script.walk_revisions()}:
        raise DatabaseStateError(
            f"The database is at revision {current}, which this program does not know: it belongs to a newer version of Apiwright. "
            "Start that version, or restore a back-up made before it was upgraded."
        )
    raise DatabaseStateError(
        f"The database is at revision {current}, this program needs {script.get_current_head()}. Run `apiwright db upgrade`."
    )


async def current_revision(database: Database) -> str | None:
    """The revision that the database is at; None when it has no tables of ours.

    Raises:
        DatabaseStateError: It is damaged, or does not answer.
    """
    try:
        async with database.engine.connect() as connection:
            return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    except Exception as error:
        if database.is_sqlite and isinstance(error, DatabaseError) and not isinstance(error, OperationalError):
            raise DatabaseStateError(f"{database.url.database} is no usable SQLite database: {error.orig}") from error
        if is_transient(error):
            where = database.url.set(query={})  # shown without its password
            raise DatabaseStateError(f"The database {where} does not answer: {in_a_line(error)}") from error
        raise


def _require_whole(path: Path) -> None:
    if not path.exists():
        return
    connection = sqlite3.connect(path)
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    finally:
        connection.close()
    if found != "ok":
        raise DatabaseStateError(f"The database {path} is damaged ({found}). Restore a back-up, or move the file away to start anew.")


async def _migrate(database: Database, direction: str, revision: str) -> None:
    if database.is_sqlite:
        _require_whole(Path(str(database.url.database)))
    known = {item.revision for item in ScriptDirectory.from_config(_config(database)).walk_revisions()}
    current = await current_revision(database)
    if current is not None and current not in known:
        await require_current(database)
    engine = create_async_engine(database.url)
    if database.is_sqlite:
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
    try:
        async with engine.begin() as connection:
            if not database.is_sqlite:
                await connection.execute(sa.text("SELECT pg_advisory_xact_lock(4167001)"))
            await connection.run_sync(_run, database, direction, revision)
    finally:
        await engine.dispose()


def _prepare(connection: Any, record: Any) -> None:
    prepare_sqlite(connection, record)
    # SQLite changes a table by making it anew: with foreign keys on, dropping the old one would delete what refers to it.
    connection.execute("PRAGMA foreign_keys=OFF")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _run(connection: sa.Connection, database: Database, direction: str, revision: str) -> None:
    config = _config(database)
    config.attributes["connection"] = connection
    if direction == "upgrade":
        command.upgrade(config, revision)
    else:
        command.downgrade(config, revision)


def _config(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["sqlite"] = database.is_sqlite
    return config
