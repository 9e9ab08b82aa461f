"""Table of appointments."""

import datetime as dt
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    String,
    Text,
    Time,
    UniqueConstraint,
    column,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Row, UtcDateTime


class Appointment(Row):
    """An appointment."""

    __tablename__ = "appointments"
    __table_args__ = (
        UniqueConstraint("doctor_id", "starts_at"),
        CheckConstraint(column("duration_minutes").between(5, 480), name="duration_minutes_range"),
        CheckConstraint(
            column("status").in_(["requested", "confirmed", "completed", "cancelled", "no-show"]),
            name="status_values",
        ),
    )

    starts_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    duration_minutes: Mapped[int] = mapped_column(BigInteger, default=30)
    room_opens: Mapped[dt.time | None] = mapped_column(Time)
    reason: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(9), default="requested")
    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patients.id", ondelete="CASCADE"), index=True
    )
    doctor_id: Mapped[UUID] = mapped_column(
        ForeignKey("doctors.id", ondelete="RESTRICT"), index=True
    )
