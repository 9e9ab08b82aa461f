"""Routes of tags: who may do what, and what is answered."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import (
    authorization,
    create_tag,
    create_user,
    is_stored,
    tag_payload,
    wrong_fields,
)

WRONG_VALUES: list[dict[str, Any]] = [
    {"name": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "color": ""},
    {"name": None, "color": "nowhere"},
]
"""Members of a payload, each of which is refused."""
NOT_TO_BE_SET = ["id", "created_at", "no_such_member", "owner_id"]
FOUND_BY = {
    "name": "Name 1",
    "name__icontains": "Name 1",
    "color": "#000000",
    "color__icontains": "#000000",
    "color__isnull": "false",
}
"""Parameters that let the row of the test through, all of them together."""
NOT_FOUND_BY = [
    ("name", "Name 2"),
    ("name__icontains", "no such text"),
    ("color", "#000001"),
    ("color__icontains", "no such text"),
    ("color__isnull", "true"),
]
"""Parameters each of which alone keeps it out."""


async def test_create(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    payload = tag_payload()

    response = await client.post("/tags", json=payload, headers=authorization(caller))

    assert response.status_code == 201, response.text
    body = response.json()
    assert body == body | payload


async def test_create_needs_a_login(client: AsyncClient) -> None:
    response = await client.post("/tags", json={})

    assert response.status_code == 401


async def test_create_without_what_is_needed(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    payload = tag_payload()
    needed = [
        "name",
    ]
    rest = {name: value for name, value in payload.items() if name not in needed}

    response = await client.post("/tags", json=rest, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(needed))


async def test_create_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    payload = tag_payload()

    for wrong in WRONG_VALUES:
        response = await client.post("/tags", json=payload | wrong, headers=authorization(caller))

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_what_is_not_to_be_set(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_user(session)
    payload = tag_payload()
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.post("/tags", json=payload | wrong, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_a_second_one_with_the_same_owner_and_name(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_user(session)
    await create_tag(session, owner=caller, name="Name 1")
    payload = tag_payload() | {"name": "Name 1"}

    response = await client.post("/tags", json=payload, headers=authorization(caller))

    assert response.status_code == 409, response.text


async def test_list(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    tag = await create_tag(session, owner=caller)

    response = await client.get("/tags", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert str(tag.id) in [item["id"] for item in response.json()["items"]]


async def test_list_needs_a_login(client: AsyncClient) -> None:
    response = await client.get("/tags")

    assert response.status_code == 401


async def test_list_hides_what_somebody_else_owns(
    client: AsyncClient, session: AsyncSession
) -> None:
    tag = await create_tag(session)
    caller = await create_user(session)

    response = await client.get("/tags", headers=authorization(caller))

    assert response.status_code == 200
    assert str(tag.id) not in [item["id"] for item in response.json()["items"]]


async def test_list_page_by_page(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    rows = [await create_tag(session, owner=caller) for _ in range(3)]

    forward = await client.get(
        "/tags", params={"sort": "created_at", "limit": 2}, headers=authorization(caller)
    )
    backward = await client.get(
        "/tags", params={"sort": "-created_at", "offset": 2}, headers=authorization(caller)
    )

    assert forward.json()["total"] == backward.json()["total"] == 3
    assert [item["id"] for item in forward.json()["items"]] == [str(row.id) for row in rows[:2]]
    assert [item["id"] for item in backward.json()["items"]] == [str(rows[0].id)]


async def test_list_with_wrong_parameters(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    for parameter in ("no_such_parameter", "sort", "limit", "offset"):
        response = await client.get(
            "/tags", params={parameter: "no_such_value"}, headers=authorization(caller)
        )

        assert response.status_code == 422
        assert [field.split(".")[0] for field in wrong_fields(response)] == [parameter]


async def test_list_filtered(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    tag = await create_tag(session, owner=caller, name="Name 1")

    found = await client.get("/tags", params=FOUND_BY, headers=authorization(caller))

    assert found.status_code == 200, found.text
    assert str(tag.id) in [item["id"] for item in found.json()["items"]]
    for parameter, text in NOT_FOUND_BY:
        others = await client.get("/tags", params={parameter: text}, headers=authorization(caller))

        assert others.status_code == 200, others.text
        assert str(tag.id) not in [item["id"] for item in others.json()["items"]], (
            f"{parameter}={text}"
        )


async def test_list_by_owner_id(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    tag = await create_tag(session, owner=caller)

    linked = await client.get(
        "/tags", params={"owner_id": str(tag.owner_id)}, headers=authorization(caller)
    )
    others = await client.get(
        "/tags", params={"owner_id": str(uuid4())}, headers=authorization(caller)
    )

    assert [item["id"] for item in linked.json()["items"]] == [str(tag.id)]
    assert others.json()["total"] == 0


async def test_list_searched(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    tag = await create_tag(session, owner=caller, name="Name 1")

    found = await client.get("/tags", params={"q": "Name 1"}, headers=authorization(caller))
    others = await client.get("/tags", params={"q": "no such text"}, headers=authorization(caller))

    assert str(tag.id) in [item["id"] for item in found.json()["items"]]
    assert others.json()["total"] == 0


async def test_read(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    tag = await create_tag(session, owner=caller)

    response = await client.get(f"/tags/{tag.id}", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert response.json()["id"] == str(tag.id)


async def test_read_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.get(f"/tags/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_read_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    tag = await create_tag(session)

    response = await client.get(f"/tags/{tag.id}")

    assert response.status_code == 401


async def test_read_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    tag = await create_tag(session)
    caller = await create_user(session)

    response = await client.get(f"/tags/{tag.id}", headers=authorization(caller))

    assert response.status_code == 404


async def test_update(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    tag = await create_tag(session, owner=caller)
    change: dict[str, Any] = {"name": "Name 2", "color": "#000001"}

    response = await client.patch(f"/tags/{tag.id}", json=change, headers=authorization(caller))

    assert response.status_code == 200, response.text
    body = response.json()
    assert body == body | change
    assert datetime.fromisoformat(body["updated_at"]) > tag.updated_at


async def test_update_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.patch(f"/tags/{uuid4()}", json={}, headers=authorization(caller))

    assert response.status_code == 404


async def test_update_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    tag = await create_tag(session, owner=caller)

    for wrong in WRONG_VALUES:
        response = await client.patch(f"/tags/{tag.id}", json=wrong, headers=authorization(caller))

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_of_what_is_not_to_be_set(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    tag = await create_tag(session, owner=caller)
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.patch(f"/tags/{tag.id}", json=wrong, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    tag = await create_tag(session)

    response = await client.patch(f"/tags/{tag.id}", json={})

    assert response.status_code == 401


async def test_update_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    tag = await create_tag(session)
    caller = await create_user(session)

    response = await client.patch(f"/tags/{tag.id}", json={}, headers=authorization(caller))

    assert response.status_code == 404


async def test_delete(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    tag = await create_tag(session, owner=caller)

    response = await client.delete(f"/tags/{tag.id}", headers=authorization(caller))

    assert response.status_code == 204, response.text
    assert not await is_stored(session, tag)


async def test_delete_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.delete(f"/tags/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_delete_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    tag = await create_tag(session)

    response = await client.delete(f"/tags/{tag.id}")

    assert response.status_code == 401
    assert await is_stored(session, tag)


async def test_delete_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    tag = await create_tag(session)
    caller = await create_user(session)

    response = await client.delete(f"/tags/{tag.id}", headers=authorization(caller))

    assert response.status_code == 404
    assert await is_stored(session, tag)
