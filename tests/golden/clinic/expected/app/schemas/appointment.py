"""Payloads of appointments."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.pagination import CommaSeparated, Ids, ListQuery, Page
from app.schemas.base import (
    Answer,
    Integer,
    Moment,
    Payload,
    QueryBoolean,
    QueryInteger,
    Text,
    TimeOfDay,
    unchanged,
)

AppointmentStatus = Literal["requested", "confirmed", "completed", "cancelled", "no-show"]
AppointmentSort = Literal[
    "id",
    "-id",
    "starts_at",
    "-starts_at",
    "duration_minutes",
    "-duration_minutes",
    "room_opens",
    "-room_opens",
    "reason",
    "-reason",
    "status",
    "-status",
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
]


class AppointmentCreate(Payload):
    """What creates an appointment."""

    starts_at: Moment
    patient_id: UUID
    doctor_id: UUID
    duration_minutes: Annotated[Integer, Field(ge=5, le=480)] = 30
    room_opens: TimeOfDay | None = None
    reason: Annotated[Text, Field(max_length=1_000_000)] | None = None


class AppointmentUpdate(Payload):
    """What updates an appointment; omitted members keep their values."""

    starts_at: Moment = Field(default_factory=unchanged)
    duration_minutes: Annotated[Integer, Field(ge=5, le=480)] = Field(default_factory=unchanged)
    room_opens: TimeOfDay | None = None
    reason: Annotated[Text, Field(max_length=1_000_000)] | None = None
    patient_id: UUID = Field(default_factory=unchanged)
    doctor_id: UUID = Field(default_factory=unchanged)


class AppointmentRead(Answer):
    """An appointment."""

    id: UUID
    starts_at: dt.datetime
    duration_minutes: int
    room_opens: TimeOfDay | None
    reason: str | None
    status: AppointmentStatus
    patient_id: UUID
    doctor_id: UUID
    created_at: dt.datetime
    updated_at: dt.datetime


class AppointmentQuery(ListQuery[AppointmentSort]):
    """How a list of appointments is filtered and sorted."""

    q: Annotated[Text, Field(max_length=200)] | None = None
    id__in: Ids | None = None
    starts_at: Moment | None = None
    starts_at__gt: Moment | None = None
    starts_at__gte: Moment | None = None
    starts_at__lt: Moment | None = None
    starts_at__lte: Moment | None = None
    duration_minutes: QueryInteger | None = None
    duration_minutes__in: (
        Annotated[list[QueryInteger], CommaSeparated, Field(min_length=1, max_length=100)] | None
    ) = None
    duration_minutes__gt: QueryInteger | None = None
    duration_minutes__gte: QueryInteger | None = None
    duration_minutes__lt: QueryInteger | None = None
    duration_minutes__lte: QueryInteger | None = None
    room_opens: TimeOfDay | None = None
    room_opens__gt: TimeOfDay | None = None
    room_opens__gte: TimeOfDay | None = None
    room_opens__lt: TimeOfDay | None = None
    room_opens__lte: TimeOfDay | None = None
    room_opens__isnull: QueryBoolean | None = None
    reason__icontains: Annotated[Text, Field(max_length=200)] | None = None
    reason__isnull: QueryBoolean | None = None
    status: AppointmentStatus | None = None
    status__in: (
        Annotated[list[AppointmentStatus], CommaSeparated, Field(min_length=1, max_length=100)]
        | None
    ) = None
    patient_id: UUID | None = None
    patient_id__in: Ids | None = None
    doctor_id: UUID | None = None
    doctor_id__in: Ids | None = None
    created_at__gt: Moment | None = None
    created_at__gte: Moment | None = None
    created_at__lt: Moment | None = None
    created_at__lte: Moment | None = None
    updated_at__gt: Moment | None = None
    updated_at__gte: Moment | None = None
    updated_at__lt: Moment | None = None
    updated_at__lte: Moment | None = None


AppointmentPage = Page[AppointmentRead]
