"""Tables, one module for each entity. Importing this package makes all of them known to `Base.metadata`."""

from app.models.appointment import Appointment
from app.models.base import Base
from app.models.doctor import Doctor
from app.models.patient import Patient
from app.models.prescription import Prescription
from app.models.refresh_token import RefreshToken
from app.models.staff import Staff

__all__ = [
    "Appointment",
    "Base",
    "Doctor",
    "Patient",
    "Prescription",
    "RefreshToken",
    "Staff",
]
