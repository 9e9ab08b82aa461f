"""The statements of a move, put together once: a generation moves some thirty times, beside checks that need the processors."""

from functools import cache
from typing import Any, cast

import sqlalchemy as sa

from apiwright.store.models import EventRow, Generation, Worker

TERMINAL = ("completed", "failed", "cancelled")
_generations, _events, _workers = (cast("sa.Table", model.__table__) for model in (Generation, EventRow, Worker))

TOLD = sa.select(_events.c.seq).where(_events.c.generation_id == sa.bindparam("of"), _events.c.key == sa.bindparam("key"))
"""Whether a generation has told a step; parameters are `of` and `key`."""


@cache
def moved(*, fenced: bool, ends: bool, only_from: tuple[str, ...]) -> sa.Update[Any]:
    """Moves a generation on, unless the step `key` has been told, and answers with its number and progress.

    Parameters are `of`, `key`, `to_...`, and those of `writable`.
    """
    columns = _generations.c
    conditions = [columns.id == sa.bindparam("of"), *writable(fenced=fenced), ~TOLD.exists()]
    if only_from:
        conditions.append(columns.status.in_(only_from))
    progress = sa.bindparam("to_progress", type_=sa.Float)
    values: dict[str, Any] = {name: sa.bindparam(f"to_{name}") for name in ("status", "stage", "message", "updated_at")}
    if ends:
        values |= {name: sa.bindparam(f"to_{name}") for name in ("finished_at", "error")}
    return (
        sa.update(_generations)
        .where(*conditions)
        .values(
            **values,
            last_seq=columns.last_seq + 1,
            progress=sa.case((columns.progress > progress, columns.progress), else_=progress),
        )
        .returning(columns.last_seq, columns.progress)
    )


def writable(*, fenced: bool) -> list[sa.ColumnElement[bool]]:
    """Who may write: to what has not ended; of workers only the one whose it is (parameters `worker` and `attempt`)."""
    columns = _generations.c
    conditions: list[sa.ColumnElement[bool]] = [columns.status.not_in(TERMINAL)]
    if fenced:
        worker: sa.ColumnElement[str] = sa.bindparam("worker")
        alive = sa.select(_workers.c.id).where(_workers.c.id == worker).exists()
        conditions += [columns.worker_id == worker, columns.attempts == sa.bindparam("attempt"), alive]
    return conditions


ADDED = sa.insert(_events)
"""Adds an event; parameters are its columns."""
AFTER = (
    sa.select(EventRow)
    .where(EventRow.generation_id == sa.bindparam("of"), EventRow.seq > sa.bindparam("after"))
    .order_by(EventRow.seq)
)  # fmt: skip
