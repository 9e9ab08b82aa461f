"""Queries on prescriptions."""

from uuid import UUID

from sqlalchemy import ColumnElement

from app.models.appointment import Appointment
from app.models.base import table_of
from app.models.prescription import Prescription
from app.repositories.base import Repository, Target
from app.schemas.prescription import PrescriptionPage, PrescriptionRead

prescriptions = table_of(Prescription)


class PrescriptionRepository(Repository[PrescriptionRead]):
    """The table of prescriptions."""

    label = "prescription"
    table = prescriptions
    read_schema = PrescriptionRead
    page_schema = PrescriptionPage
    columns = (
        prescriptions.c.id,
        prescriptions.c.drug,
        prescriptions.c.dose_mg,
        prescriptions.c.days,
        prescriptions.c.appointment_id,
        prescriptions.c.prescriber_id,
        prescriptions.c.created_at,
        prescriptions.c.updated_at,
    )
    searched = (prescriptions.c.drug,)
    targets = (Target(key="appointment_id", table=table_of(Appointment)),)

    @classmethod
    def owned_by(cls, account_id: UUID) -> ColumnElement[bool]:
        """The condition on prescriptions of this account."""
        return prescriptions.c.prescriber_id == account_id
