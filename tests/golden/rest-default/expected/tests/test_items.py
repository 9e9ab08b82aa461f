"""Routes of items: who may do what, and what is answered."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import create_item, is_stored, item_payload, wrong_fields

WRONG_VALUES: list[dict[str, Any]] = [
    {
        "name": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "is_active": "perhaps",
    },
    {"name": None, "is_active": None},
]
"""Members of a payload, each of which is refused."""
NOT_TO_BE_SET = ["id", "created_at", "no_such_member"]
FOUND_BY = {
    "name": "Name 1",
    "name__icontains": "Name 1",
    "description__icontains": "Description 1",
    "description__isnull": "false",
    "is_active": "true",
}
"""Parameters that let the row of the test through, all of them together."""
NOT_FOUND_BY = [
    ("name", "Name 2"),
    ("name__icontains", "no such text"),
    ("description__icontains", "no such text"),
    ("description__isnull", "true"),
    ("is_active", "false"),
]
"""Parameters each of which alone keeps it out."""


async def test_create(client: AsyncClient) -> None:
    payload = item_payload()

    response = await client.post("/items", json=payload)

    assert response.status_code == 201, response.text
    body = response.json()
    assert body == body | payload


async def test_create_without_what_is_needed(client: AsyncClient) -> None:
    payload = item_payload()
    needed = [
        "name",
    ]
    rest = {name: value for name, value in payload.items() if name not in needed}

    response = await client.post("/items", json=rest)

    assert (response.status_code, wrong_fields(response)) == (422, sorted(needed))


async def test_create_with_wrong_values(client: AsyncClient) -> None:
    payload = item_payload()

    for wrong in WRONG_VALUES:
        response = await client.post("/items", json=payload | wrong)

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_what_is_not_to_be_set(client: AsyncClient) -> None:
    payload = item_payload()
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.post("/items", json=payload | wrong)

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_list(client: AsyncClient, session: AsyncSession) -> None:
    item = await create_item(session)

    response = await client.get("/items")

    assert response.status_code == 200, response.text
    assert str(item.id) in [item["id"] for item in response.json()["items"]]


async def test_list_page_by_page(client: AsyncClient, session: AsyncSession) -> None:
    rows = [await create_item(session) for _ in range(3)]

    forward = await client.get("/items", params={"sort": "created_at", "limit": 2})
    backward = await client.get("/items", params={"sort": "-created_at", "offset": 2})

    assert forward.json()["total"] == backward.json()["total"] == 3
    assert [item["id"] for item in forward.json()["items"]] == [str(row.id) for row in rows[:2]]
    assert [item["id"] for item in backward.json()["items"]] == [str(rows[0].id)]


async def test_list_with_wrong_parameters(client: AsyncClient) -> None:
    for parameter in ("no_such_parameter", "sort", "limit", "offset"):
        response = await client.get("/items", params={parameter: "no_such_value"})

        assert response.status_code == 422
        assert [field.split(".")[0] for field in wrong_fields(response)] == [parameter]


async def test_list_filtered(client: AsyncClient, session: AsyncSession) -> None:
    item = await create_item(session)

    found = await client.get("/items", params=FOUND_BY)

    assert found.status_code == 200, found.text
    assert str(item.id) in [item["id"] for item in found.json()["items"]]
    for parameter, text in NOT_FOUND_BY:
        others = await client.get("/items", params={parameter: text})

        assert others.status_code == 200, others.text
        assert str(item.id) not in [item["id"] for item in others.json()["items"]], (
            f"{parameter}={text}"
        )


async def test_list_searched(client: AsyncClient, session: AsyncSession) -> None:
    item = await create_item(session)

    found = await client.get("/items", params={"q": "Name 1"})
    others = await client.get("/items", params={"q": "no such text"})

    assert str(item.id) in [item["id"] for item in found.json()["items"]]
    assert others.json()["total"] == 0


async def test_read(client: AsyncClient, session: AsyncSession) -> None:
    item = await create_item(session)

    response = await client.get(f"/items/{item.id}")

    assert response.status_code == 200, response.text
    assert response.json()["id"] == str(item.id)


async def test_read_what_is_not_there(client: AsyncClient) -> None:
    response = await client.get(f"/items/{uuid4()}")

    assert response.status_code == 404


async def test_update(client: AsyncClient, session: AsyncSession) -> None:
    item = await create_item(session)
    change: dict[str, Any] = {"name": "Name 2", "description": "Description 2", "is_active": False}

    response = await client.patch(f"/items/{item.id}", json=change)

    assert response.status_code == 200, response.text
    body = response.json()
    assert body == body | change
    assert datetime.fromisoformat(body["updated_at"]) > item.updated_at


async def test_update_what_is_not_there(client: AsyncClient) -> None:
    response = await client.patch(f"/items/{uuid4()}", json={})

    assert response.status_code == 404


async def test_update_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    item = await create_item(session)

    for wrong in WRONG_VALUES:
        response = await client.patch(f"/items/{item.id}", json=wrong)

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_of_what_is_not_to_be_set(client: AsyncClient, session: AsyncSession) -> None:
    item = await create_item(session)
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.patch(f"/items/{item.id}", json=wrong)

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_delete(client: AsyncClient, session: AsyncSession) -> None:
    item = await create_item(session)

    response = await client.delete(f"/items/{item.id}")

    assert response.status_code == 204, response.text
    assert not await is_stored(session, item)


async def test_delete_what_is_not_there(client: AsyncClient) -> None:
    response = await client.delete(f"/items/{uuid4()}")

    assert response.status_code == 404
