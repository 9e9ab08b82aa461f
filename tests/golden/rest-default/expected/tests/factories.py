"""Rows and payloads for tests. Whatever a row needs is made with it, unless the test gives it."""

from itertools import count
from typing import Any, TypeVar

from httpx import Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.models.base import Row

RowT = TypeVar("RowT", bound=Row)

numbers = count(1)
"""Keeps apart what must be unique."""


def wrong_fields(response: Response) -> list[str]:
    """The members of the request that a problem names, in the order of the alphabet."""
    return sorted(error["field"] for error in response.json()["errors"])


async def save(session: AsyncSession, row: RowT) -> RowT:
    """Store a row."""
    session.add(row)
    await session.commit()
    return row


async def is_stored(session: AsyncSession, row: Row) -> bool:
    """Whether a row is still there."""
    model = type(row)
    return await session.scalar(select(model.id).where(model.id == row.id)) is not None


async def create_item(session: AsyncSession, /, **values: Any) -> models.Item:
    """A stored item."""
    row = models.Item(
        **{
            "name": "Name 1",
            "description": "Description 1",
            "is_active": True,
        }
        | values
    )
    return await save(session, row)


def item_payload() -> dict[str, Any]:
    """What a client sends to create an item."""
    return {
        "name": "Name 1",
        "description": "Description 1",
        "is_active": True,
    }
