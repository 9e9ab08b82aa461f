"""Table of prescriptions."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Double, ForeignKey, String, column
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Row


class Prescription(Row):
    """A prescription."""

    __tablename__ = "prescriptions"
    __table_args__ = (
        CheckConstraint(column("dose_mg").between(0.1, 5000), name="dose_mg_range"),
        CheckConstraint(column("days").between(1, 365), name="days_range"),
    )

    drug: Mapped[str] = mapped_column(String(255))
    dose_mg: Mapped[float] = mapped_column(Double)
    days: Mapped[int] = mapped_column(BigInteger)
    appointment_id: Mapped[UUID] = mapped_column(
        ForeignKey("appointments.id", ondelete="CASCADE"), index=True
    )
    prescriber_id: Mapped[UUID] = mapped_column(
        ForeignKey("staff_members.id", ondelete="RESTRICT"), index=True
    )
