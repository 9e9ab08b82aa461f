"""Request limits that all processes share: a storage of the `limits` library in our own database."""

import time
from typing import Any

import sqlalchemy as sa
from limits.aio.storage import Storage
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from typing_extensions import override

from apiwright.store.database import Database
from apiwright.store.models import Counter


class CounterStorage(Storage):
    """Counts within fixed windows, one row per key; a row whose window has passed starts again."""

    STORAGE_SCHEME = ["apiwright"]  # noqa: RUF012 - declared so by the library

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    @property
    @override
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    @override
    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        moment = time.time()
        insert: Any = (sqlite.insert if self._database.is_sqlite else postgresql.insert)(Counter)
        ended = Counter.expires_at <= moment
        statement = (
            insert.values(key=key, count=amount, expires_at=moment + expiry)
            .on_conflict_do_update(
                index_elements=[Counter.key],
                set_={
                    "count": sa.case((ended, amount), else_=Counter.count + amount),
                    "expires_at": sa.case((ended, moment + expiry), else_=Counter.expires_at),
                },
            )
            .returning(Counter.count)
        )
        async with self._database.write() as session:
            return int((await session.execute(statement)).scalar_one())

    @override
    async def get(self, key: str) -> int:
        row = await self._row(key)
        return row.count if row is not None else 0

    @override
    async def get_expiry(self, key: str) -> float:
        row = await self._row(key)
        return row.expires_at if row is not None else time.time()

    @override
    async def check(self) -> bool:
        async with self._database.read() as session:
            return (await session.execute(sa.select(1))).scalar_one() == 1

    @override
    async def reset(self) -> int | None:
        async with self._database.write() as session:
            return len((await session.execute(sa.delete(Counter).returning(Counter.key))).all())

    @override
    async def clear(self, key: str) -> None:
        async with self._database.write() as session:
            await session.execute(sa.delete(Counter).where(Counter.key == key))

    async def _row(self, key: str) -> Counter | None:
        async with self._database.read() as session:
            return await session.scalar(sa.select(Counter).where(Counter.key == key, Counter.expires_at > time.time()))
