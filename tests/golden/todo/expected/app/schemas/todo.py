"""Payloads of todos."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.pagination import CommaSeparated, Ids, ListQuery, Page
from app.schemas.base import (
    Answer,
    Date,
    Integer,
    Moment,
    Payload,
    QueryBoolean,
    QueryInteger,
    Text,
    unchanged,
)

TodoStatus = Literal["open", "in_progress", "done"]
TodoSort = Literal[
    "id",
    "-id",
    "title",
    "-title",
    "description",
    "-description",
    "status",
    "-status",
    "priority",
    "-priority",
    "due_date",
    "-due_date",
    "completed_at",
    "-completed_at",
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
]


class TodoCreate(Payload):
    """What creates a todo."""

    title: Annotated[Text, Field(min_length=1, max_length=200)]
    description: Annotated[Text, Field(max_length=1_000_000)] | None = None
    priority: Annotated[Integer, Field(ge=1, le=5)] = 3
    due_date: Date | None = None
    tag_ids: Annotated[list[UUID], Field(max_length=1000)] = []


class TodoUpdate(Payload):
    """What updates a todo; omitted members keep their values."""

    title: Annotated[Text, Field(min_length=1, max_length=200)] = Field(default_factory=unchanged)
    description: Annotated[Text, Field(max_length=1_000_000)] | None = None
    priority: Annotated[Integer, Field(ge=1, le=5)] = Field(default_factory=unchanged)
    due_date: Date | None = None
    tag_ids: Annotated[list[UUID], Field(max_length=1000)] = Field(default_factory=unchanged)


class TodoRead(Answer):
    """Something to be done."""

    id: UUID
    title: str
    description: str | None
    status: TodoStatus
    priority: int
    due_date: dt.date | None
    completed_at: dt.datetime | None
    owner_id: UUID
    tag_ids: list[UUID]
    created_at: dt.datetime
    updated_at: dt.datetime


class TodoQuery(ListQuery[TodoSort]):
    """How a list of todos is filtered and sorted."""

    q: Annotated[Text, Field(max_length=200)] | None = None
    id__in: Ids | None = None
    title: Text | None = None
    title__icontains: Annotated[Text, Field(max_length=200)] | None = None
    description__icontains: Annotated[Text, Field(max_length=200)] | None = None
    description__isnull: QueryBoolean | None = None
    status: TodoStatus | None = None
    status__in: (
        Annotated[list[TodoStatus], CommaSeparated, Field(min_length=1, max_length=100)] | None
    ) = None
    priority: QueryInteger | None = None
    priority__in: (
        Annotated[list[QueryInteger], CommaSeparated, Field(min_length=1, max_length=100)] | None
    ) = None
    priority__gt: QueryInteger | None = None
    priority__gte: QueryInteger | None = None
    priority__lt: QueryInteger | None = None
    priority__lte: QueryInteger | None = None
    due_date: Date | None = None
    due_date__gt: Date | None = None
    due_date__gte: Date | None = None
    due_date__lt: Date | None = None
    due_date__lte: Date | None = None
    due_date__isnull: QueryBoolean | None = None
    completed_at: Moment | None = None
    completed_at__gt: Moment | None = None
    completed_at__gte: Moment | None = None
    completed_at__lt: Moment | None = None
    completed_at__lte: Moment | None = None
    completed_at__isnull: QueryBoolean | None = None
    owner_id: UUID | None = None
    owner_id__in: Ids | None = None
    tag_ids: UUID | None = None
    created_at__gt: Moment | None = None
    created_at__gte: Moment | None = None
    created_at__lt: Moment | None = None
    created_at__lte: Moment | None = None
    updated_at__gt: Moment | None = None
    updated_at__gte: Moment | None = None
    updated_at__lt: Moment | None = None
    updated_at__lte: Moment | None = None


TodoPage = Page[TodoRead]
