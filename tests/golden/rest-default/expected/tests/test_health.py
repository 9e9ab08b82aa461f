"""What probes are told."""

import pytest
from httpx import ASGITransport, AsyncClient

from app.core.config import Settings
from app.main import create_app


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
async def test_health(client: AsyncClient, path: str) -> None:
    response = await client.get(path)

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


async def test_a_database_that_does_not_answer(settings: Settings) -> None:
    app = create_app(
        settings.model_copy(
            update={"database_url": "sqlite+aiosqlite:////no/such/directory/app.db"}
        )
    )

    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
        ready, live = await client.get("/health/ready"), await client.get("/health/live")

    assert (ready.status_code, live.status_code) == (503, 200)


async def test_an_answer_has_a_request_id(client: AsyncClient) -> None:
    response = await client.get("/no-such-path", headers={"X-Request-ID": "the-id-of-the-caller"})

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (
        response.headers["X-Request-ID"] == response.json()["request_id"] == "the-id-of-the-caller"
    )
