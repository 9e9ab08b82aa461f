"""Payloads of items."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.pagination import Ids, ListQuery, Page
from app.schemas.base import Answer, Boolean, Moment, Payload, QueryBoolean, Text, unchanged

ItemSort = Literal[
    "id",
    "-id",
    "name",
    "-name",
    "description",
    "-description",
    "is_active",
    "-is_active",
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
]


class ItemCreate(Payload):
    """What creates an item."""

    name: Annotated[Text, Field(max_length=200)]
    description: Annotated[Text, Field(max_length=1_000_000)] | None = None
    is_active: Boolean = True


class ItemUpdate(Payload):
    """What updates an item; omitted members keep their values."""

    name: Annotated[Text, Field(max_length=200)] = Field(default_factory=unchanged)
    description: Annotated[Text, Field(max_length=1_000_000)] | None = None
    is_active: Boolean = Field(default_factory=unchanged)


class ItemRead(Answer):
    """An item."""

    id: UUID
    name: str
    description: str | None
    is_active: bool
    created_at: dt.datetime
    updated_at: dt.datetime


class ItemQuery(ListQuery[ItemSort]):
    """How a list of items is filtered and sorted."""

    q: Annotated[Text, Field(max_length=200)] | None = None
    id__in: Ids | None = None
    name: Text | None = None
    name__icontains: Annotated[Text, Field(max_length=200)] | None = None
    description__icontains: Annotated[Text, Field(max_length=200)] | None = None
    description__isnull: QueryBoolean | None = None
    is_active: QueryBoolean | None = None
    created_at__gt: Moment | None = None
    created_at__gte: Moment | None = None
    created_at__lt: Moment | None = None
    created_at__lte: Moment | None = None
    updated_at__gt: Moment | None = None
    updated_at__gte: Moment | None = None
    updated_at__lt: Moment | None = None
    updated_at__lte: Moment | None = None


ItemPage = Page[ItemRead]
