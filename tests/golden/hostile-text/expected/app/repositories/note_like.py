"""Queries on note likes."""

from sqlalchemy import ColumnElement

from app.core.security import Principal
from app.models.base import table_of
from app.models.note import Note
from app.models.note_like import NoteLike
from app.repositories.base import Repository, Target
from app.schemas.note_like import NoteLikeRead

note_likes = table_of(NoteLike)


def _note_id_in_reach(caller: Principal) -> ColumnElement[bool]:
    """The notes that `caller` may point to."""
    return table_of(Note).c.owner_id == caller.id


class NoteLikeRepository(Repository[NoteLikeRead]):
    """The table of note likes."""

    label = "note like"
    table = note_likes
    read_schema = NoteLikeRead
    columns = (
        note_likes.c.id,
        note_likes.c.user_id,
        note_likes.c.note_id,
        note_likes.c.created_at,
        note_likes.c.updated_at,
    )
    targets = (Target(key="note_id", table=table_of(Note), reach=_note_id_in_reach),)
