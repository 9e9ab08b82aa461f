"""Table of patients."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Row


class Patient(Row):
    """A patient."""

    __tablename__ = "patients"

    first_name: Mapped[str] = mapped_column(String(255))
    last_name: Mapped[str] = mapped_column(String(255), index=True)
    date_of_birth: Mapped[dt.date] = mapped_column(Date)
    email: Mapped[str | None] = mapped_column(String(254))
    insurance_code: Mapped[str | None] = mapped_column(String(10_000))
    allergies: Mapped[Any] = mapped_column(
        JSON(none_as_null=True), nullable=False, default=lambda: []
    )
