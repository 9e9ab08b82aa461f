"""What probes are told."""

import pytest
from httpx import AsyncClient


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
async def test_health(client: AsyncClient, path: str) -> None:
    response = await client.get(path)

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


async def test_an_answer_has_a_request_id(client: AsyncClient) -> None:
    response = await client.get("/no-such-path", headers={"X-Request-ID": "the-id-of-the-caller"})

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (
        response.headers["X-Request-ID"] == response.json()["request_id"] == "the-id-of-the-caller"
    )
