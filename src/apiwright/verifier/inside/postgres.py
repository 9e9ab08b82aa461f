"""The project on PostgreSQL: its migrations, then its tests."""

import asyncio
import contextlib
import importlib
import os
import secrets
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from . import migrations, tests

_ACCOUNT = "app"
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=16MB", "max_connections=60",
         "max_wal_size=64MB", "dynamic_shared_memory_type=mmap", "listen_addresses=", "huge_pages=off")  # fmt: skip
_START_SECONDS = 30.0


class UnavailableError(Exception):
    """There is no PostgreSQL to be had; the message says why."""


def run(programs: str | None, given: dict[str, str] | None) -> dict[str, Any]:
    """Migrate a fresh database up, down and up, and run the tests on another.

    Args:
        programs: Directory of PostgreSQL's programs, to start a server of our own.
        given: A server that is there: `host` (directory of its socket), `user`, `password`, `database`.
    """
    try:
        with (
            own_server(programs) if programs else contextlib.nullcontext(given or {}) as server,
            fresh_database(server) as migrated,
            fresh_database(server) as tested,
        ):
            os.environ["DATABASE_URL"] = migrated
            steps = migrations.run()
            os.environ["TEST_DATABASE_URL"] = tested
            return {"migrations": steps, "tests": tests.run([], leave={})}
    except UnavailableError as error:
        return {"unavailable": str(error)}


@contextmanager
def own_server(programs: str) -> Generator[dict[str, str]]:
    """A server of our own, on a Unix socket."""
    place = Path("postgres").absolute()
    sockets = Path(os.environ["TMPDIR"]) / f"pg{os.getpid()}"
    sockets.mkdir()
    initdb = [
        f"{programs}/initdb",
        "-D",
        str(place),
        "-U",
        _ACCOUNT,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
        "--no-instructions",
    ]
    made = subprocess.run(initdb, capture_output=True, text=True, check=False)  # noqa: S603
    if made.returncode != 0:
        raise UnavailableError(f"initdb: {made.stderr.strip()[-500:]}")
    options = [part for setting in _FAST for part in ("-c", setting)]
    with Path("postgres.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            [f"{programs}/postgres", "-D", str(place), "-k", str(sockets), *options], stdout=log, stderr=log
        )
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not (sockets / ".s.PGSQL.5432").exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise UnavailableError(f"postgres: {Path('postgres.log').read_text('utf-8', errors='replace')[-500:]}")
            time.sleep(0.02)
        yield {"host": str(sockets), "user": _ACCOUNT, "password": "", "database": "postgres"}
    finally:
        process.kill()
        process.wait()


@contextmanager
def fresh_database(server: dict[str, str]) -> Generator[str]:
    """URL of a new, empty database, which is dropped afterwards."""
    name = f"apiwright_proof_{secrets.token_hex(6)}"
    _ask(server, f'CREATE DATABASE "{name}"')
    password = f":{quote(server['password'], safe='')}" if server["password"] else ""
    try:
        yield f"postgresql+asyncpg://{quote(server['user'], safe='')}{password}@/{name}?host={server['host']}"
    finally:
        with contextlib.suppress(UnavailableError):
            _ask(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _ask(server: dict[str, str], statement: str) -> None:
    """Run one statement; a server that has just started may need a moment."""
    asyncpg = importlib.import_module("asyncpg")

    async def ask() -> None:
        connection = await asyncpg.connect(**{**server, "password": server["password"] or None}, timeout=10)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    for attempt in range(40):
        try:
            asyncio.run(ask())
        except (OSError, asyncpg.exceptions.CannotConnectNowError) as error:
            if attempt == 39:
                raise UnavailableError(f"it does not let us in: {error}") from error
            time.sleep(0.05)
        except asyncpg.PostgresError as error:
            raise UnavailableError(f"{statement[:15]}: {error}") from error
        else:
            return
