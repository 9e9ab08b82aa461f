"""Routes of users: who may do what, and what is answered."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import (
    authorization,
    create_tag,
    create_todo,
    create_user,
    is_stored,
    wrong_fields,
)

WRONG_VALUES: list[dict[str, Any]] = [
    {
        "email": "",
        "name": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    },
    {"email": "nowhere"},
    {"email": None},
]
"""Members of a payload, each of which is refused."""
NOT_TO_BE_SET = ["id", "created_at", "no_such_member", "hashed_password"]
FOUND_BY = {
    "email": "email1@example.com",
    "email__icontains": "email1@example.com",
    "name": "Name 1",
    "name__icontains": "Name 1",
    "name__isnull": "false",
}
"""Parameters that let the row of the test through, all of them together."""
NOT_FOUND_BY = [
    ("email", "email2@example.com"),
    ("email__icontains", "no such text"),
    ("name", "Name 2"),
    ("name__icontains", "no such text"),
    ("name__isnull", "true"),
]
"""Parameters each of which alone keeps it out."""


async def test_list(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    user = caller

    response = await client.get("/users", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert str(user.id) in [item["id"] for item in response.json()["items"]]


async def test_list_needs_a_login(client: AsyncClient) -> None:
    response = await client.get("/users")

    assert response.status_code == 401


async def test_list_hides_what_somebody_else_owns(
    client: AsyncClient, session: AsyncSession
) -> None:
    user = await create_user(session)
    caller = await create_user(session)

    response = await client.get("/users", headers=authorization(caller))

    assert response.status_code == 200
    assert str(user.id) not in [item["id"] for item in response.json()["items"]]


async def test_list_with_wrong_parameters(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    for parameter in ("no_such_parameter", "sort", "limit", "offset"):
        response = await client.get(
            "/users", params={parameter: "no_such_value"}, headers=authorization(caller)
        )

        assert response.status_code == 422
        assert [field.split(".")[0] for field in wrong_fields(response)] == [parameter]


async def test_list_filtered(client: AsyncClient, session: AsyncSession) -> None:
    caller = user = await create_user(session, email="email1@example.com")

    found = await client.get("/users", params=FOUND_BY, headers=authorization(caller))

    assert found.status_code == 200, found.text
    assert str(user.id) in [item["id"] for item in found.json()["items"]]
    for parameter, text in NOT_FOUND_BY:
        others = await client.get("/users", params={parameter: text}, headers=authorization(caller))

        assert others.status_code == 200, others.text
        assert str(user.id) not in [item["id"] for item in others.json()["items"]], (
            f"{parameter}={text}"
        )


async def test_list_searched(client: AsyncClient, session: AsyncSession) -> None:
    caller = user = await create_user(session, email="email1@example.com")

    found = await client.get(
        "/users", params={"q": "email1@example.com"}, headers=authorization(caller)
    )
    others = await client.get("/users", params={"q": "no such text"}, headers=authorization(caller))

    assert str(user.id) in [item["id"] for item in found.json()["items"]]
    assert others.json()["total"] == 0


async def test_read(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    user = caller

    response = await client.get(f"/users/{user.id}", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert response.json()["id"] == str(user.id)


async def test_read_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.get(f"/users/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_read_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    user = await create_user(session)

    response = await client.get(f"/users/{user.id}")

    assert response.status_code == 401


async def test_read_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    user = await create_user(session)
    caller = await create_user(session)

    response = await client.get(f"/users/{user.id}", headers=authorization(caller))

    assert response.status_code == 404


async def test_update(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    user = caller
    change: dict[str, Any] = {"email": "email2@example.com", "name": "Name 2"}

    response = await client.patch(f"/users/{user.id}", json=change, headers=authorization(caller))

    assert response.status_code == 200, response.text
    body = response.json()
    assert body == body | change
    assert datetime.fromisoformat(body["updated_at"]) > user.updated_at


async def test_update_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.patch(f"/users/{uuid4()}", json={}, headers=authorization(caller))

    assert response.status_code == 404


async def test_update_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    user = caller

    for wrong in WRONG_VALUES:
        response = await client.patch(
            f"/users/{user.id}", json=wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_of_what_is_not_to_be_set(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    user = caller
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.patch(f"/users/{user.id}", json=wrong, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    user = await create_user(session)

    response = await client.patch(f"/users/{user.id}", json={})

    assert response.status_code == 401


async def test_update_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    user = await create_user(session)
    caller = await create_user(session)

    response = await client.patch(f"/users/{user.id}", json={}, headers=authorization(caller))

    assert response.status_code == 404


async def test_delete(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    user = caller

    response = await client.delete(f"/users/{user.id}", headers=authorization(caller))

    assert response.status_code == 204, response.text
    assert not await is_stored(session, user)


async def test_delete_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.delete(f"/users/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_delete_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    user = await create_user(session)

    response = await client.delete(f"/users/{user.id}")

    assert response.status_code == 401
    assert await is_stored(session, user)


async def test_delete_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    user = await create_user(session)
    caller = await create_user(session)

    response = await client.delete(f"/users/{user.id}", headers=authorization(caller))

    assert response.status_code == 404
    assert await is_stored(session, user)


async def test_delete_with_tag_owner(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    user = caller
    related = await create_tag(session, owner_id=user.id)

    response = await client.delete(f"/users/{user.id}", headers=authorization(caller))

    assert response.status_code == 204, response.text
    assert not await is_stored(session, related)


async def test_delete_with_todo_owner(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    user = caller
    related = await create_todo(session, owner_id=user.id)

    response = await client.delete(f"/users/{user.id}", headers=authorization(caller))

    assert response.status_code == 204, response.text
    assert not await is_stored(session, related)
