"""Routes of todos: who may do what, and what is answered."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import (
    authorization,
    create_tag,
    create_todo,
    create_user,
    is_stored,
    todo_payload,
    wrong_fields,
)

WRONG_VALUES: list[dict[str, Any]] = [
    {"title": "", "priority": 0, "due_date": "no such thing"},
    {
        "title": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "priority": 6,
    },
    {"title": None, "priority": None},
]
"""Members of a payload, each of which is refused."""
NOT_TO_BE_SET = ["id", "created_at", "no_such_member", "owner_id", "status", "completed_at"]
FOUND_BY = {
    "title": "Title 1",
    "title__icontains": "Title 1",
    "description__icontains": "Description 1",
    "description__isnull": "false",
    "status": "open",
    "status__in": "open,in_progress",
    "priority": "1",
    "priority__in": "1,2",
    "priority__gte": "1",
    "priority__lte": "1",
    "due_date": "2030-01-31",
    "due_date__gte": "2030-01-31",
    "due_date__lte": "2030-01-31",
    "due_date__isnull": "false",
}
"""Parameters that let the row of the test through, all of them together."""
NOT_FOUND_BY = [
    ("title", "Title 2"),
    ("title__icontains", "no such text"),
    ("description__icontains", "no such text"),
    ("description__isnull", "true"),
    ("status", "in_progress"),
    ("status__in", "in_progress"),
    ("priority", "2"),
    ("priority__in", "2"),
    ("priority__gt", "1"),
    ("priority__gte", "2"),
    ("priority__lt", "1"),
    ("due_date", "2030-02-01"),
    ("due_date__gt", "2030-01-31"),
    ("due_date__gte", "2030-02-01"),
    ("due_date__lt", "2030-01-31"),
    ("due_date__isnull", "true"),
]
"""Parameters each of which alone keeps it out."""


async def test_create(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    payload = todo_payload()

    response = await client.post("/todos", json=payload, headers=authorization(caller))

    assert response.status_code == 201, response.text
    body = response.json()
    assert body == body | payload


async def test_create_needs_a_login(client: AsyncClient) -> None:
    response = await client.post("/todos", json={})

    assert response.status_code == 401


async def test_create_without_what_is_needed(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    payload = todo_payload()
    needed = [
        "title",
    ]
    rest = {name: value for name, value in payload.items() if name not in needed}

    response = await client.post("/todos", json=rest, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(needed))


async def test_create_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    payload = todo_payload()

    for wrong in WRONG_VALUES:
        response = await client.post("/todos", json=payload | wrong, headers=authorization(caller))

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_what_is_not_to_be_set(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_user(session)
    payload = todo_payload()
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.post("/todos", json=payload | wrong, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_links_to_nothing(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    payload = todo_payload()
    nothing = str(uuid4())
    changes: list[dict[str, Any]] = [
        {"tag_ids": [nothing]},
    ]

    for change in changes:
        response = await client.post("/todos", json=payload | change, headers=authorization(caller))

        assert (response.status_code, wrong_fields(response)) == (422, list(change))


async def test_create_with_tag_ids(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    target = await create_tag(session, owner=caller)
    payload = todo_payload() | {"tag_ids": [str(target.id)]}

    response = await client.post("/todos", json=payload, headers=authorization(caller))

    assert response.status_code == 201, response.text
    assert response.json()["tag_ids"] == [str(target.id)]


async def test_create_with_a_tags_of_somebody_else(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_user(session)
    target = await create_tag(session)
    payload = todo_payload() | {"tag_ids": [str(target.id)]}

    response = await client.post("/todos", json=payload, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, ["tag_ids"])


async def test_list(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    todo = await create_todo(session, owner=caller)

    response = await client.get("/todos", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert str(todo.id) in [item["id"] for item in response.json()["items"]]


async def test_list_needs_a_login(client: AsyncClient) -> None:
    response = await client.get("/todos")

    assert response.status_code == 401


async def test_list_hides_what_somebody_else_owns(
    client: AsyncClient, session: AsyncSession
) -> None:
    todo = await create_todo(session)
    caller = await create_user(session)

    response = await client.get("/todos", headers=authorization(caller))

    assert response.status_code == 200
    assert str(todo.id) not in [item["id"] for item in response.json()["items"]]


async def test_list_page_by_page(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    rows = [await create_todo(session, owner=caller) for _ in range(3)]

    forward = await client.get(
        "/todos", params={"sort": "created_at", "limit": 2}, headers=authorization(caller)
    )
    backward = await client.get(
        "/todos", params={"sort": "-created_at", "offset": 2}, headers=authorization(caller)
    )

    assert forward.json()["total"] == backward.json()["total"] == 3
    assert [item["id"] for item in forward.json()["items"]] == [str(row.id) for row in rows[:2]]
    assert [item["id"] for item in backward.json()["items"]] == [str(rows[0].id)]


async def test_list_with_wrong_parameters(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    for parameter in ("no_such_parameter", "sort", "limit", "offset"):
        response = await client.get(
            "/todos", params={parameter: "no_such_value"}, headers=authorization(caller)
        )

        assert response.status_code == 422
        assert [field.split(".")[0] for field in wrong_fields(response)] == [parameter]


async def test_list_filtered(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    todo = await create_todo(session, owner=caller)

    found = await client.get("/todos", params=FOUND_BY, headers=authorization(caller))

    assert found.status_code == 200, found.text
    assert str(todo.id) in [item["id"] for item in found.json()["items"]]
    for parameter, text in NOT_FOUND_BY:
        others = await client.get("/todos", params={parameter: text}, headers=authorization(caller))

        assert others.status_code == 200, others.text
        assert str(todo.id) not in [item["id"] for item in others.json()["items"]], (
            f"{parameter}={text}"
        )


async def test_list_by_owner_id(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    todo = await create_todo(session, owner=caller)

    linked = await client.get(
        "/todos", params={"owner_id": str(todo.owner_id)}, headers=authorization(caller)
    )
    others = await client.get(
        "/todos", params={"owner_id": str(uuid4())}, headers=authorization(caller)
    )

    assert [item["id"] for item in linked.json()["items"]] == [str(todo.id)]
    assert others.json()["total"] == 0


async def test_list_searched(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    todo = await create_todo(session, owner=caller)

    found = await client.get("/todos", params={"q": "Title 1"}, headers=authorization(caller))
    others = await client.get("/todos", params={"q": "no such text"}, headers=authorization(caller))

    assert str(todo.id) in [item["id"] for item in found.json()["items"]]
    assert others.json()["total"] == 0


async def test_read(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    todo = await create_todo(session, owner=caller)

    response = await client.get(f"/todos/{todo.id}", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert response.json()["id"] == str(todo.id)


async def test_read_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.get(f"/todos/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_read_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    todo = await create_todo(session)

    response = await client.get(f"/todos/{todo.id}")

    assert response.status_code == 401


async def test_read_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    todo = await create_todo(session)
    caller = await create_user(session)

    response = await client.get(f"/todos/{todo.id}", headers=authorization(caller))

    assert response.status_code == 404


async def test_update(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    todo = await create_todo(session, owner=caller)
    change: dict[str, Any] = {
        "title": "Title 2",
        "description": "Description 2",
        "priority": 2,
        "due_date": "2030-02-01",
    }

    response = await client.patch(f"/todos/{todo.id}", json=change, headers=authorization(caller))

    assert response.status_code == 200, response.text
    body = response.json()
    assert body == body | change
    assert datetime.fromisoformat(body["updated_at"]) > todo.updated_at


async def test_update_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.patch(f"/todos/{uuid4()}", json={}, headers=authorization(caller))

    assert response.status_code == 404


async def test_update_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    todo = await create_todo(session, owner=caller)

    for wrong in WRONG_VALUES:
        response = await client.patch(
            f"/todos/{todo.id}", json=wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_of_what_is_not_to_be_set(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    todo = await create_todo(session, owner=caller)
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.patch(f"/todos/{todo.id}", json=wrong, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    todo = await create_todo(session)

    response = await client.patch(f"/todos/{todo.id}", json={})

    assert response.status_code == 401


async def test_update_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    todo = await create_todo(session)
    caller = await create_user(session)

    response = await client.patch(f"/todos/{todo.id}", json={}, headers=authorization(caller))

    assert response.status_code == 404


async def test_delete(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    todo = await create_todo(session, owner=caller)

    response = await client.delete(f"/todos/{todo.id}", headers=authorization(caller))

    assert response.status_code == 204, response.text
    assert not await is_stored(session, todo)


async def test_delete_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.delete(f"/todos/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_delete_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    todo = await create_todo(session)

    response = await client.delete(f"/todos/{todo.id}")

    assert response.status_code == 401
    assert await is_stored(session, todo)


async def test_delete_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    todo = await create_todo(session)
    caller = await create_user(session)

    response = await client.delete(f"/todos/{todo.id}", headers=authorization(caller))

    assert response.status_code == 404
    assert await is_stored(session, todo)


@pytest.mark.parametrize("source", ["open", "in_progress"])
async def test_complete_todo(client: AsyncClient, session: AsyncSession, source: str) -> None:
    caller = await create_user(session)
    todo = await create_todo(session, owner=caller, status=source)

    response = await client.post(f"/todos/{todo.id}/complete", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert response.json()["status"] == "done"
    assert response.json()["completed_at"] is not None


async def test_complete_todo_from_a_state_that_does_not_allow_it(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_user(session)
    source = "done"
    todo = await create_todo(session, owner=caller, status=source)

    response = await client.post(f"/todos/{todo.id}/complete", headers=authorization(caller))

    assert response.status_code == 409


async def test_complete_todo_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)

    response = await client.post(f"/todos/{uuid4()}/complete", headers=authorization(caller))

    assert response.status_code == 404


async def test_complete_todo_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    todo = await create_todo(session)

    response = await client.post(f"/todos/{todo.id}/complete")

    assert response.status_code == 401


async def test_complete_todo_what_somebody_else_owns(
    client: AsyncClient, session: AsyncSession
) -> None:
    todo = await create_todo(session)
    caller = await create_user(session)

    response = await client.post(f"/todos/{todo.id}/complete", headers=authorization(caller))

    assert response.status_code == 404
