"""What routes ask for: a connection."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.database import Database


async def _reader(request: Request) -> AsyncIterator[AsyncConnection]:
    database: Database = request.app.state.database
    async with database.read() as connection:
        yield connection


async def _writer(request: Request) -> AsyncIterator[AsyncConnection]:
    database: Database = request.app.state.database
    async with database.write() as connection:
        yield connection


# The scope makes the transaction end before the answer is sent: what was answered is stored.
Reader = Annotated[AsyncConnection, Depends(_reader, scope="function")]
Writer = Annotated[AsyncConnection, Depends(_writer, scope="function")]
