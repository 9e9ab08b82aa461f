"""Routes of staff members: who may do what, and what is answered."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import (
    authorization,
    create_doctor,
    create_prescription,
    create_staff,
    is_stored,
    staff_payload,
    wrong_fields,
)

WRONG_VALUES: list[dict[str, Any]] = [
    {
        "email": "",
        "name": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    },
    {"email": "nowhere", "name": None},
    {"email": None},
]
"""Members of a payload, each of which is refused."""
NOT_TO_BE_SET = ["id", "created_at", "no_such_member", "hashed_password", "role"]
FOUND_BY = {
    "email": "email1@example.com",
    "email__icontains": "email1@example.com",
    "name": "Name 1",
    "name__icontains": "Name 1",
}
"""Parameters that let the row of the test through, all of them together."""
NOT_FOUND_BY = [
    ("email", "email2@example.com"),
    ("email__icontains", "no such text"),
    ("name", "Name 2"),
    ("name__icontains", "no such text"),
]
"""Parameters each of which alone keeps it out."""


async def test_create(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    payload = staff_payload()

    response = await client.post("/staff-members", json=payload, headers=authorization(caller))

    assert response.status_code == 201, response.text
    del payload["password"]
    body = response.json()
    assert body == body | payload


async def test_create_needs_a_login(client: AsyncClient) -> None:
    response = await client.post("/staff-members", json={})

    assert response.status_code == 401


async def test_create_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    payload = staff_payload()

    response = await client.post("/staff-members", json=payload, headers=authorization(caller))

    assert response.status_code == 403


async def test_create_without_what_is_needed(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    payload = staff_payload()
    needed = [
        "email",
        "name",
    ]
    rest = {name: value for name, value in payload.items() if name not in needed}

    response = await client.post("/staff-members", json=rest, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(needed))


async def test_create_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    payload = staff_payload()

    for wrong in WRONG_VALUES:
        response = await client.post(
            "/staff-members", json=payload | wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_what_is_not_to_be_set(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="admin")
    payload = staff_payload()
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.post(
        "/staff-members", json=payload | wrong, headers=authorization(caller)
    )

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_a_second_one_with_the_same_email(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="admin")
    await create_staff(session, email="email1@example.com")
    payload = staff_payload() | {"email": "email1@example.com"}

    response = await client.post("/staff-members", json=payload, headers=authorization(caller))

    assert response.status_code == 409, response.text


async def test_list(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    staff = await create_staff(session)

    response = await client.get("/staff-members", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert str(staff.id) in [item["id"] for item in response.json()["items"]]


async def test_list_needs_a_login(client: AsyncClient) -> None:
    response = await client.get("/staff-members")

    assert response.status_code == 401


async def test_list_with_wrong_parameters(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)

    for parameter in ("no_such_parameter", "sort", "limit", "offset"):
        response = await client.get(
            "/staff-members", params={parameter: "no_such_value"}, headers=authorization(caller)
        )

        assert response.status_code == 422
        assert [field.split(".")[0] for field in wrong_fields(response)] == [parameter]


async def test_list_filtered(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    staff = await create_staff(session, email="email1@example.com")

    found = await client.get("/staff-members", params=FOUND_BY, headers=authorization(caller))

    assert found.status_code == 200, found.text
    assert str(staff.id) in [item["id"] for item in found.json()["items"]]
    for parameter, text in NOT_FOUND_BY:
        others = await client.get(
            "/staff-members", params={parameter: text}, headers=authorization(caller)
        )

        assert others.status_code == 200, others.text
        assert str(staff.id) not in [item["id"] for item in others.json()["items"]], (
            f"{parameter}={text}"
        )


async def test_list_searched(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    staff = await create_staff(session, email="email1@example.com")

    found = await client.get(
        "/staff-members", params={"q": "email1@example.com"}, headers=authorization(caller)
    )
    others = await client.get(
        "/staff-members", params={"q": "no such text"}, headers=authorization(caller)
    )

    assert str(staff.id) in [item["id"] for item in found.json()["items"]]
    assert others.json()["total"] == 0


async def test_read(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    staff = await create_staff(session)

    response = await client.get(f"/staff-members/{staff.id}", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert response.json()["id"] == str(staff.id)


async def test_read_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)

    response = await client.get(f"/staff-members/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_read_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    staff = await create_staff(session)

    response = await client.get(f"/staff-members/{staff.id}")

    assert response.status_code == 401


async def test_update(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    staff = caller
    change: dict[str, Any] = {"email": "email2@example.com", "name": "Name 2"}

    response = await client.patch(
        f"/staff-members/{staff.id}", json=change, headers=authorization(caller)
    )

    assert response.status_code == 200, response.text
    body = response.json()
    assert body == body | change
    assert datetime.fromisoformat(body["updated_at"]) > staff.updated_at


async def test_update_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)

    response = await client.patch(
        f"/staff-members/{uuid4()}", json={}, headers=authorization(caller)
    )

    assert response.status_code == 404


async def test_update_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    staff = caller

    for wrong in WRONG_VALUES:
        response = await client.patch(
            f"/staff-members/{staff.id}", json=wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_of_what_is_not_to_be_set(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    staff = caller
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.patch(
        f"/staff-members/{staff.id}", json=wrong, headers=authorization(caller)
    )

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    staff = await create_staff(session)

    response = await client.patch(f"/staff-members/{staff.id}", json={})

    assert response.status_code == 401


async def test_update_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    staff = await create_staff(session)
    caller = await create_staff(session)

    response = await client.patch(
        f"/staff-members/{staff.id}", json={}, headers=authorization(caller)
    )

    assert response.status_code == 403


async def test_update_with_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    staff = await create_staff(session)

    response = await client.patch(
        f"/staff-members/{staff.id}", json={}, headers=authorization(caller)
    )

    assert response.status_code == 200, response.text


async def test_delete(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    staff = await create_staff(session)

    response = await client.delete(f"/staff-members/{staff.id}", headers=authorization(caller))

    assert response.status_code == 204, response.text
    assert not await is_stored(session, staff)


async def test_delete_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")

    response = await client.delete(f"/staff-members/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_delete_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    staff = await create_staff(session)

    response = await client.delete(f"/staff-members/{staff.id}")

    assert response.status_code == 401
    assert await is_stored(session, staff)


async def test_delete_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    staff = await create_staff(session)

    response = await client.delete(f"/staff-members/{staff.id}", headers=authorization(caller))

    assert response.status_code == 403
    assert await is_stored(session, staff)


async def test_delete_with_doctor_account(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    staff = await create_staff(session)
    related = await create_doctor(session, account_id=staff.id)

    response = await client.delete(f"/staff-members/{staff.id}", headers=authorization(caller))

    assert response.status_code == 409
    assert await is_stored(session, staff)
    assert await is_stored(session, related)


async def test_delete_with_prescription_prescriber(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="admin")
    staff = await create_staff(session)
    related = await create_prescription(session, prescriber_id=staff.id)

    response = await client.delete(f"/staff-members/{staff.id}", headers=authorization(caller))

    assert response.status_code == 409
    assert await is_stored(session, staff)
    assert await is_stored(session, related)
