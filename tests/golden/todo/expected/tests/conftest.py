"""The application under test, on a database of its own: SQLite in a temporary file, or whatever TEST_DATABASE_URL names."""

import os
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.core.config import EXAMPLE_SECRET, Settings
from app.core.security import AttemptLimiter
from app.main import create_app
from app.models import Base


class LocalSettings(Settings):
    """Settings that do not depend on the `.env` of whoever runs the tests."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore")


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """One event loop for all tests, the same as in production."""
    return "asyncio", {"use_uvloop": sys.platform != "win32"}


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the application under test, in which passwords cost next to nothing to hash."""
    file = tmp_path_factory.mktemp("database") / "test.db"
    return LocalSettings(
        environment="test",
        database_url=os.environ.get("TEST_DATABASE_URL", f"sqlite+aiosqlite:///{file}"),
        log_level="ERROR",
        secret_key=SecretStr(EXAMPLE_SECRET),
        password_time_cost=1,
        password_memory_kib=8,
    )


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The application, its tables made anew."""
    app = create_app(settings)
    engine: AsyncEngine = app.state.database.engine
    async with engine.begin() as connection:
        if engine.dialect.name != "sqlite":
            await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)
    yield app
    await engine.dispose()


@pytest.fixture(autouse=True)
async def clean(app: FastAPI, settings: Settings) -> AsyncIterator[None]:
    """Leave nothing behind for the next test."""
    app.state.attempts = AttemptLimiter(
        attempts=settings.login_attempts, window_seconds=settings.login_window_seconds
    )
    yield
    await _empty_tables(app.state.database.engine)


@pytest.fixture
async def client(app: FastAPI, clean: None) -> AsyncIterator[AsyncClient]:
    """A client that talks to the application in this process."""
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
        yield client


@pytest.fixture
async def session(app: FastAPI, clean: None) -> AsyncIterator[AsyncSession]:
    """A session of the test's own, to put rows in place and to look at them."""
    async with AsyncSession(app.state.database.engine, expire_on_commit=False) as session:
        yield session


async def _empty_tables(engine: AsyncEngine) -> None:
    """Remove every row in one round trip to the database, whatever points to what."""
    quote = engine.dialect.identifier_preparer.format_table
    tables = [quote(table) for table in Base.metadata.tables.values()]
    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.exec_driver_sql(f"TRUNCATE {', '.join(tables)}")
            return
        deletions = "".join(f"DELETE FROM {table};" for table in tables)
        sqlite: Any = (await connection.get_raw_connection()).driver_connection
        await sqlite.executescript(
            f"PRAGMA foreign_keys = OFF;{deletions}PRAGMA foreign_keys = ON;"
        )
