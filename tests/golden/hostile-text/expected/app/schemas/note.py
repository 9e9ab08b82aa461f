"""Payloads of notes."""

import datetime as dt
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from pydantic import Field, JsonValue

from app.core.pagination import CommaSeparated, Ids, ListQuery, Page
from app.schemas.base import (
    Answer,
    Json,
    Moment,
    PatternText,
    Payload,
    QueryBoolean,
    Text,
    unchanged,
)

NoteMood = Literal[
    '"""',
    "'''",
    "{{ x }}",
    "{% raw %}",
    "a\nb",
    "\\",
    "\\n",
    "\U0001f642",
    "%(x)s",
    ":name",
    "'; DROP TABLE notes; --",
    "a\u2028b",
]
NoteSort = Literal[
    "id",
    "-id",
    "body",
    "-body",
    "code",
    "-code",
    "mood",
    "-mood",
    "done_at",
    "-done_at",
    "created_at",
    "-created_at",
    "updated_at",
    "-updated_at",
]


class NoteCreate(Payload):
    """What creates a note."""

    body: Annotated[Text, Field(max_length=255)] = (
        "\"\"\" '''{{ x }}\n\\n \\ \U0001f642 %s {0} $x `;--"
    )
    code: Annotated[PatternText, Field(max_length=255, pattern="^(?:[\"'\\\\{}]{2,4})$")] | None = (
        None
    )
    meta: Json = Field(
        default_factory=lambda: cast(
            JsonValue, {"\"'\\": ["{{ x }}", "\n", "\U0001f642", None, 1.5, True]}
        )
    )
    friend_ids: Annotated[list[UUID], Field(max_length=1000)] = []


class NoteUpdate(Payload):
    """What updates a note; omitted members keep their values."""

    body: Annotated[Text, Field(max_length=255)] = Field(default_factory=unchanged)
    code: Annotated[PatternText, Field(max_length=255, pattern="^(?:[\"'\\\\{}]{2,4})$")] | None = (
        None
    )
    meta: Json = Field(default_factory=unchanged)
    friend_ids: Annotated[list[UUID], Field(max_length=1000)] = Field(default_factory=unchanged)


class NoteRead(Answer):
    """'''+__import__('os').system('id')+'''\x00\U0001f642 {{ config }} |a|b| end\\"""

    id: UUID
    body: str
    code: str | None
    mood: NoteMood
    meta: Any
    done_at: dt.datetime | None
    owner_id: UUID
    friend_ids: list[UUID]
    likes: int
    created_at: dt.datetime
    updated_at: dt.datetime


class NoteQuery(ListQuery[NoteSort]):
    """How a list of notes is filtered and sorted."""

    q: Annotated[Text, Field(max_length=200)] | None = None
    id__in: Ids | None = None
    body: Text | None = None
    body__icontains: Annotated[Text, Field(max_length=200)] | None = None
    code: Text | None = None
    code__icontains: Annotated[Text, Field(max_length=200)] | None = None
    code__isnull: QueryBoolean | None = None
    mood: NoteMood | None = None
    mood__in: (
        Annotated[list[NoteMood], CommaSeparated, Field(min_length=1, max_length=100)] | None
    ) = None
    done_at: Moment | None = None
    done_at__gt: Moment | None = None
    done_at__gte: Moment | None = None
    done_at__lt: Moment | None = None
    done_at__lte: Moment | None = None
    done_at__isnull: QueryBoolean | None = None
    owner_id: UUID | None = None
    owner_id__in: Ids | None = None
    friend_ids: UUID | None = None
    created_at__gt: Moment | None = None
    created_at__gte: Moment | None = None
    created_at__lt: Moment | None = None
    created_at__lte: Moment | None = None
    updated_at__gt: Moment | None = None
    updated_at__gte: Moment | None = None
    updated_at__lt: Moment | None = None
    updated_at__lte: Moment | None = None


NotePage = Page[NoteRead]
