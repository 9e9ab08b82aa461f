"""Rows and payloads for tests. Whatever a row needs is made with it, unless the test gives it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

from httpx import Response
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.config import EXAMPLE_SECRET, Settings
from app.core.security import Principal, Tokens
from app.models.base import Row

RowT = TypeVar("RowT", bound=Row)

numbers = count(1)
"""Keeps apart what must be unique."""

PASSWORD = "correct horse battery staple"
PASSWORD_HASH = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash(
    PASSWORD
)

tokens = Tokens(Settings(secret_key=SecretStr(EXAMPLE_SECRET)))


def authorization(account: models.Staff) -> dict[str, str]:
    """The header that proves who makes a request."""
    token = tokens.issue(Principal(id=account.id, role=account.role))
    return {"Authorization": f"Bearer {token}"}


def wrong_fields(response: Response) -> list[str]:
    """The members of the request that a problem names, in the order of the alphabet."""
    return sorted(error["field"] for error in response.json()["errors"])


async def save(session: AsyncSession, row: RowT) -> RowT:
    """Store a row."""
    session.add(row)
    await session.commit()
    return row


async def any_id(session: AsyncSession, create: Callable[[AsyncSession], Awaitable[Row]]) -> UUID:
    """The id of a row for others to point to: made once in a test, the same one from then on."""
    made: dict[Any, UUID] = session.info
    if create not in made:
        made[create] = (await create(session)).id
    return made[create]


async def is_stored(session: AsyncSession, row: Row) -> bool:
    """Whether a row is still there."""
    model = type(row)
    return await session.scalar(select(model.id).where(model.id == row.id)) is not None


async def create_staff(session: AsyncSession, /, **values: Any) -> models.Staff:
    """A stored staff."""
    number = next(numbers)
    row = models.Staff(
        **{
            "email": f"user{number}@example.com",
            "name": "Name 1",
            "hashed_password": PASSWORD_HASH,
        }
        | values
    )
    return await save(session, row)


def staff_payload() -> dict[str, Any]:
    """What a client sends to create a staff."""
    number = next(numbers)
    return {
        "email": f"user{number}@example.com",
        "name": "Name 1",
        "password": PASSWORD,
    }


async def create_doctor(session: AsyncSession, /, **values: Any) -> models.Doctor:
    """A stored doctor."""
    number = next(numbers)
    if "account_id" not in values:
        values["account_id"] = (await create_staff(session)).id
    row = models.Doctor(
        **{
            "license_number": f"{number:06}",
            "specialty": "general",
            "consultation_fee": Decimal("10.00"),
        }
        | values
    )
    return await save(session, row)


async def doctor_payload(session: AsyncSession, **links: str | list[str]) -> dict[str, Any]:
    """What a client sends to create a doctor."""
    number = next(numbers)
    if "account_id" not in links:
        links["account_id"] = str((await create_staff(session)).id)
    return {
        "license_number": f"{number:06}",
        "specialty": "general",
        "consultation_fee": "10.00",
        **links,
    }


async def create_patient(session: AsyncSession, /, **values: Any) -> models.Patient:
    """A stored patient."""
    row = models.Patient(
        **{
            "first_name": "First name 1",
            "last_name": "Last name 1",
            "date_of_birth": date(2030, 1, 31),
            "email": "email1@example.com",
            "insurance_code": "Insurance code 1",
            "allergies": {"key": 1},
        }
        | values
    )
    return await save(session, row)


def patient_payload() -> dict[str, Any]:
    """What a client sends to create a patient."""
    return {
        "first_name": "First name 1",
        "last_name": "Last name 1",
        "date_of_birth": "2030-01-31",
        "email": "email1@example.com",
        "insurance_code": "Insurance code 1",
        "allergies": {"key": 1},
    }


async def create_appointment(session: AsyncSession, /, **values: Any) -> models.Appointment:
    """A stored appointment."""
    number = next(numbers)
    if "patient_id" not in values:
        values["patient_id"] = await any_id(session, create_patient)
    if "doctor_id" not in values:
        values["doctor_id"] = (await create_doctor(session)).id
    row = models.Appointment(
        **{
            "starts_at": datetime(2031, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
            "duration_minutes": 5,
            "room_opens": time(8, 0),
            "reason": "Reason 1",
        }
        | values
    )
    return await save(session, row)


async def appointment_payload(session: AsyncSession, **links: str | list[str]) -> dict[str, Any]:
    """What a client sends to create an appointment."""
    number = next(numbers)
    if "patient_id" not in links:
        links["patient_id"] = str(await any_id(session, create_patient))
    if "doctor_id" not in links:
        links["doctor_id"] = str((await create_doctor(session)).id)
    return {
        "starts_at": f"{datetime(2031, 1, 1, tzinfo=UTC) + timedelta(minutes=number):%Y-%m-%dT%H:%M:%SZ}",
        "duration_minutes": 5,
        "room_opens": "08:00:00",
        "reason": "Reason 1",
        **links,
    }


async def create_prescription(
    session: AsyncSession, /, *, owner: models.Staff | None = None, **values: Any
) -> models.Prescription:
    """A stored prescription of this owner, or of a new one."""
    if "appointment_id" not in values:
        values["appointment_id"] = await any_id(session, create_appointment)
    if "prescriber_id" not in values:
        values["prescriber_id"] = (owner or await create_staff(session)).id
    row = models.Prescription(
        **{
            "drug": "Drug 1",
            "dose_mg": 0.1,
            "days": 1,
        }
        | values
    )
    return await save(session, row)


async def prescription_payload(session: AsyncSession, **links: str | list[str]) -> dict[str, Any]:
    """What a client sends to create a prescription."""
    if "appointment_id" not in links:
        links["appointment_id"] = str(await any_id(session, create_appointment))
    return {
        "drug": "Drug 1",
        "dose_mg": 0.1,
        "days": 1,
        **links,
    }
