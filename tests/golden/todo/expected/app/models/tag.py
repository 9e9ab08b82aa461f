"""Table of tags."""

from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    String,
    UniqueConstraint,
    column,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Row


class Tag(Row):
    """A tag."""

    __tablename__ = "tags"
    __table_args__ = (
        UniqueConstraint("owner_id", "name"),
        CheckConstraint(func.length(column("name")) <= 50, name="name_length"),
    )

    name: Mapped[str] = mapped_column(String(50))
    color: Mapped[str | None] = mapped_column(String(255))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
