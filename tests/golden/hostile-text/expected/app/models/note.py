"""Table of notes."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, String, Table, column
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Row, UtcDateTime

note_friends = Table(
    "note_friends",
    Base.metadata,
    Column("note_id", ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True),
    Column("friend_id", ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Note(Row):
    """'''+__import__('os').system('id')+'''\x00\U0001f642 {{ config }} |a|b| end\\"""

    __tablename__ = "notes"
    __table_args__ = (
        CheckConstraint(
            column("mood").in_(
                [
                    '"""',
                    "'''",
                    "{{ x }}",
                    "{% raw %}",
                    "a\nb",
                    "\\",
                    "\\n",
                    "\U0001f642",
                    "%(x)s",
                    ":name",
                    "'; DROP TABLE notes; --",
                    "a\u2028b",
                ]
            ),
            name="mood_values",
        ),
    )

    body: Mapped[str] = mapped_column(
        String(255), default="\"\"\" '''{{ x }}\n\\n \\ \U0001f642 %s {0} $x `;--"
    )
    code: Mapped[str | None] = mapped_column(String(255))
    mood: Mapped[str] = mapped_column(String(23), default='"""')
    meta: Mapped[Any] = mapped_column(
        JSON(none_as_null=True),
        nullable=False,
        default=lambda: {"\"'\\": ["{{ x }}", "\n", "\U0001f642", None, 1.5, True]},
    )
    done_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
