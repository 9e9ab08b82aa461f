"""What keeps the service going: workers that are alive, work that was left behind, and what may be forgotten."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from apiwright.kit.clock import now
from apiwright.store.models import Counter, Deletion, Generation, IdempotencyKey, RefreshToken, StreamToken, Worker


class Upkeep:
    """Queries over workers and leftovers, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def enter(self, worker_id: str, *, version: str) -> None:
        """Begin to work."""
        self._session.add(Worker(id=worker_id, version=version))
        await self._session.flush()

    async def beat(self, worker_id: str) -> bool:
        """Say that this worker is alive. False when it has been given up and must stop."""
        beaten = await self._session.execute(sa.update(Worker).where(Worker.id == worker_id).values(seen_at=now()).returning(Worker.id))
        return beaten.one_or_none() is not None

    async def leave(self, worker_id: str) -> None:
        """Give up the right to write."""
        await self._session.execute(sa.delete(Worker).where(Worker.id == worker_id))

    async def give_up_silent(self, *, after: timedelta) -> Sequence[str]:
        """Take the right to write from workers that were silent for so long; their names."""
        gone = await self._session.execute(sa.delete(Worker).where(Worker.seen_at < now() - after).returning(Worker.id))
        return gone.scalars().all()

    async def alive(self) -> Sequence[str]:
        """The workers that may write."""
        return (await self._session.scalars(sa.select(Worker.id).order_by(Worker.id))).all()

    async def to_cancel(self, worker_id: str) -> Sequence[UUID]:
        """Generations of this worker that somebody wants cancelled."""
        query = sa.select(Generation.id).where(
            Generation.status == "processing", Generation.worker_id == worker_id, Generation.cancel_requested_at.is_not(None)
        )
        return (await self._session.scalars(query)).all()

    async def unended(self, *, older_than: timedelta) -> Sequence[Generation]:
        """Generations that ought to be queued or worked on, oldest first, untouched for so long."""
        query = sa.select(Generation).where(Generation.status.in_(("pending", "processing")), Generation.updated_at < now() - older_than)
        return (await self._session.scalars(query.order_by(Generation.created_at).limit(500))).all()

    async def by_status(self) -> dict[str, int]:
        """How many generations there are in each status."""
        rows = await self._session.execute(sa.select(Generation.status, sa.func.count()).group_by(Generation.status))
        return dict(rows.tuples().all())

    async def deletions(self) -> Sequence[Deletion]:
        """Files that are to go."""
        return (await self._session.scalars(sa.select(Deletion).order_by(Deletion.created_at).limit(100))).all()

    async def forget_deletion(self, prefix: str) -> None:
        await self._session.execute(sa.delete(Deletion).where(Deletion.prefix == prefix))

    async def ended_before(self, moment: datetime) -> Sequence[Generation]:
        """Generations that ended before a moment and made no version."""
        query = sa.select(Generation).where(Generation.status.in_(("failed", "cancelled")), Generation.finished_at < moment)
        return (await self._session.scalars(query.limit(500))).all()

    async def forget(self) -> None:
        """Drop what is past its time: tokens, counters, remembered answers."""
        moment = now()
        await self._session.execute(sa.delete(StreamToken).where(StreamToken.expires_at < moment))
        await self._session.execute(sa.delete(RefreshToken).where(RefreshToken.expires_at < moment))
        await self._session.execute(sa.delete(Counter).where(Counter.expires_at < time.time()))
        await self._session.execute(sa.delete(IdempotencyKey).where(IdempotencyKey.created_at < moment - timedelta(days=1)))
