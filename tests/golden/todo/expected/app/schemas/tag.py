"""Payloads of tags."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.pagination import Ids, ListQuery, Page
from app.schemas.base import Answer, Moment, PatternText, Payload, QueryBoolean, Text, unchanged

TagSort = Literal[
    "id",
    "-id",
    "name",
    "-name",
    "color",
    "-color",
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
]


class TagCreate(Payload):
    """What creates a tag."""

    name: Annotated[Text, Field(max_length=50)]
    color: Annotated[PatternText, Field(max_length=255, pattern="^(?:#[0-9a-f]{6})$")] | None = None


class TagUpdate(Payload):
    """What updates a tag; omitted members keep their values."""

    name: Annotated[Text, Field(max_length=50)] = Field(default_factory=unchanged)
    color: Annotated[PatternText, Field(max_length=255, pattern="^(?:#[0-9a-f]{6})$")] | None = None


class TagRead(Answer):
    """A tag."""

    id: UUID
    name: str
    color: str | None
    owner_id: UUID
    created_at: dt.datetime
    updated_at: dt.datetime


class TagQuery(ListQuery[TagSort]):
    """How a list of tags is filtered and sorted."""

    q: Annotated[Text, Field(max_length=200)] | None = None
    id__in: Ids | None = None
    name: Text | None = None
    name__icontains: Annotated[Text, Field(max_length=200)] | None = None
    color: Text | None = None
    color__icontains: Annotated[Text, Field(max_length=200)] | None = None
    color__isnull: QueryBoolean | None = None
    owner_id: UUID | None = None
    owner_id__in: Ids | None = None
    created_at__gt: Moment | None = None
    created_at__gte: Moment | None = None
    created_at__lt: Moment | None = None
    created_at__lte: Moment | None = None
    updated_at__gt: Moment | None = None
    updated_at__gte: Moment | None = None
    updated_at__lt: Moment | None = None
    updated_at__lte: Moment | None = None


TagPage = Page[TagRead]
