"""Payloads of prescriptions."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.pagination import CommaSeparated, Ids, ListQuery, Page
from app.schemas.base import (
    Answer,
    Float,
    Integer,
    Moment,
    Payload,
    QueryFloat,
    QueryInteger,
    Text,
    unchanged,
)

PrescriptionSort = Literal[
    "id",
    "-id",
    "drug",
    "-drug",
    "dose_mg",
    "-dose_mg",
    "days",
    "-days",
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
]


class PrescriptionCreate(Payload):
    """What creates a prescription."""

    drug: Annotated[Text, Field(max_length=255)]
    dose_mg: Annotated[Float, Field(ge=0.1, le=5000.0)]
    days: Annotated[Integer, Field(ge=1, le=365)]
    appointment_id: UUID


class PrescriptionUpdate(Payload):
    """What updates a prescription; omitted members keep their values."""

    drug: Annotated[Text, Field(max_length=255)] = Field(default_factory=unchanged)
    dose_mg: Annotated[Float, Field(ge=0.1, le=5000.0)] = Field(default_factory=unchanged)
    days: Annotated[Integer, Field(ge=1, le=365)] = Field(default_factory=unchanged)
    appointment_id: UUID = Field(default_factory=unchanged)


class PrescriptionRead(Answer):
    """A prescription."""

    id: UUID
    drug: str
    dose_mg: float
    days: int
    appointment_id: UUID
    prescriber_id: UUID
    created_at: dt.datetime
    updated_at: dt.datetime


class PrescriptionQuery(ListQuery[PrescriptionSort]):
    """How a list of prescriptions is filtered and sorted."""

    q: Annotated[Text, Field(max_length=200)] | None = None
    id__in: Ids | None = None
    drug: Text | None = None
    drug__icontains: Annotated[Text, Field(max_length=200)] | None = None
    dose_mg: QueryFloat | None = None
    dose_mg__gt: QueryFloat | None = None
    dose_mg__gte: QueryFloat | None = None
    dose_mg__lt: QueryFloat | None = None
    dose_mg__lte: QueryFloat | None = None
    days: QueryInteger | None = None
    days__in: (
        Annotated[list[QueryInteger], CommaSeparated, Field(min_length=1, max_length=100)] | None
    ) = None
    days__gt: QueryInteger | None = None
    days__gte: QueryInteger | None = None
    days__lt: QueryInteger | None = None
    days__lte: QueryInteger | None = None
    appointment_id: UUID | None = None
    appointment_id__in: Ids | None = None
    prescriber_id: UUID | None = None
    prescriber_id__in: Ids | None = None
    created_at__gt: Moment | None = None
    created_at__gte: Moment | None = None
    created_at__lt: Moment | None = None
    created_at__lte: Moment | None = None
    updated_at__gt: Moment | None = None
    updated_at__gte: Moment | None = None
    updated_at__lt: Moment | None = None
    updated_at__lte: Moment | None = None


PrescriptionPage = Page[PrescriptionRead]
