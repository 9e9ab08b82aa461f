"""Queries on notes."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.core.security import Principal
from app.models.base import table_of
from app.models.note import Note, note_friends
from app.models.note_like import NoteLike
from app.repositories.base import Link, Repository, Target
from app.schemas.note import NotePage, NoteRead

notes = table_of(Note)


def _friend_ids_in_reach(caller: Principal) -> ColumnElement[bool]:
    """The notes that `caller` may point to."""
    return table_of(Note).c.owner_id == caller.id


class NoteRepository(Repository[NoteRead]):
    """The table of notes."""

    label = "note"
    table = notes
    read_schema = NoteRead
    page_schema = NotePage
    columns = (
        notes.c.id,
        notes.c.body,
        notes.c.code,
        notes.c.mood,
        notes.c.meta,
        notes.c.done_at,
        notes.c.owner_id,
        notes.c.created_at,
        notes.c.updated_at,
    )
    computed = (
        select(func.count())
        .where(table_of(NoteLike).c.note_id == notes.c.id)
        .scalar_subquery()
        .label("likes"),
    )
    searched = (
        notes.c.body,
        notes.c.code,
    )
    links = (
        Link(
            key="friend_ids",
            pairs=note_friends,
            source="note_id",
            target="friend_id",
        ),
    )
    targets = (Target(key="friend_ids", table=table_of(Note), reach=_friend_ids_in_reach),)

    @classmethod
    def owned_by(cls, account_id: UUID) -> ColumnElement[bool]:
        """The condition on notes of this account."""
        return notes.c.owner_id == account_id

    async def calm_note(self, row_id: UUID, *, owner_id: UUID | None = None) -> NoteRead:
        """''' {{ a }} \x00 \U0001f642 \\."""
        return await self._move(
            row_id,
            "mood",
            sources=('"""', "{{ x }}"),
            target="'''",
            stamp="done_at",
            owner_id=owner_id,
        )

    async def like_note(
        self, row_id: UUID, account_id: UUID, *, owner_id: UUID | None = None
    ) -> None:
        """'''\\ {{ b }}\x00."""
        await self._require(row_id, owner_id=owner_id)
        await self._pair(table_of(NoteLike), {"user_id": account_id, "note_id": row_id})

    async def unlike_note(
        self, row_id: UUID, account_id: UUID, *, owner_id: UUID | None = None
    ) -> None:
        """Undo that: unlike."""
        await self._require(row_id, owner_id=owner_id)
        await self._unpair(table_of(NoteLike), {"user_id": account_id, "note_id": row_id})
