"""Queries on tags."""

from uuid import UUID

from sqlalchemy import ColumnElement

from app.models.base import table_of
from app.models.tag import Tag
from app.repositories.base import Repository
from app.schemas.tag import TagPage, TagRead

tags = table_of(Tag)


class TagRepository(Repository[TagRead]):
    """The table of tags."""

    label = "tag"
    table = tags
    read_schema = TagRead
    page_schema = TagPage
    columns = (
        tags.c.id,
        tags.c.name,
        tags.c.color,
        tags.c.owner_id,
        tags.c.created_at,
        tags.c.updated_at,
    )
    searched = (
        tags.c.name,
        tags.c.color,
    )

    @classmethod
    def owned_by(cls, account_id: UUID) -> ColumnElement[bool]:
        """The condition on tags of this account."""
        return tags.c.owner_id == account_id
