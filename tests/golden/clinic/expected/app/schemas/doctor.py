"""Payloads of doctors."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.pagination import CommaSeparated, Ids, ListQuery, Page
from app.schemas.base import Answer, Moment, Number, Payload, QueryBoolean, Text, unchanged

DoctorSpecialty = Literal["general", "cardiology", "dermatology", "pediatrics"]
DoctorSort = Literal[
    "id",
    "-id",
    "license_number",
    "-license_number",
    "specialty",
    "-specialty",
    "consultation_fee",
    "-consultation_fee",
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
]


class DoctorCreate(Payload):
    """What creates a doctor."""

    license_number: Annotated[Text, Field(min_length=6, max_length=12)]
    specialty: DoctorSpecialty
    account_id: UUID
    consultation_fee: (
        Annotated[
            Number, Field(max_digits=6, decimal_places=2, ge=Decimal("0"), le=Decimal("9999.99"))
        ]
        | None
    ) = None


class DoctorUpdate(Payload):
    """What updates a doctor; omitted members keep their values."""

    license_number: Annotated[Text, Field(min_length=6, max_length=12)] = Field(
        default_factory=unchanged
    )
    specialty: DoctorSpecialty = Field(default_factory=unchanged)
    consultation_fee: (
        Annotated[
            Number, Field(max_digits=6, decimal_places=2, ge=Decimal("0"), le=Decimal("9999.99"))
        ]
        | None
    ) = None
    account_id: UUID = Field(default_factory=unchanged)


class DoctorRead(Answer):
    """A doctor."""

    id: UUID
    license_number: str
    specialty: DoctorSpecialty
    consultation_fee: Decimal | None
    account_id: UUID
    created_at: dt.datetime
    updated_at: dt.datetime


class DoctorQuery(ListQuery[DoctorSort]):
    """How a list of doctors is filtered and sorted."""

    q: Annotated[Text, Field(max_length=200)] | None = None
    id__in: Ids | None = None
    license_number: Text | None = None
    license_number__icontains: Annotated[Text, Field(max_length=200)] | None = None
    specialty: DoctorSpecialty | None = None
    specialty__in: (
        Annotated[list[DoctorSpecialty], CommaSeparated, Field(min_length=1, max_length=100)] | None
    ) = None
    consultation_fee: Annotated[Decimal, Field(max_digits=6, decimal_places=2)] | None = None
    consultation_fee__gt: Annotated[Decimal, Field(max_digits=6, decimal_places=2)] | None = None
    consultation_fee__gte: Annotated[Decimal, Field(max_digits=6, decimal_places=2)] | None = None
    consultation_fee__lt: Annotated[Decimal, Field(max_digits=6, decimal_places=2)] | None = None
    consultation_fee__lte: Annotated[Decimal, Field(max_digits=6, decimal_places=2)] | None = None
    consultation_fee__isnull: QueryBoolean | None = None
    account_id: UUID | None = None
    account_id__in: Ids | None = None
    created_at__gt: Moment | None = None
    created_at__gte: Moment | None = None
    created_at__lt: Moment | None = None
    created_at__lte: Moment | None = None
    updated_at__gt: Moment | None = None
    updated_at__gte: Moment | None = None
    updated_at__lt: Moment | None = None
    updated_at__lte: Moment | None = None


DoctorPage = Page[DoctorRead]
