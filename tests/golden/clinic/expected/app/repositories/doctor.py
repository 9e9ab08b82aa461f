"""Queries on doctors."""

from app.models.base import table_of
from app.models.doctor import Doctor
from app.models.staff import Staff
from app.repositories.base import Repository, Target
from app.schemas.doctor import DoctorPage, DoctorRead

doctors = table_of(Doctor)


class DoctorRepository(Repository[DoctorRead]):
    """The table of doctors."""

    label = "doctor"
    table = doctors
    read_schema = DoctorRead
    page_schema = DoctorPage
    columns = (
        doctors.c.id,
        doctors.c.license_number,
        doctors.c.specialty,
        doctors.c.consultation_fee,
        doctors.c.account_id,
        doctors.c.created_at,
        doctors.c.updated_at,
    )
    searched = (doctors.c.license_number,)
    targets = (Target(key="account_id", table=table_of(Staff)),)
