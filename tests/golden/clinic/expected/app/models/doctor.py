"""Table of doctors."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, column, func, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import ExactDecimal, Row


class Doctor(Row):
    """A doctor."""

    __tablename__ = "doctors"
    __table_args__ = (
        CheckConstraint(
            func.length(column("license_number")).between(6, 12), name="license_number_length"
        ),
        CheckConstraint(
            column("specialty").in_(["general", "cardiology", "dermatology", "pediatrics"]),
            name="specialty_values",
        ),
        CheckConstraint(
            column("consultation_fee").between(literal_column("0"), literal_column("9999.99")),
            name="consultation_fee_range",
        ).ddl_if(dialect="postgresql"),
        CheckConstraint(
            column("consultation_fee").between(0, 999_999), name="consultation_fee_range"
        ).ddl_if(dialect="sqlite"),
    )

    license_number: Mapped[str] = mapped_column(String(12), unique=True)
    specialty: Mapped[str] = mapped_column(String(11))
    consultation_fee: Mapped[Decimal | None] = mapped_column(ExactDecimal(6, 2))
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("staff_members.id", ondelete="RESTRICT"), unique=True
    )
