"""Table of todos."""

import datetime as dt
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    String,
    Table,
    Text,
    column,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Row, UtcDateTime

todo_tags = Table(
    "todo_tags",
    Base.metadata,
    Column("todo_id", ForeignKey("todos.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Todo(Row):
    """Something to be done."""

    __tablename__ = "todos"
    __table_args__ = (
        CheckConstraint(func.length(column("title")).between(1, 200), name="title_length"),
        CheckConstraint(
            column("status").in_(["open", "in_progress", "done"]), name="status_values"
        ),
        CheckConstraint(column("priority").between(1, 5), name="priority_range"),
    )

    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(11), default="open")
    priority: Mapped[int] = mapped_column(BigInteger, default=3)
    due_date: Mapped[dt.date | None] = mapped_column(Date, index=True)
    completed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
