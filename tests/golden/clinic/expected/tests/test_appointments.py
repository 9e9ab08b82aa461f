"""Routes of appointments: who may do what, and what is answered."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import (
    appointment_payload,
    authorization,
    create_appointment,
    create_staff,
    wrong_fields,
)

WRONG_VALUES: list[dict[str, Any]] = [
    {"starts_at": "no such thing", "duration_minutes": 4, "room_opens": "no such thing"},
    {"starts_at": None, "duration_minutes": 481},
    {"duration_minutes": None},
]
"""Members of a payload, each of which is refused."""
NOT_TO_BE_SET = ["id", "created_at", "no_such_member", "status"]
FOUND_BY = {
    "starts_at": "2030-01-31T12:00:00Z",
    "starts_at__gte": "2030-01-31T12:00:00Z",
    "starts_at__lte": "2030-01-31T12:00:00Z",
    "duration_minutes": "5",
    "duration_minutes__in": "5,6",
    "duration_minutes__gte": "5",
    "duration_minutes__lte": "5",
    "room_opens": "08:00:00",
    "room_opens__gte": "08:00:00",
    "room_opens__lte": "08:00:00",
    "room_opens__isnull": "false",
    "reason__icontains": "Reason 1",
    "reason__isnull": "false",
    "status": "requested",
    "status__in": "requested,confirmed",
}
"""Parameters that let the row of the test through, all of them together."""
NOT_FOUND_BY = [
    ("starts_at", "2030-01-31T12:01:00Z"),
    ("starts_at__gt", "2030-01-31T12:00:00Z"),
    ("starts_at__gte", "2030-01-31T12:01:00Z"),
    ("starts_at__lt", "2030-01-31T12:00:00Z"),
    ("duration_minutes", "6"),
    ("duration_minutes__in", "6"),
    ("duration_minutes__gt", "5"),
    ("duration_minutes__gte", "6"),
    ("duration_minutes__lt", "5"),
    ("room_opens", "08:01:00"),
    ("room_opens__gt", "08:00:00"),
    ("room_opens__gte", "08:01:00"),
    ("room_opens__lt", "08:00:00"),
    ("room_opens__isnull", "true"),
    ("reason__icontains", "no such text"),
    ("reason__isnull", "true"),
    ("status", "confirmed"),
    ("status__in", "confirmed"),
]
"""Parameters each of which alone keeps it out."""


async def test_create(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    payload = await appointment_payload(session)

    response = await client.post("/appointments", json=payload, headers=authorization(caller))

    assert response.status_code == 201, response.text
    body = response.json()
    assert body == body | payload


async def test_create_needs_a_login(client: AsyncClient) -> None:
    response = await client.post("/appointments", json={})

    assert response.status_code == 401


async def test_create_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    payload = await appointment_payload(session)

    response = await client.post("/appointments", json=payload, headers=authorization(caller))

    assert response.status_code == 403


async def test_create_without_what_is_needed(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    payload = await appointment_payload(session)
    needed = [
        "starts_at",
    ]
    rest = {name: value for name, value in payload.items() if name not in needed}

    response = await client.post("/appointments", json=rest, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(needed))


async def test_create_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    payload = await appointment_payload(session)

    for wrong in WRONG_VALUES:
        response = await client.post(
            "/appointments", json=payload | wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_what_is_not_to_be_set(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="receptionist")
    payload = await appointment_payload(session)
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.post(
        "/appointments", json=payload | wrong, headers=authorization(caller)
    )

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_links_to_nothing(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    payload = await appointment_payload(session)
    nothing = str(uuid4())
    changes: list[dict[str, Any]] = [
        {"patient_id": nothing},
        {"doctor_id": nothing},
    ]

    for change in changes:
        response = await client.post(
            "/appointments", json=payload | change, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, list(change))


async def test_create_a_second_one_with_the_same_doctor_and_starts_at(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="receptionist")
    stored = await create_appointment(session, starts_at=datetime(2030, 1, 31, 12, 0, tzinfo=UTC))
    payload = await appointment_payload(session, doctor_id=str(stored.doctor_id)) | {
        "starts_at": "2030-01-31T12:00:00Z"
    }

    response = await client.post("/appointments", json=payload, headers=authorization(caller))

    assert response.status_code == 409, response.text


async def test_list(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    appointment = await create_appointment(session)

    response = await client.get("/appointments", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert str(appointment.id) in [item["id"] for item in response.json()["items"]]


async def test_list_needs_a_login(client: AsyncClient) -> None:
    response = await client.get("/appointments")

    assert response.status_code == 401


async def test_list_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)

    response = await client.get("/appointments", headers=authorization(caller))

    assert response.status_code == 403


async def test_list_page_by_page(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    rows = [await create_appointment(session) for _ in range(3)]

    forward = await client.get(
        "/appointments", params={"sort": "created_at", "limit": 2}, headers=authorization(caller)
    )
    backward = await client.get(
        "/appointments", params={"sort": "-created_at", "offset": 2}, headers=authorization(caller)
    )

    assert forward.json()["total"] == backward.json()["total"] == 3
    assert [item["id"] for item in forward.json()["items"]] == [str(row.id) for row in rows[:2]]
    assert [item["id"] for item in backward.json()["items"]] == [str(rows[0].id)]


async def test_list_with_wrong_parameters(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")

    for parameter in ("no_such_parameter", "sort", "limit", "offset"):
        response = await client.get(
            "/appointments", params={parameter: "no_such_value"}, headers=authorization(caller)
        )

        assert response.status_code == 422
        assert [field.split(".")[0] for field in wrong_fields(response)] == [parameter]


async def test_list_filtered(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    appointment = await create_appointment(
        session, starts_at=datetime(2030, 1, 31, 12, 0, tzinfo=UTC)
    )

    found = await client.get("/appointments", params=FOUND_BY, headers=authorization(caller))

    assert found.status_code == 200, found.text
    assert str(appointment.id) in [item["id"] for item in found.json()["items"]]
    for parameter, text in NOT_FOUND_BY:
        others = await client.get(
            "/appointments", params={parameter: text}, headers=authorization(caller)
        )

        assert others.status_code == 200, others.text
        assert str(appointment.id) not in [item["id"] for item in others.json()["items"]], (
            f"{parameter}={text}"
        )


async def test_list_by_patient_id(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    appointment = await create_appointment(session)

    linked = await client.get(
        "/appointments",
        params={"patient_id": str(appointment.patient_id)},
        headers=authorization(caller),
    )
    others = await client.get(
        "/appointments", params={"patient_id": str(uuid4())}, headers=authorization(caller)
    )

    assert [item["id"] for item in linked.json()["items"]] == [str(appointment.id)]
    assert others.json()["total"] == 0


async def test_list_by_doctor_id(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    appointment = await create_appointment(session)

    linked = await client.get(
        "/appointments",
        params={"doctor_id": str(appointment.doctor_id)},
        headers=authorization(caller),
    )
    others = await client.get(
        "/appointments", params={"doctor_id": str(uuid4())}, headers=authorization(caller)
    )

    assert [item["id"] for item in linked.json()["items"]] == [str(appointment.id)]
    assert others.json()["total"] == 0


async def test_list_searched(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    appointment = await create_appointment(
        session, starts_at=datetime(2030, 1, 31, 12, 0, tzinfo=UTC)
    )

    found = await client.get(
        "/appointments", params={"q": "Reason 1"}, headers=authorization(caller)
    )
    others = await client.get(
        "/appointments", params={"q": "no such text"}, headers=authorization(caller)
    )

    assert str(appointment.id) in [item["id"] for item in found.json()["items"]]
    assert others.json()["total"] == 0


async def test_read(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    appointment = await create_appointment(session)

    response = await client.get(f"/appointments/{appointment.id}", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert response.json()["id"] == str(appointment.id)


async def test_read_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")

    response = await client.get(f"/appointments/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_read_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    appointment = await create_appointment(session)

    response = await client.get(f"/appointments/{appointment.id}")

    assert response.status_code == 401


async def test_read_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    appointment = await create_appointment(session)

    response = await client.get(f"/appointments/{appointment.id}", headers=authorization(caller))

    assert response.status_code == 403


async def test_update(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    appointment = await create_appointment(session)
    change: dict[str, Any] = {
        "starts_at": "2030-01-31T12:01:00Z",
        "duration_minutes": 6,
        "room_opens": "08:01:00",
        "reason": "Reason 2",
    }

    response = await client.patch(
        f"/appointments/{appointment.id}", json=change, headers=authorization(caller)
    )

    assert response.status_code == 200, response.text
    body = response.json()
    assert body == body | change
    assert datetime.fromisoformat(body["updated_at"]) > appointment.updated_at


async def test_update_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")

    response = await client.patch(
        f"/appointments/{uuid4()}", json={}, headers=authorization(caller)
    )

    assert response.status_code == 404


async def test_update_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    appointment = await create_appointment(session)

    for wrong in WRONG_VALUES:
        response = await client.patch(
            f"/appointments/{appointment.id}", json=wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_of_what_is_not_to_be_set(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="receptionist")
    appointment = await create_appointment(session)
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.patch(
        f"/appointments/{appointment.id}", json=wrong, headers=authorization(caller)
    )

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    appointment = await create_appointment(session)

    response = await client.patch(f"/appointments/{appointment.id}", json={})

    assert response.status_code == 401


async def test_update_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    appointment = await create_appointment(session)

    response = await client.patch(
        f"/appointments/{appointment.id}", json={}, headers=authorization(caller)
    )

    assert response.status_code == 403


@pytest.mark.parametrize("source", ["requested"])
async def test_confirm_appointment(client: AsyncClient, session: AsyncSession, source: str) -> None:
    caller = await create_staff(session, role="doctor")
    appointment = await create_appointment(session, status=source)

    response = await client.post(
        f"/appointments/{appointment.id}/confirm", headers=authorization(caller)
    )

    assert response.status_code == 200, response.text
    assert response.json()["status"] == "confirmed"


async def test_confirm_appointment_from_a_state_that_does_not_allow_it(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="doctor")
    source = "confirmed"
    appointment = await create_appointment(session, status=source)

    response = await client.post(
        f"/appointments/{appointment.id}/confirm", headers=authorization(caller)
    )

    assert response.status_code == 409


async def test_confirm_appointment_what_is_not_there(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="doctor")

    response = await client.post(f"/appointments/{uuid4()}/confirm", headers=authorization(caller))

    assert response.status_code == 404


async def test_confirm_appointment_needs_a_login(
    client: AsyncClient, session: AsyncSession
) -> None:
    appointment = await create_appointment(session)

    response = await client.post(f"/appointments/{appointment.id}/confirm")

    assert response.status_code == 401


async def test_confirm_appointment_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    appointment = await create_appointment(session)

    response = await client.post(
        f"/appointments/{appointment.id}/confirm", headers=authorization(caller)
    )

    assert response.status_code == 403


@pytest.mark.parametrize("source", ["confirmed"])
async def test_complete_appointment(
    client: AsyncClient, session: AsyncSession, source: str
) -> None:
    caller = await create_staff(session, role="doctor")
    appointment = await create_appointment(session, status=source)

    response = await client.post(
        f"/appointments/{appointment.id}/complete", headers=authorization(caller)
    )

    assert response.status_code == 200, response.text
    assert response.json()["status"] == "completed"


async def test_complete_appointment_from_a_state_that_does_not_allow_it(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="doctor")
    source = "requested"
    appointment = await create_appointment(session, status=source)

    response = await client.post(
        f"/appointments/{appointment.id}/complete", headers=authorization(caller)
    )

    assert response.status_code == 409


async def test_complete_appointment_what_is_not_there(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="doctor")

    response = await client.post(f"/appointments/{uuid4()}/complete", headers=authorization(caller))

    assert response.status_code == 404


async def test_complete_appointment_needs_a_login(
    client: AsyncClient, session: AsyncSession
) -> None:
    appointment = await create_appointment(session)

    response = await client.post(f"/appointments/{appointment.id}/complete")

    assert response.status_code == 401


async def test_complete_appointment_needs_a_role(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session)
    appointment = await create_appointment(session)

    response = await client.post(
        f"/appointments/{appointment.id}/complete", headers=authorization(caller)
    )

    assert response.status_code == 403


@pytest.mark.parametrize("source", ["requested", "confirmed", "completed", "no-show"])
async def test_cancel_appointment(client: AsyncClient, session: AsyncSession, source: str) -> None:
    caller = await create_staff(session, role="receptionist")
    appointment = await create_appointment(session, status=source)

    response = await client.post(
        f"/appointments/{appointment.id}/cancel", headers=authorization(caller)
    )

    assert response.status_code == 200, response.text
    assert response.json()["status"] == "cancelled"


async def test_cancel_appointment_from_a_state_that_does_not_allow_it(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="receptionist")
    source = "cancelled"
    appointment = await create_appointment(session, status=source)

    response = await client.post(
        f"/appointments/{appointment.id}/cancel", headers=authorization(caller)
    )

    assert response.status_code == 409


async def test_cancel_appointment_what_is_not_there(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="receptionist")

    response = await client.post(f"/appointments/{uuid4()}/cancel", headers=authorization(caller))

    assert response.status_code == 404


async def test_cancel_appointment_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    appointment = await create_appointment(session)

    response = await client.post(f"/appointments/{appointment.id}/cancel")

    assert response.status_code == 401


async def test_cancel_appointment_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    appointment = await create_appointment(session)

    response = await client.post(
        f"/appointments/{appointment.id}/cancel", headers=authorization(caller)
    )

    assert response.status_code == 403
