import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.integration.revision import databases


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="apiwright-pg-", ignore_cleanup_errors=True) as directory:
        Path(directory).chmod(0o755)  # the server runs as a user of its own
        server, url = databases.postgresql(Path(directory, "data"))
        yield url
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    return databases.SQLITE if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
