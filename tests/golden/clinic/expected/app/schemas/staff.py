"""Payloads of staff members."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from app.core.pagination import Ids, ListQuery, Page
from app.schemas.base import Answer, Email, Moment, Password, Payload, Text, unchanged

StaffSort = Literal[
    "id",
    "-id",
    "email",
    "-email",
    "name",
    "-name",
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
]


class StaffCreate(Payload):
    """What creates a staff."""

    email: Annotated[Email, Field(max_length=254)]
    name: Annotated[Text, Field(max_length=255)]
    password: Password


class StaffUpdate(Payload):
    """What updates a staff; omitted members keep their values."""

    email: Annotated[Email, Field(max_length=254)] = Field(default_factory=unchanged)
    name: Annotated[Text, Field(max_length=255)] = Field(default_factory=unchanged)


class StaffRead(Answer):
    """A staff."""

    id: UUID
    email: str
    name: str
    role: str
    created_at: dt.datetime
    updated_at: dt.datetime


class StaffQuery(ListQuery[StaffSort]):
    """How a list of staff members is filtered and sorted."""

    q: Annotated[Text, Field(max_length=200)] | None = None
    id__in: Ids | None = None
    email: Annotated[Text, AfterValidator(str.lower)] | None = None
    email__icontains: Annotated[Text, Field(max_length=200)] | None = None
    name: Text | None = None
    name__icontains: Annotated[Text, Field(max_length=200)] | None = None
    created_at__gt: Moment | None = None
    created_at__gte: Moment | None = None
    created_at__lt: Moment | None = None
    created_at__lte: Moment | None = None
    updated_at__gt: Moment | None = None
    updated_at__gte: Moment | None = None
    updated_at__lt: Moment | None = None
    updated_at__lte: Moment | None = None


StaffPage = Page[StaffRead]
