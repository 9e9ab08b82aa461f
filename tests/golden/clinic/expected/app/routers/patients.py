"""Routes of patients."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.core.openapi import problems
from app.core.pagination import Page, QueryString
from app.core.security import Principal
from app.dependencies import Reader, RequireRole, RequireRoleToRead, Writer
from app.repositories.patient import PatientRepository
from app.schemas.patient import PatientCreate, PatientQuery, PatientRead, PatientUpdate

router = APIRouter(prefix="/patients", tags=["patients"])


@router.post("", status_code=201, responses=problems(400, 401, 403, 413, 422))
async def create_patient(
    payload: PatientCreate,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("receptionist"))],
) -> PatientRead:
    """Create a patient."""
    values = payload.model_dump(by_alias=True)
    return await PatientRepository(connection).create(values)


@router.get("", responses=problems(401, 403, 422))
async def list_patients(
    query: Annotated[PatientQuery, Depends(QueryString(PatientQuery))],
    connection: Reader,
    _caller: Annotated[Principal, Depends(RequireRoleToRead("doctor", "receptionist"))],
) -> Page[PatientRead]:
    """List patients."""
    return await PatientRepository(connection).page(query)


@router.get("/{patient_id}", responses=problems(401, 403, 404, 422))
async def get_patient(
    patient_id: UUID,
    connection: Reader,
    _caller: Annotated[Principal, Depends(RequireRoleToRead("doctor", "receptionist"))],
) -> PatientRead:
    """Get a patient."""
    return await PatientRepository(connection).get(patient_id)


@router.patch("/{patient_id}", responses=problems(400, 401, 403, 404, 413, 422))
async def update_patient(
    patient_id: UUID,
    payload: PatientUpdate,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("receptionist"))],
) -> PatientRead:
    """Update a patient; omitted members keep their values."""
    values = payload.model_dump(by_alias=True, exclude_unset=True)
    return await PatientRepository(connection).update(patient_id, values)


@router.delete("/{patient_id}", status_code=204, responses=problems(401, 403, 404, 422))
async def delete_patient(
    patient_id: UUID,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("admin"))],
) -> None:
    """Delete a patient."""
    await PatientRepository(connection).delete(patient_id)
