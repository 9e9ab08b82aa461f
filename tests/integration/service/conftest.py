"""A service that all tests of this folder share, and deployments of one's own."""

from collections.abc import Iterator
from pathlib import Path

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
