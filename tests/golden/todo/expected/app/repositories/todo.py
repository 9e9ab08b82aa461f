"""Queries on todos."""

from uuid import UUID

from sqlalchemy import ColumnElement

from app.core.security import Principal
from app.models.base import table_of
from app.models.tag import Tag
from app.models.todo import Todo, todo_tags
from app.repositories.base import Link, Repository, Target
from app.schemas.todo import TodoPage, TodoRead

todos = table_of(Todo)


def _tag_ids_in_reach(caller: Principal) -> ColumnElement[bool]:
    """The tags that `caller` may point to."""
    return table_of(Tag).c.owner_id == caller.id


class TodoRepository(Repository[TodoRead]):
    """The table of todos."""

    label = "todo"
    table = todos
    read_schema = TodoRead
    page_schema = TodoPage
    columns = (
        todos.c.id,
        todos.c.title,
        todos.c.description,
        todos.c.status,
        todos.c.priority,
        todos.c.due_date,
        todos.c.completed_at,
        todos.c.owner_id,
        todos.c.created_at,
        todos.c.updated_at,
    )
    searched = (
        todos.c.title,
        todos.c.description,
    )
    links = (
        Link(
            key="tag_ids",
            pairs=todo_tags,
            source="todo_id",
            target="tag_id",
        ),
    )
    targets = (Target(key="tag_ids", table=table_of(Tag), reach=_tag_ids_in_reach),)

    @classmethod
    def owned_by(cls, account_id: UUID) -> ColumnElement[bool]:
        """The condition on todos of this account."""
        return todos.c.owner_id == account_id

    async def complete_todo(self, row_id: UUID, *, owner_id: UUID | None = None) -> TodoRead:
        """Complete a todo."""
        return await self._move(
            row_id,
            "status",
            sources=("open", "in_progress"),
            target="done",
            stamp="completed_at",
            owner_id=owner_id,
        )
