"""Migrations of our own database, up and down, on both databases."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from apiwright.store import Database, schema
from apiwright.store.models import Base


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'own.db'}" if request.param == "sqlite" else str(request.getfixturevalue("database_url"))


def test_the_schema_goes_up_and_down_and_is_what_the_models_say(url: str) -> None:
    async def run() -> None:
        database = Database(url)
        try:
            for _ in range(2):
                await schema.upgrade(database)
                await schema.require_current(database)
                async with database.engine.connect() as connection:
                    assert await connection.run_sync(_differences) == []
                await schema.downgrade(database, "base")
                async with database.engine.connect() as connection:
                    tables = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
                assert tables == ["alembic_version"]
        finally:
            await database.close()

    asyncio.run(run())


def test_processes_that_upgrade_at_once_wait_for_each_other(url: str) -> None:
    async def run() -> None:
        databases = [Database(url) for _ in range(4)]
        try:
            await asyncio.gather(*(schema.upgrade(database) for database in databases))
            await schema.require_current(databases[0])
        finally:
            for database in databases:
                await database.close()

    asyncio.run(run())


def _differences(connection: sa.Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata))
