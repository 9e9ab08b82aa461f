"""Queries on note likes."""

from app.models.base import table_of
from app.models.note_like import NoteLike
from app.repositories.base import Repository
from app.schemas.note_like import NoteLikeRead

note_likes = table_of(NoteLike)


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
