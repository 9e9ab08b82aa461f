"""Generations: made, found, and moved forward. Every move is an event, and both are written together or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from apiwright.kit.clock import now
from apiwright.store.errors import SupersededError
from apiwright.store.models import EventRow, Generation, IdempotencyKey, Worker
from apiwright.store.moving import ADDED, AFTER, TERMINAL, TOLD, moved, writable


@dataclass(frozen=True, slots=True)
class Fence:
    """Who may write to a generation: a worker that is not given up, in the attempt that it began itself."""

    worker_id: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a generation is to become, and the event that tells of it. `key` names the step: told once, however often it runs."""

    key: str
    status: str
    stage: str
    message: str
    progress: float
    phase: str = ""
    files: Sequence[str] = ()
    payload: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None


class Generations:
    """Queries over generations and their events, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, generation: Generation) -> None:
        """Store a new generation with its first event."""
        generation.status, generation.stage, generation.last_seq = "pending", "queued", 1
        generation.message = "Accepted, waiting for a worker"
        self._session.add(generation)
        await self._session.flush()
        self._session.add(
            EventRow(
                generation_id=generation.id, seq=1, key="queued", status="pending", stage="queued", phase="",
                message=generation.message, progress=0.0, files=[], payload={}, timestamp=now(),
            )
        )  # fmt: skip
        await self._session.flush()

    async def find(self, generation_id: UUID, *, user_id: UUID | None = None, documents: bool = False) -> Generation | None:
        """The generation, if it exists and (when `user_id` is given) is that user's; with blueprint, report and revision if `documents`."""
        query = sa.select(Generation).where(Generation.id == generation_id)
        if user_id is not None:
            query = query.where(Generation.user_id == user_id)
        if documents:
            query = query.options(undefer(Generation.blueprint), undefer(Generation.report), undefer(Generation.revision))
        return await self._session.scalar(query.execution_options(populate_existing=True))

    async def refresh(self, generation: Generation) -> None:
        """Bring a loaded generation up to what is stored now."""
        await self._session.refresh(generation)

    async def page(
        self, user_id: UUID, *, project_id: UUID | None, status: str | None, limit: int, offset: int
    ) -> tuple[Sequence[Generation], int]:
        """A page of a user's generations, newest first, and how many there are."""
        conditions = [Generation.user_id == user_id]
        if project_id is not None:
            conditions.append(Generation.project_id == project_id)
        if status is not None:
            conditions.append(Generation.status == status)
        total = (await self._session.execute(sa.select(sa.func.count()).select_from(Generation).where(*conditions))).scalar_one()
        query = sa.select(Generation).where(*conditions).order_by(Generation.created_at.desc(), Generation.id.desc())
        return (await self._session.scalars(query.limit(limit).offset(offset))).all(), total

    async def move(self, generation_id: UUID, move: Move, *, fence: Fence | None, only_from: Sequence[str] = ()) -> bool:
        """Add the event and make the generation what it says, unless this step has been told before.

        Args:
            fence: Who writes; None for a user's own act (cancelling).
            only_from: The statuses it may move from; any that is not terminal when empty.

        Returns:
            Whether anything was written.

        Raises:
            SupersededError: The generation ended, went away or belongs to another worker now, or is in another status.
        """
        moment, ends = now(), move.status in TERMINAL
        # It may repeat what a language model wrote, and PostgreSQL keeps no text with NUL in it.
        message = move.message.replace("\x00", "\ufffd")
        values: dict[str, Any] = {
            "of": generation_id, "key": move.key, "to_status": move.status, "to_stage": move.stage, "to_message": message,
            "to_progress": move.progress, "to_updated_at": moment, **_fencing(fence),
        }  # fmt: skip
        if ends:
            values |= {"to_finished_at": moment, "to_error": dict(move.error) if move.error is not None else None}
        statement = moved(fenced=fence is not None, ends=ends, only_from=tuple(only_from))
        row = (await self._session.execute(statement, values)).one_or_none()
        if row is None:
            told = await self._session.execute(TOLD, {"of": generation_id, "key": move.key})
            if told.first() is not None:
                return False
            raise SupersededError(generation_id)
        event = {
            "generation_id": generation_id, "seq": row.last_seq, "key": move.key, "status": move.status, "stage": move.stage,
            "phase": move.phase, "message": message, "progress": row.progress, "files": list(move.files),
            "data": dict(move.payload or {}), "timestamp": moment,
        }  # fmt: skip
        await self._session.execute(ADDED, event)
        await self._announce(generation_id)
        return True

    async def claim(self, generation_id: UUID, worker_id: str, *, lifetime: timedelta) -> Generation | None:
        """Take a generation for this worker; None when it has ended or gone. Its deadline is set the first time.

        Raises:
            SupersededError: This worker has been given up.
        """
        moment = now()
        alive = sa.select(Worker.id).where(Worker.id == worker_id)
        if (await self._session.execute(alive)).first() is None:
            raise SupersededError(generation_id)
        await self._session.execute(
            sa.update(Generation)
            .where(Generation.id == generation_id, Generation.status.in_(("pending", "processing")), alive.exists())
            .values(
                worker_id=worker_id,
                attempts=Generation.attempts + 1,
                started_at=sa.func.coalesce(Generation.started_at, sa.literal(moment, Generation.started_at.type)),
                deadline_at=sa.func.coalesce(Generation.deadline_at, sa.literal(moment + lifetime, Generation.deadline_at.type)),
            )
        )
        found = await self.find(generation_id, documents=True)
        return found if found is not None and found.status in {"pending", "processing"} else None

    async def keep(self, generation_id: UUID, *, fence: Fence | None, **values: Any) -> None:
        """Set columns that no event tells of (blueprint, report, number).

        Raises:
            SupersededError: As `move`.
        """
        kept = await self._session.execute(
            sa.update(Generation)
            .where(Generation.id == generation_id, *writable(fenced=fence is not None))
            .values(values)
            .returning(Generation.id)
            .execution_options(synchronize_session=False),
            _fencing(fence),
        )
        if kept.one_or_none() is None:
            raise SupersededError(generation_id)

    async def events(self, generation_id: UUID, *, after: int = 0) -> Sequence[EventRow]:
        """The events with a higher sequence number than `after`, in order."""
        return (await self._session.scalars(AFTER, {"of": generation_id, "after": after})).all()

    async def heads(self, generation_ids: Sequence[UUID]) -> Mapping[UUID, int]:
        """The newest sequence number of each of these generations that exists."""
        rows = await self._session.execute(sa.select(Generation.id, Generation.last_seq).where(Generation.id.in_(generation_ids)))
        return {row.id: row.last_seq for row in rows}

    async def answered(self, user_id: UUID, key: str) -> IdempotencyKey | None:
        """What a request with this key made before."""
        return await self._session.get(IdempotencyKey, (user_id, key))

    async def remember(self, user_id: UUID, key: str, *, request_hash: str, generation_id: UUID) -> None:
        """Bind a key to what its request made. A second request with the same key violates the primary key."""
        self._session.add(IdempotencyKey(user_id=user_id, key=key, request_hash=request_hash, generation_id=generation_id))
        await self._session.flush()

    async def _announce(self, generation_id: UUID) -> None:
        # Delivered by the database when, and only when, the transaction is committed.
        if self._session.get_bind().dialect.name == "postgresql":
            await self._session.execute(sa.select(sa.func.pg_notify("apiwright_events", str(generation_id))))


def _fencing(fence: Fence | None) -> dict[str, Any]:
    """The parameters of `writable`."""
    return {"worker": fence.worker_id, "attempt": fence.attempt} if fence is not None else {}
