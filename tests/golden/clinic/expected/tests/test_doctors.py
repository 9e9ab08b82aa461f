"""Routes of doctors: who may do what, and what is answered."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import (
    authorization,
    create_appointment,
    create_doctor,
    create_staff,
    doctor_payload,
    is_stored,
    wrong_fields,
)

WRONG_VALUES: list[dict[str, Any]] = [
    {"license_number": "", "specialty": "no such value", "consultation_fee": "-0.01"},
    {"license_number": "~", "specialty": None, "consultation_fee": "10000.00"},
    {"license_number": None},
]
"""Members of a payload, each of which is refused."""
NOT_TO_BE_SET = ["id", "created_at", "no_such_member"]
FOUND_BY = {
    "license_number": "aaaaaa",
    "license_number__icontains": "aaaaaa",
    "specialty": "general",
    "specialty__in": "general,cardiology",
    "consultation_fee": "10.00",
    "consultation_fee__gte": "10.00",
    "consultation_fee__lte": "10.00",
    "consultation_fee__isnull": "false",
}
"""Parameters that let the row of the test through, all of them together."""
NOT_FOUND_BY = [
    ("license_number", "aaaaab"),
    ("license_number__icontains", "no such text"),
    ("specialty", "cardiology"),
    ("specialty__in", "cardiology"),
    ("consultation_fee", "10.01"),
    ("consultation_fee__gt", "10.00"),
    ("consultation_fee__gte", "10.01"),
    ("consultation_fee__lt", "10.00"),
    ("consultation_fee__isnull", "true"),
]
"""Parameters each of which alone keeps it out."""


async def test_create(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    payload = await doctor_payload(session)

    response = await client.post("/doctors", json=payload, headers=authorization(caller))

    assert response.status_code == 201, response.text
    body = response.json()
    assert body == body | payload


async def test_create_needs_a_login(client: AsyncClient) -> None:
    response = await client.post("/doctors", json={})

    assert response.status_code == 401


async def test_create_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    payload = await doctor_payload(session)

    response = await client.post("/doctors", json=payload, headers=authorization(caller))

    assert response.status_code == 403


async def test_create_without_what_is_needed(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    payload = await doctor_payload(session)
    needed = [
        "license_number",
        "specialty",
    ]
    rest = {name: value for name, value in payload.items() if name not in needed}

    response = await client.post("/doctors", json=rest, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(needed))


async def test_create_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    payload = await doctor_payload(session)

    for wrong in WRONG_VALUES:
        response = await client.post(
            "/doctors", json=payload | wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_what_is_not_to_be_set(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="admin")
    payload = await doctor_payload(session)
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.post("/doctors", json=payload | wrong, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_links_to_nothing(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    payload = await doctor_payload(session)
    nothing = str(uuid4())
    changes: list[dict[str, Any]] = [
        {"account_id": nothing},
    ]

    for change in changes:
        response = await client.post(
            "/doctors", json=payload | change, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, list(change))


async def test_create_a_second_one_with_the_same_license_number(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="admin")
    await create_doctor(session, license_number="aaaaaa")
    payload = await doctor_payload(session) | {"license_number": "aaaaaa"}

    response = await client.post("/doctors", json=payload, headers=authorization(caller))

    assert response.status_code == 409, response.text


async def test_create_a_second_one_with_the_same_account(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="admin")
    stored = await create_doctor(session)
    payload = await doctor_payload(session, account_id=str(stored.account_id))

    response = await client.post("/doctors", json=payload, headers=authorization(caller))

    assert response.status_code == 409, response.text


async def test_list(client: AsyncClient, session: AsyncSession) -> None:
    doctor = await create_doctor(session)

    response = await client.get("/doctors")

    assert response.status_code == 200, response.text
    assert str(doctor.id) in [item["id"] for item in response.json()["items"]]


async def test_list_page_by_page(client: AsyncClient, session: AsyncSession) -> None:
    rows = [await create_doctor(session) for _ in range(3)]

    forward = await client.get("/doctors", params={"sort": "created_at", "limit": 2})
    backward = await client.get("/doctors", params={"sort": "-created_at", "offset": 2})

    assert forward.json()["total"] == backward.json()["total"] == 3
    assert [item["id"] for item in forward.json()["items"]] == [str(row.id) for row in rows[:2]]
    assert [item["id"] for item in backward.json()["items"]] == [str(rows[0].id)]


async def test_list_with_wrong_parameters(client: AsyncClient) -> None:
    for parameter in ("no_such_parameter", "sort", "limit", "offset"):
        response = await client.get("/doctors", params={parameter: "no_such_value"})

        assert response.status_code == 422
        assert [field.split(".")[0] for field in wrong_fields(response)] == [parameter]


async def test_list_filtered(client: AsyncClient, session: AsyncSession) -> None:
    doctor = await create_doctor(session, license_number="aaaaaa")

    found = await client.get("/doctors", params=FOUND_BY)

    assert found.status_code == 200, found.text
    assert str(doctor.id) in [item["id"] for item in found.json()["items"]]
    for parameter, text in NOT_FOUND_BY:
        others = await client.get("/doctors", params={parameter: text})

        assert others.status_code == 200, others.text
        assert str(doctor.id) not in [item["id"] for item in others.json()["items"]], (
            f"{parameter}={text}"
        )


async def test_list_by_account_id(client: AsyncClient, session: AsyncSession) -> None:
    doctor = await create_doctor(session)

    linked = await client.get("/doctors", params={"account_id": str(doctor.account_id)})
    others = await client.get("/doctors", params={"account_id": str(uuid4())})

    assert [item["id"] for item in linked.json()["items"]] == [str(doctor.id)]
    assert others.json()["total"] == 0


async def test_list_searched(client: AsyncClient, session: AsyncSession) -> None:
    doctor = await create_doctor(session, license_number="aaaaaa")

    found = await client.get("/doctors", params={"q": "aaaaaa"})
    others = await client.get("/doctors", params={"q": "no such text"})

    assert str(doctor.id) in [item["id"] for item in found.json()["items"]]
    assert others.json()["total"] == 0


async def test_read(client: AsyncClient, session: AsyncSession) -> None:
    doctor = await create_doctor(session)

    response = await client.get(f"/doctors/{doctor.id}")

    assert response.status_code == 200, response.text
    assert response.json()["id"] == str(doctor.id)


async def test_read_what_is_not_there(client: AsyncClient) -> None:
    response = await client.get(f"/doctors/{uuid4()}")

    assert response.status_code == 404


async def test_update(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    doctor = await create_doctor(session)
    change: dict[str, Any] = {
        "license_number": "aaaaab",
        "specialty": "cardiology",
        "consultation_fee": "10.01",
    }

    response = await client.patch(
        f"/doctors/{doctor.id}", json=change, headers=authorization(caller)
    )

    assert response.status_code == 200, response.text
    body = response.json()
    assert body == body | change
    assert datetime.fromisoformat(body["updated_at"]) > doctor.updated_at


async def test_update_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")

    response = await client.patch(f"/doctors/{uuid4()}", json={}, headers=authorization(caller))

    assert response.status_code == 404


async def test_update_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    doctor = await create_doctor(session)

    for wrong in WRONG_VALUES:
        response = await client.patch(
            f"/doctors/{doctor.id}", json=wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_of_what_is_not_to_be_set(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    doctor = await create_doctor(session)
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.patch(
        f"/doctors/{doctor.id}", json=wrong, headers=authorization(caller)
    )

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    doctor = await create_doctor(session)

    response = await client.patch(f"/doctors/{doctor.id}", json={})

    assert response.status_code == 401


async def test_update_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    doctor = await create_doctor(session)

    response = await client.patch(f"/doctors/{doctor.id}", json={}, headers=authorization(caller))

    assert response.status_code == 403


async def test_delete(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    doctor = await create_doctor(session)

    response = await client.delete(f"/doctors/{doctor.id}", headers=authorization(caller))

    assert response.status_code == 204, response.text
    assert not await is_stored(session, doctor)


async def test_delete_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")

    response = await client.delete(f"/doctors/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_delete_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    doctor = await create_doctor(session)

    response = await client.delete(f"/doctors/{doctor.id}")

    assert response.status_code == 401
    assert await is_stored(session, doctor)


async def test_delete_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    doctor = await create_doctor(session)

    response = await client.delete(f"/doctors/{doctor.id}", headers=authorization(caller))

    assert response.status_code == 403
    assert await is_stored(session, doctor)


async def test_delete_with_appointment_doctor(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    doctor = await create_doctor(session)
    related = await create_appointment(session, doctor_id=doctor.id)

    response = await client.delete(f"/doctors/{doctor.id}", headers=authorization(caller))

    assert response.status_code == 409
    assert await is_stored(session, doctor)
    assert await is_stored(session, related)
