"""Users' own keys of language models, sealed."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from apiwright.kit.clock import now
from apiwright.store.models import ModelKey
from apiwright.store.sealing import Seals


class ModelKeys:
    """Queries over keys, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def put(self, user_id: UUID, vendor: str, sealed: str) -> ModelKey:
        """Keep a key, instead of the one that was there."""
        found = await self.find(user_id, vendor)
        if found is None:
            found = ModelKey(user_id=user_id, vendor=vendor)
            self._session.add(found)
        found.sealed, found.stored_at = sealed, now()
        await self._session.flush()
        return found

    async def find(self, user_id: UUID, vendor: str) -> ModelKey | None:
        """The user's key for a vendor."""
        return await self._session.get(ModelKey, (user_id, vendor))

    async def of(self, user_id: UUID) -> Sequence[ModelKey]:
        """Every key of a user."""
        return (await self._session.scalars(sa.select(ModelKey).where(ModelKey.user_id == user_id).order_by(ModelKey.vendor))).all()

    async def drop(self, user_id: UUID, vendor: str) -> bool:
        """Forget a key. False when there is none."""
        gone = await self._session.execute(
            sa.delete(ModelKey).where(ModelKey.user_id == user_id, ModelKey.vendor == vendor).returning(ModelKey.vendor)
        )
        return gone.one_or_none() is not None

    async def renew(self, seals: Seals) -> None:
        """Put every key under the newest secret. One that is stored anew meanwhile stays as it is then."""
        for row in (await self._session.scalars(sa.select(ModelKey))).all():
            if renewed := seals.renewed(row.sealed):
                same = (ModelKey.user_id == row.user_id, ModelKey.vendor == row.vendor, ModelKey.sealed == row.sealed)
                await self._session.execute(
                    sa.update(ModelKey).where(*same).values(sealed=renewed).execution_options(synchronize_session=False)
                )
