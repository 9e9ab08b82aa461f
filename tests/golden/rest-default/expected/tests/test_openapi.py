"""The API document, and every operation that it lists."""

from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient

METHODS = ("get", "post", "put", "patch", "delete")
BODIES: list[Any] = [None, []]


def operations(app: FastAPI) -> list[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every operation."""
    paths: dict[str, dict[str, Any]] = app.openapi()["paths"]
    return [
        (method, path, item[method])
        for path, item in paths.items()
        for method in METHODS
        if method in item
    ]


def called(path: str) -> str:
    """The path with an id in the place of each parameter."""
    parts = [
        "00000000-0000-7000-8000-000000000000" if part.startswith("{") else part
        for part in path.split("/")
    ]
    return "/".join(parts)


async def test_every_operation_has_a_name_of_its_own(app: FastAPI) -> None:
    names = [operation["operationId"] for _, _, operation in operations(app)]

    assert len(names) == len(set(names)) > 0


async def test_every_operation_answers_as_documented(app: FastAPI, client: AsyncClient) -> None:
    for method, path, operation in operations(app):
        for body in BODIES if "requestBody" in operation else BODIES[:1]:
            response = await client.request(method, called(path), json=body)

            assert str(response.status_code) in operation["responses"], (
                f"{method} {path} answered {response.text}"
            )
            assert response.status_code < 500


async def test_every_operation_is_within_reach(app: FastAPI, client: AsyncClient) -> None:
    """No path is taken by a route that stands before it: the method that a path lacks is refused by name."""
    for path, item in app.openapi()["paths"].items():
        response = await client.request("TRACE", called(path))

        assert response.status_code == 405
        assert {
            method.lower() for method in response.headers["Allow"].split(", ")
        } >= item.keys() & set(METHODS), path
