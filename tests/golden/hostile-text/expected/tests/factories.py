"""Rows and payloads for tests. Whatever a row needs is made with it, unless the test gives it."""

from itertools import count
from typing import Any, TypeVar

from httpx import Response
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.config import EXAMPLE_SECRET, Settings
from app.core.security import Principal, Tokens
from app.models.base import Row

RowT = TypeVar("RowT", bound=Row)

numbers = count(1)
"""Keeps apart what must be unique."""

PASSWORD = "correct horse battery staple"
PASSWORD_HASH = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash(
    PASSWORD
)

tokens = Tokens(Settings(secret_key=SecretStr(EXAMPLE_SECRET)))


def authorization(account: models.User) -> dict[str, str]:
    """The header that proves who makes a request."""
    token = tokens.issue(Principal(id=account.id, role=account.role))
    return {"Authorization": f"Bearer {token}"}


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


async def create_user(session: AsyncSession, /, **values: Any) -> models.User:
    """A stored user."""
    number = next(numbers)
    row = models.User(
        **{
            "email": f"user{number}@example.com",
            "hashed_password": PASSWORD_HASH,
        }
        | values
    )
    return await save(session, row)


def user_payload() -> dict[str, Any]:
    """What a client sends to create a user."""
    number = next(numbers)
    return {
        "email": f"user{number}@example.com",
        "password": PASSWORD,
    }


async def create_note(
    session: AsyncSession, /, *, owner: models.User | None = None, **values: Any
) -> models.Note:
    """A stored note of this owner, or of a new one."""
    if "owner_id" not in values:
        values["owner_id"] = (owner or await create_user(session)).id
    row = models.Note(
        **{
            "body": "Body 1",
            "code": '""',
            "meta": {"key": 1},
        }
        | values
    )
    return await save(session, row)


def note_payload() -> dict[str, Any]:
    """What a client sends to create a note."""
    return {
        "body": "Body 1",
        "code": '""',
        "meta": {"key": 1},
    }


async def create_note_like(
    session: AsyncSession, /, *, owner: models.User | None = None, **values: Any
) -> models.NoteLike:
    """A stored note like of this owner, or of a new one."""
    if "user_id" not in values:
        values["user_id"] = (owner or await create_user(session)).id
    if "note_id" not in values:
        values["note_id"] = (await create_note(session)).id
    row = models.NoteLike(**{} | values)
    return await save(session, row)
