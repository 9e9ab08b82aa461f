"""Payloads of patients."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from app.core.pagination import Ids, ListQuery, Page
from app.schemas.base import (
    Answer,
    Date,
    Email,
    Json,
    Moment,
    Payload,
    QueryBoolean,
    Secret,
    Text,
    unchanged,
)

PatientSort = Literal[
    "id",
    "-id",
    "first_name",
    "-first_name",
    "last_name",
    "-last_name",
    "date_of_birth",
    "-date_of_birth",
    "email",
    "-email",
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
]


class PatientCreate(Payload):
    """What creates a patient."""

    first_name: Annotated[Text, Field(max_length=255)]
    last_name: Annotated[Text, Field(max_length=255)]
    date_of_birth: Date
    email: Annotated[Email, Field(max_length=254)] | None = None
    insurance_code: Annotated[Secret, Field(max_length=10_000)] | None = None
    allergies: Json = Field(default_factory=lambda: [])


class PatientUpdate(Payload):
    """What updates a patient; omitted members keep their values."""

    first_name: Annotated[Text, Field(max_length=255)] = Field(default_factory=unchanged)
    last_name: Annotated[Text, Field(max_length=255)] = Field(default_factory=unchanged)
    date_of_birth: Date = Field(default_factory=unchanged)
    email: Annotated[Email, Field(max_length=254)] | None = None
    insurance_code: Annotated[Secret, Field(max_length=10_000)] | None = None
    allergies: Json = Field(default_factory=unchanged)


class PatientRead(Answer):
    """A patient."""

    id: UUID
    first_name: str
    last_name: str
    date_of_birth: dt.date
    email: str | None
    allergies: Any
    created_at: dt.datetime
    updated_at: dt.datetime


class PatientQuery(ListQuery[PatientSort]):
    """How a list of patients is filtered and sorted."""

    q: Annotated[Text, Field(max_length=200)] | None = None
    id__in: Ids | None = None
    first_name: Text | None = None
    first_name__icontains: Annotated[Text, Field(max_length=200)] | None = None
    last_name: Text | None = None
    last_name__icontains: Annotated[Text, Field(max_length=200)] | None = None
    date_of_birth: Date | None = None
    date_of_birth__gt: Date | None = None
    date_of_birth__gte: Date | None = None
    date_of_birth__lt: Date | None = None
    date_of_birth__lte: Date | None = None
    email: Annotated[Text, AfterValidator(str.lower)] | None = None
    email__icontains: Annotated[Text, Field(max_length=200)] | None = None
    email__isnull: QueryBoolean | None = None
    created_at__gt: Moment | None = None
    created_at__gte: Moment | None = None
    created_at__lt: Moment | None = None
    created_at__lte: Moment | None = None
    updated_at__gt: Moment | None = None
    updated_at__gte: Moment | None = None
    updated_at__lt: Moment | None = None
    updated_at__lte: Moment | None = None


PatientPage = Page[PatientRead]
