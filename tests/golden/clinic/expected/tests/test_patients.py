"""Routes of patients: who may do what, and what is answered."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import (
    authorization,
    create_appointment,
    create_patient,
    create_staff,
    is_stored,
    patient_payload,
    wrong_fields,
)

WRONG_VALUES: list[dict[str, Any]] = [
    {
        "first_name": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "last_name": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "date_of_birth": "no such thing",
        "email": "",
    },
    {"first_name": None, "last_name": None, "date_of_birth": None, "email": "nowhere"},
]
"""Members of a payload, each of which is refused."""
NOT_TO_BE_SET = ["id", "created_at", "no_such_member"]
FOUND_BY = {
    "first_name": "First name 1",
    "first_name__icontains": "First name 1",
    "last_name": "Last name 1",
    "last_name__icontains": "Last name 1",
    "date_of_birth": "2030-01-31",
    "date_of_birth__gte": "2030-01-31",
    "date_of_birth__lte": "2030-01-31",
    "email": "email1@example.com",
    "email__icontains": "email1@example.com",
    "email__isnull": "false",
}
"""Parameters that let the row of the test through, all of them together."""
NOT_FOUND_BY = [
    ("first_name", "First name 2"),
    ("first_name__icontains", "no such text"),
    ("last_name", "Last name 2"),
    ("last_name__icontains", "no such text"),
    ("date_of_birth", "2030-02-01"),
    ("date_of_birth__gt", "2030-01-31"),
    ("date_of_birth__gte", "2030-02-01"),
    ("date_of_birth__lt", "2030-01-31"),
    ("email", "email2@example.com"),
    ("email__icontains", "no such text"),
    ("email__isnull", "true"),
]
"""Parameters each of which alone keeps it out."""


async def test_create(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    payload = patient_payload()

    response = await client.post("/patients", json=payload, headers=authorization(caller))

    assert response.status_code == 201, response.text
    del payload["insurance_code"]
    body = response.json()
    assert body == body | payload
    assert "insurance_code" not in body


async def test_create_needs_a_login(client: AsyncClient) -> None:
    response = await client.post("/patients", json={})

    assert response.status_code == 401


async def test_create_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    payload = patient_payload()

    response = await client.post("/patients", json=payload, headers=authorization(caller))

    assert response.status_code == 403


async def test_create_without_what_is_needed(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    payload = patient_payload()
    needed = [
        "first_name",
        "last_name",
        "date_of_birth",
    ]
    rest = {name: value for name, value in payload.items() if name not in needed}

    response = await client.post("/patients", json=rest, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(needed))


async def test_create_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    payload = patient_payload()

    for wrong in WRONG_VALUES:
        response = await client.post(
            "/patients", json=payload | wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_what_is_not_to_be_set(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="receptionist")
    payload = patient_payload()
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.post("/patients", json=payload | wrong, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_list(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    patient = await create_patient(session)

    response = await client.get("/patients", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert str(patient.id) in [item["id"] for item in response.json()["items"]]


async def test_list_needs_a_login(client: AsyncClient) -> None:
    response = await client.get("/patients")

    assert response.status_code == 401


async def test_list_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)

    response = await client.get("/patients", headers=authorization(caller))

    assert response.status_code == 403


async def test_list_page_by_page(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    rows = [await create_patient(session) for _ in range(3)]

    forward = await client.get(
        "/patients", params={"sort": "created_at", "limit": 2}, headers=authorization(caller)
    )
    backward = await client.get(
        "/patients", params={"sort": "-created_at", "offset": 2}, headers=authorization(caller)
    )

    assert forward.json()["total"] == backward.json()["total"] == 3
    assert [item["id"] for item in forward.json()["items"]] == [str(row.id) for row in rows[:2]]
    assert [item["id"] for item in backward.json()["items"]] == [str(rows[0].id)]


async def test_list_with_wrong_parameters(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")

    for parameter in ("no_such_parameter", "sort", "limit", "offset"):
        response = await client.get(
            "/patients", params={parameter: "no_such_value"}, headers=authorization(caller)
        )

        assert response.status_code == 422
        assert [field.split(".")[0] for field in wrong_fields(response)] == [parameter]


async def test_list_filtered(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    patient = await create_patient(session)

    found = await client.get("/patients", params=FOUND_BY, headers=authorization(caller))

    assert found.status_code == 200, found.text
    assert str(patient.id) in [item["id"] for item in found.json()["items"]]
    for parameter, text in NOT_FOUND_BY:
        others = await client.get(
            "/patients", params={parameter: text}, headers=authorization(caller)
        )

        assert others.status_code == 200, others.text
        assert str(patient.id) not in [item["id"] for item in others.json()["items"]], (
            f"{parameter}={text}"
        )


async def test_list_searched(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    patient = await create_patient(session)

    found = await client.get(
        "/patients", params={"q": "First name 1"}, headers=authorization(caller)
    )
    others = await client.get(
        "/patients", params={"q": "no such text"}, headers=authorization(caller)
    )

    assert str(patient.id) in [item["id"] for item in found.json()["items"]]
    assert others.json()["total"] == 0


async def test_read(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    patient = await create_patient(session)

    response = await client.get(f"/patients/{patient.id}", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert response.json()["id"] == str(patient.id)
    assert "insurance_code" not in response.json()


async def test_read_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")

    response = await client.get(f"/patients/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_read_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    patient = await create_patient(session)

    response = await client.get(f"/patients/{patient.id}")

    assert response.status_code == 401


async def test_read_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    patient = await create_patient(session)

    response = await client.get(f"/patients/{patient.id}", headers=authorization(caller))

    assert response.status_code == 403


async def test_update(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    patient = await create_patient(session)
    change: dict[str, Any] = {
        "first_name": "First name 2",
        "last_name": "Last name 2",
        "date_of_birth": "2030-02-01",
        "email": "email2@example.com",
        "allergies": {"key": 2},
    }

    response = await client.patch(
        f"/patients/{patient.id}", json=change, headers=authorization(caller)
    )

    assert response.status_code == 200, response.text
    body = response.json()
    assert body == body | change
    assert datetime.fromisoformat(body["updated_at"]) > patient.updated_at


async def test_update_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")

    response = await client.patch(f"/patients/{uuid4()}", json={}, headers=authorization(caller))

    assert response.status_code == 404


async def test_update_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    patient = await create_patient(session)

    for wrong in WRONG_VALUES:
        response = await client.patch(
            f"/patients/{patient.id}", json=wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_of_what_is_not_to_be_set(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    patient = await create_patient(session)
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.patch(
        f"/patients/{patient.id}", json=wrong, headers=authorization(caller)
    )

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    patient = await create_patient(session)

    response = await client.patch(f"/patients/{patient.id}", json={})

    assert response.status_code == 401


async def test_update_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    patient = await create_patient(session)

    response = await client.patch(f"/patients/{patient.id}", json={}, headers=authorization(caller))

    assert response.status_code == 403


async def test_delete(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    patient = await create_patient(session)

    response = await client.delete(f"/patients/{patient.id}", headers=authorization(caller))

    assert response.status_code == 204, response.text
    assert not await is_stored(session, patient)


async def test_delete_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")

    response = await client.delete(f"/patients/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_delete_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    patient = await create_patient(session)

    response = await client.delete(f"/patients/{patient.id}")

    assert response.status_code == 401
    assert await is_stored(session, patient)


async def test_delete_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    patient = await create_patient(session)

    response = await client.delete(f"/patients/{patient.id}", headers=authorization(caller))

    assert response.status_code == 403
    assert await is_stored(session, patient)


async def test_delete_with_appointment_patient(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    patient = await create_patient(session)
    related = await create_appointment(session, patient_id=patient.id)

    response = await client.delete(f"/patients/{patient.id}", headers=authorization(caller))

    assert response.status_code == 204, response.text
    assert not await is_stored(session, related)
