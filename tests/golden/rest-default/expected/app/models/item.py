"""Table of items."""

from sqlalchemy import Boolean, CheckConstraint, String, Text, column, func
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Row


class Item(Row):
    """An item."""

    __tablename__ = "items"
    __table_args__ = (CheckConstraint(func.length(column("name")) <= 200, name="name_length"),)

    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
