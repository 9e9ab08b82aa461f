"""Routes of prescriptions: who may do what, and what is answered."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import (
    authorization,
    create_prescription,
    create_staff,
    is_stored,
    prescription_payload,
    wrong_fields,
)

WRONG_VALUES: list[dict[str, Any]] = [
    {
        "drug": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "dose_mg": -0.9,
        "days": 0,
    },
    {"drug": None, "dose_mg": 5001.0, "days": 366},
    {"dose_mg": None, "days": None},
]
"""Members of a payload, each of which is refused."""
NOT_TO_BE_SET = ["id", "created_at", "no_such_member", "prescriber_id"]
FOUND_BY = {
    "drug": "Drug 1",
    "drug__icontains": "Drug 1",
    "dose_mg": "0.1",
    "dose_mg__gte": "0.1",
    "dose_mg__lte": "0.1",
    "days": "1",
    "days__in": "1,2",
    "days__gte": "1",
    "days__lte": "1",
}
"""Parameters that let the row of the test through, all of them together."""
NOT_FOUND_BY = [
    ("drug", "Drug 2"),
    ("drug__icontains", "no such text"),
    ("dose_mg", "0.6"),
    ("dose_mg__gt", "0.1"),
    ("dose_mg__gte", "0.6"),
    ("dose_mg__lt", "0.1"),
    ("days", "2"),
    ("days__in", "2"),
    ("days__gt", "1"),
    ("days__gte", "2"),
    ("days__lt", "1"),
]
"""Parameters each of which alone keeps it out."""


async def test_create(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    payload = await prescription_payload(session)

    response = await client.post("/prescriptions", json=payload, headers=authorization(caller))

    assert response.status_code == 201, response.text
    body = response.json()
    assert body == body | payload


async def test_create_needs_a_login(client: AsyncClient) -> None:
    response = await client.post("/prescriptions", json={})

    assert response.status_code == 401


async def test_create_needs_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    payload = await prescription_payload(session)

    response = await client.post("/prescriptions", json=payload, headers=authorization(caller))

    assert response.status_code == 403


async def test_create_without_what_is_needed(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    payload = await prescription_payload(session)
    needed = [
        "drug",
        "dose_mg",
        "days",
    ]
    rest = {name: value for name, value in payload.items() if name not in needed}

    response = await client.post("/prescriptions", json=rest, headers=authorization(caller))

    assert (response.status_code, wrong_fields(response)) == (422, sorted(needed))


async def test_create_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    payload = await prescription_payload(session)

    for wrong in WRONG_VALUES:
        response = await client.post(
            "/prescriptions", json=payload | wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_what_is_not_to_be_set(
    client: AsyncClient, session: AsyncSession
) -> None:
    caller = await create_staff(session, role="doctor")
    payload = await prescription_payload(session)
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.post(
        "/prescriptions", json=payload | wrong, headers=authorization(caller)
    )

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_create_with_links_to_nothing(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    payload = await prescription_payload(session)
    nothing = str(uuid4())
    changes: list[dict[str, Any]] = [
        {"appointment_id": nothing},
    ]

    for change in changes:
        response = await client.post(
            "/prescriptions", json=payload | change, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, list(change))


async def test_list(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    prescription = await create_prescription(session, owner=caller)

    response = await client.get("/prescriptions", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert str(prescription.id) in [item["id"] for item in response.json()["items"]]


async def test_list_needs_a_login(client: AsyncClient) -> None:
    response = await client.get("/prescriptions")

    assert response.status_code == 401


async def test_list_hides_what_somebody_else_owns(
    client: AsyncClient, session: AsyncSession
) -> None:
    prescription = await create_prescription(session)
    caller = await create_staff(session)

    response = await client.get("/prescriptions", headers=authorization(caller))

    assert response.status_code == 200
    assert str(prescription.id) not in [item["id"] for item in response.json()["items"]]


async def test_list_shows_everything_to_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    prescription = await create_prescription(session)

    response = await client.get("/prescriptions", headers=authorization(caller))

    assert response.status_code == 200
    assert str(prescription.id) in [item["id"] for item in response.json()["items"]]


async def test_list_page_by_page(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    rows = [await create_prescription(session, owner=caller) for _ in range(3)]

    forward = await client.get(
        "/prescriptions", params={"sort": "created_at", "limit": 2}, headers=authorization(caller)
    )
    backward = await client.get(
        "/prescriptions", params={"sort": "-created_at", "offset": 2}, headers=authorization(caller)
    )

    assert forward.json()["total"] == backward.json()["total"] == 3
    assert [item["id"] for item in forward.json()["items"]] == [str(row.id) for row in rows[:2]]
    assert [item["id"] for item in backward.json()["items"]] == [str(rows[0].id)]


async def test_list_with_wrong_parameters(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)

    for parameter in ("no_such_parameter", "sort", "limit", "offset"):
        response = await client.get(
            "/prescriptions", params={parameter: "no_such_value"}, headers=authorization(caller)
        )

        assert response.status_code == 422
        assert [field.split(".")[0] for field in wrong_fields(response)] == [parameter]


async def test_list_filtered(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    prescription = await create_prescription(session, owner=caller)

    found = await client.get("/prescriptions", params=FOUND_BY, headers=authorization(caller))

    assert found.status_code == 200, found.text
    assert str(prescription.id) in [item["id"] for item in found.json()["items"]]
    for parameter, text in NOT_FOUND_BY:
        others = await client.get(
            "/prescriptions", params={parameter: text}, headers=authorization(caller)
        )

        assert others.status_code == 200, others.text
        assert str(prescription.id) not in [item["id"] for item in others.json()["items"]], (
            f"{parameter}={text}"
        )


async def test_list_by_appointment_id(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    prescription = await create_prescription(session, owner=caller)

    linked = await client.get(
        "/prescriptions",
        params={"appointment_id": str(prescription.appointment_id)},
        headers=authorization(caller),
    )
    others = await client.get(
        "/prescriptions", params={"appointment_id": str(uuid4())}, headers=authorization(caller)
    )

    assert [item["id"] for item in linked.json()["items"]] == [str(prescription.id)]
    assert others.json()["total"] == 0


async def test_list_by_prescriber_id(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    prescription = await create_prescription(session, owner=caller)

    linked = await client.get(
        "/prescriptions",
        params={"prescriber_id": str(prescription.prescriber_id)},
        headers=authorization(caller),
    )
    others = await client.get(
        "/prescriptions", params={"prescriber_id": str(uuid4())}, headers=authorization(caller)
    )

    assert [item["id"] for item in linked.json()["items"]] == [str(prescription.id)]
    assert others.json()["total"] == 0


async def test_list_searched(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    prescription = await create_prescription(session, owner=caller)

    found = await client.get(
        "/prescriptions", params={"q": "Drug 1"}, headers=authorization(caller)
    )
    others = await client.get(
        "/prescriptions", params={"q": "no such text"}, headers=authorization(caller)
    )

    assert str(prescription.id) in [item["id"] for item in found.json()["items"]]
    assert others.json()["total"] == 0


async def test_read(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    prescription = await create_prescription(session, owner=caller)

    response = await client.get(f"/prescriptions/{prescription.id}", headers=authorization(caller))

    assert response.status_code == 200, response.text
    assert response.json()["id"] == str(prescription.id)


async def test_read_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)

    response = await client.get(f"/prescriptions/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_read_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    prescription = await create_prescription(session)

    response = await client.get(f"/prescriptions/{prescription.id}")

    assert response.status_code == 401


async def test_read_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    prescription = await create_prescription(session)
    caller = await create_staff(session)

    response = await client.get(f"/prescriptions/{prescription.id}", headers=authorization(caller))

    assert response.status_code == 404


async def test_read_with_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="doctor")
    prescription = await create_prescription(session)

    response = await client.get(f"/prescriptions/{prescription.id}", headers=authorization(caller))

    assert response.status_code == 200


async def test_update(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    prescription = await create_prescription(session, owner=caller)
    change: dict[str, Any] = {"drug": "Drug 2", "dose_mg": 0.6, "days": 2}

    response = await client.patch(
        f"/prescriptions/{prescription.id}", json=change, headers=authorization(caller)
    )

    assert response.status_code == 200, response.text
    body = response.json()
    assert body == body | change
    assert datetime.fromisoformat(body["updated_at"]) > prescription.updated_at


async def test_update_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)

    response = await client.patch(
        f"/prescriptions/{uuid4()}", json={}, headers=authorization(caller)
    )

    assert response.status_code == 404


async def test_update_with_wrong_values(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    prescription = await create_prescription(session, owner=caller)

    for wrong in WRONG_VALUES:
        response = await client.patch(
            f"/prescriptions/{prescription.id}", json=wrong, headers=authorization(caller)
        )

        assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_of_what_is_not_to_be_set(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    prescription = await create_prescription(session, owner=caller)
    wrong = {key: str(uuid4()) for key in NOT_TO_BE_SET}

    response = await client.patch(
        f"/prescriptions/{prescription.id}", json=wrong, headers=authorization(caller)
    )

    assert (response.status_code, wrong_fields(response)) == (422, sorted(wrong))


async def test_update_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    prescription = await create_prescription(session)

    response = await client.patch(f"/prescriptions/{prescription.id}", json={})

    assert response.status_code == 401


async def test_update_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    prescription = await create_prescription(session)
    caller = await create_staff(session)

    response = await client.patch(
        f"/prescriptions/{prescription.id}", json={}, headers=authorization(caller)
    )

    assert response.status_code == 404


async def test_delete(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)
    prescription = await create_prescription(session, owner=caller)

    response = await client.delete(
        f"/prescriptions/{prescription.id}", headers=authorization(caller)
    )

    assert response.status_code == 204, response.text
    assert not await is_stored(session, prescription)


async def test_delete_what_is_not_there(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session)

    response = await client.delete(f"/prescriptions/{uuid4()}", headers=authorization(caller))

    assert response.status_code == 404


async def test_delete_needs_a_login(client: AsyncClient, session: AsyncSession) -> None:
    prescription = await create_prescription(session)

    response = await client.delete(f"/prescriptions/{prescription.id}")

    assert response.status_code == 401
    assert await is_stored(session, prescription)


async def test_delete_what_somebody_else_owns(client: AsyncClient, session: AsyncSession) -> None:
    prescription = await create_prescription(session)
    caller = await create_staff(session)

    response = await client.delete(
        f"/prescriptions/{prescription.id}", headers=authorization(caller)
    )

    assert response.status_code == 404
    assert await is_stored(session, prescription)


async def test_delete_with_a_role(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_staff(session, role="admin")
    prescription = await create_prescription(session)

    response = await client.delete(
        f"/prescriptions/{prescription.id}", headers=authorization(caller)
    )

    assert response.status_code == 204, response.text
