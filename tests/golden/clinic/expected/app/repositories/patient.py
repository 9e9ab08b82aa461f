"""Queries on patients."""

from app.models.base import table_of
from app.models.patient import Patient
from app.repositories.base import Repository
from app.schemas.patient import PatientPage, PatientRead

patients = table_of(Patient)


class PatientRepository(Repository[PatientRead]):
    """The table of patients."""

    label = "patient"
    table = patients
    read_schema = PatientRead
    page_schema = PatientPage
    columns = (
        patients.c.id,
        patients.c.first_name,
        patients.c.last_name,
        patients.c.date_of_birth,
        patients.c.email,
        patients.c.allergies,
        patients.c.created_at,
        patients.c.updated_at,
    )
    searched = (
        patients.c.first_name,
        patients.c.last_name,
        patients.c.email,
    )
