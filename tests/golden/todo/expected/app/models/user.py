"""Table of users."""

from sqlalchemy import CheckConstraint, String, column, func
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Row


class User(Row):
    """Somebody who keeps a list."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint(func.length(column("name")) <= 100, name="name_length"),)

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str | None] = mapped_column(String(100))
    hashed_password: Mapped[str] = mapped_column(String(255))
