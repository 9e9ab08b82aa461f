"""Routes of notes: who may do what, and what is answered."""

from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from tests.factories import (
    authorization,
    create_note,
    create_note_like,
    create_user,
    is_stored,
    note_payload,
    wrong_fields,
)

WRONG_VALUES: list[dict[str, Any]] = [
    {
        "body": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "code": "",
    },
    {"body": None, "code": "nowhere"},
]
"""Members of a payload, each of which is refused."""
NOT_TO_BE_SET = ["id", "created_at", "no_such_member", "owner_id", "mood", "done_at", "likes"]
FOUND_BY = {
    "body": "Body 1",
    "body__icontains": "Body 1",
    "code": '""',
    "code__icontains": '""',
    "code__isnull": "false",
    "mood": '"""',
    "mood__in": "\"\"\",'''",
}
"""Parameters that let the row of the test through, all of them together."""
NOT_FOUND_BY = [
    ("body", "Body 2"),
    ("body__icontains", "no such text"),
    ("code", "\"'"),
    ("code__icontains", "no such text"),
    ("code__isnull", "true"),
    ("mood", "'''"),
    ("mood__in", "'''"),
]
"""Parameters each of which alone keeps it out."""


async def test_create(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    payload = note_payload()

    response = await client.post("/notes", json=payload, headers=authorization(caller))

    assert response.status_code == 201, response.text
    body = response.json()
    assert body == body | payload


async def test_create_needs_a_login(client: AsyncClient) -> None:
    response = await client.post("/notes", json={})

    assert response.status_code == 401


async def test_create_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    payload = note_payload()

    for wrong in WRONG_VALUES:
        response = await client.post("/notes", json=payload | wrong, headers=authorization(caller))

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_what_is_not_to_be_set(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_user(session)
    payload = note_payload()
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.post("/notes", json=payload | wrong, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_links_to_nothing(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    payload = note_payload()
    nothing = str(uuid4())
    changes: list[dict[str, Any]] = [
        {"friend_ids": [nothing]},
    ]

    for change in changes:
        response = await client.post("/notes", json=payload | change, headers=authorization(caller))

        assert (response.status_code, wrong_fields(response)) == (422, list(change))


async def test_create_with_friend_ids(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    target = await create_note(session, owner=caller)
    payload = note_payload() | {"friend_ids": [str(target.id)]}

    response = await client.post("/notes", json=payload, headers=authorization(caller))

    assert response.status_code == 201, response.text
    assert response.json()["friend_ids"] == [str(target.id)]


async def test_create_with_a_friends_of_somebody_else(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_user(session)
    target = await create_note(session)
    payload = note_payload() | {"friend_ids": [str(target.id)]}

    response = await client.post("/notes", json=payload, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, ["friend_ids"])


async def test_list(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller)

    response = await client.get("/notes", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert str(note.id) in [item["id"] for item in response.json()["items"]]


async def test_list_needs_a_login(client: AsyncClient) -> None:
    response = await client.get("/notes")

    assert response.status_code == 401


async def test_list_hides_what_somebody_else_owns(
    client: AsyncClient, session: AsyncSession
) -> None:
    note = await create_note(session)
    caller = await create_user(session)

    response = await client.get("/notes", headers=authorization(caller))

    assert response.status_code == 200
    assert str(note.id) not in [item["id"] for item in response.json()["items"]]


async def test_list_page_by_page(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    rows = [await create_note(session, owner=caller) for _ in range(3)]

    forward = await client.get(
        "/notes", params={"sort": "created_at", "limit": 2}, headers=authorization(caller)
    )
    backward = await client.get(
        "/notes", params={"sort": "-created_at", "offset": 2}, headers=authorization(caller)
    )

    assert forward.json()["total"] == backward.json()["total"] == 3
    assert [item["id"] for item in forward.json()["items"]] == [str(row.id) for row in rows[:2]]
    assert [item["id"] for item in backward.json()["items"]] == [str(rows[0].id)]


async def test_list_with_wrong_parameters(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    for parameter in ("no_such_parameter", "sort", "limit", "offset"):
        response = await client.get(
            "/notes", params={parameter: "no_such_value"}, headers=authorization(caller)
        )

        assert response.status_code == 422
        assert [field.split(".")[0] for field in wrong_fields(response)] == [parameter]


async def test_list_filtered(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller)

    found = await client.get("/notes", params=FOUND_BY, headers=authorization(caller))

    assert found.status_code == 200, found.text
    assert str(note.id) in [item["id"] for item in found.json()["items"]]
    for parameter, text in NOT_FOUND_BY:
        others = await client.get("/notes", params={parameter: text}, headers=authorization(caller))

        assert others.status_code == 200, others.text
        assert str(note.id) not in [item["id"] for item in others.json()["items"]], (
            f"{parameter}={text}"
        )


async def test_list_by_owner_id(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller)

    linked = await client.get(
        "/notes", params={"owner_id": str(note.owner_id)}, headers=authorization(caller)
    )
    others = await client.get(
        "/notes", params={"owner_id": str(uuid4())}, headers=authorization(caller)
    )

    assert [item["id"] for item in linked.json()["items"]] == [str(note.id)]
    assert others.json()["total"] == 0


async def test_list_searched(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller)

    found = await client.get("/notes", params={"q": "Body 1"}, headers=authorization(caller))
    others = await client.get("/notes", params={"q": "no such text"}, headers=authorization(caller))

    assert str(note.id) in [item["id"] for item in found.json()["items"]]
    assert others.json()["total"] == 0


async def test_read(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller)

    response = await client.get(f"/notes/{note.id}", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert response.json()["id"] == str(note.id)


async def test_read_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.get(f"/notes/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_read_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    note = await create_note(session)

    response = await client.get(f"/notes/{note.id}")

    assert response.status_code == 401


async def test_read_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    note = await create_note(session)
    caller = await create_user(session)

    response = await client.get(f"/notes/{note.id}", headers=authorization(caller))

    assert response.status_code == 404


async def test_read_counts_likes(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller)
    await create_note_like(session, note_id=note.id)

    response = await client.get(f"/notes/{note.id}", headers=authorization(caller))

    assert response.json()["likes"] == 1


async def test_update(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller)
    change: dict[str, Any] = {"body": "Body 2", "code": "\"'", "meta": {"key": 2}}

    response = await client.patch(f"/notes/{note.id}", json=change, headers=authorization(caller))

    assert response.status_code == 200, response.text
    body = response.json()
    assert body == body | change


async def test_update_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.patch(f"/notes/{uuid4()}", json={}, headers=authorization(caller))

    assert response.status_code == 404


async def test_update_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller)

    for wrong in WRONG_VALUES:
        response = await client.patch(
            f"/notes/{note.id}", json=wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_of_what_is_not_to_be_set(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller)
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.patch(f"/notes/{note.id}", json=wrong, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    note = await create_note(session)

    response = await client.patch(f"/notes/{note.id}", json={})

    assert response.status_code == 401


async def test_update_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    note = await create_note(session)
    caller = await create_user(session)

    response = await client.patch(f"/notes/{note.id}", json={}, headers=authorization(caller))

    assert response.status_code == 404


async def test_delete(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller)

    response = await client.delete(f"/notes/{note.id}", headers=authorization(caller))

    assert response.status_code == 204, response.text
    assert not await is_stored(session, note)


async def test_delete_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.delete(f"/notes/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_delete_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    note = await create_note(session)

    response = await client.delete(f"/notes/{note.id}")

    assert response.status_code == 401
    assert await is_stored(session, note)


async def test_delete_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    note = await create_note(session)
    caller = await create_user(session)

    response = await client.delete(f"/notes/{note.id}", headers=authorization(caller))

    assert response.status_code == 404
    assert await is_stored(session, note)


async def test_delete_with_note_like_note(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller)
    related = await create_note_like(session, note_id=note.id)

    response = await client.delete(f"/notes/{note.id}", headers=authorization(caller))

    assert response.status_code == 204, response.text
    assert not await is_stored(session, related)


@pytest.mark.parametrize("source", ['"""', "{{ x }}"])
async def test_calm_note(client: AsyncClient, session: AsyncSession, source: str) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller, mood=source)

    response = await client.post(f"/notes/{note.id}/calm", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert response.json()["mood"] == "'''"
    assert response.json()["done_at"] is not None


async def test_calm_note_from_a_state_that_does_not_allow_it(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_user(session)
    source = "'''"
    note = await create_note(session, owner=caller, mood=source)

    response = await client.post(f"/notes/{note.id}/calm", headers=authorization(caller))

    assert response.status_code == 409


async def test_calm_note_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.post(f"/notes/{uuid4()}/calm", headers=authorization(caller))

    assert response.status_code == 404


async def test_calm_note_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    note = await create_note(session)

    response = await client.post(f"/notes/{note.id}/calm")

    assert response.status_code == 401


async def test_calm_note_what_somebody_else_owns(
    client: AsyncClient, session: AsyncSession
) -> None:
    note = await create_note(session)
    caller = await create_user(session)

    response = await client.post(f"/notes/{note.id}/calm", headers=authorization(caller))

    assert response.status_code == 404


async def test_like_note_and_unlike_note(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    note = await create_note(session, owner=caller)
    pairs = select(func.count()).select_from(models.NoteLike)

    for _ in range(2):
        response = await client.post(f"/notes/{note.id}/like", headers=authorization(caller))
        assert response.status_code == 204, response.text
        assert await session.scalar(pairs) == 1

    for _ in range(2):
        response = await client.post(f"/notes/{note.id}/unlike", headers=authorization(caller))
        assert response.status_code == 204, response.text
        assert await session.scalar(pairs) == 0


@pytest.mark.parametrize("action", ["/like", "/unlike"])
async def test_like_note_what_is_not_there(
    client: AsyncClient, session: AsyncSession, action: str
) -> None:
    caller = await create_user(session)

    response = await client.post(f"/notes/{uuid4()}{action}", headers=authorization(caller))

    assert response.status_code == 404


@pytest.mark.parametrize("action", ["/like", "/unlike"])
async def test_like_note_needs_a_login(
    client: AsyncClient, session: AsyncSession, action: str
) -> None:
    note = await create_note(session)

    response = await client.post(f"/notes/{note.id}{action}")

    assert response.status_code == 401


@pytest.mark.parametrize("action", ["/like", "/unlike"])
async def test_like_note_what_somebody_else_owns(
    client: AsyncClient, session: AsyncSession, action: str
) -> None:
    note = await create_note(session)
    caller = await create_user(session)

    response = await client.post(f"/notes/{note.id}{action}", headers=authorization(caller))

    assert response.status_code == 404
