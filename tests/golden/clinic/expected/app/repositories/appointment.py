"""Queries on appointments."""

from uuid import UUID

from app.models.appointment import Appointment
from app.models.base import table_of
from app.models.doctor import Doctor
from app.models.patient import Patient
from app.repositories.base import Repository, Target
from app.schemas.appointment import AppointmentPage, AppointmentRead

appointments = table_of(Appointment)


class AppointmentRepository(Repository[AppointmentRead]):
    """The table of appointments."""

    label = "appointment"
    table = appointments
    read_schema = AppointmentRead
    page_schema = AppointmentPage
    columns = (
        appointments.c.id,
        appointments.c.starts_at,
        appointments.c.duration_minutes,
        appointments.c.room_opens,
        appointments.c.reason,
        appointments.c.status,
        appointments.c.patient_id,
        appointments.c.doctor_id,
        appointments.c.created_at,
        appointments.c.updated_at,
    )
    searched = (appointments.c.reason,)
    targets = (
        Target(key="patient_id", table=table_of(Patient)),
        Target(key="doctor_id", table=table_of(Doctor)),
    )

    async def confirm_appointment(self, row_id: UUID) -> AppointmentRead:
        """Confirm an appointment."""
        return await self._move(
            row_id,
            "status",
            sources=("requested",),
            target="confirmed",
        )

    async def complete_appointment(self, row_id: UUID) -> AppointmentRead:
        """Complete an appointment."""
        return await self._move(
            row_id,
            "status",
            sources=("confirmed",),
            target="completed",
        )

    async def cancel_appointment(self, row_id: UUID) -> AppointmentRead:
        """Cancel an appointment."""
        return await self._move(
            row_id,
            "status",
            sources=("requested", "confirmed", "completed", "no-show"),
            target="cancelled",
        )
