"""Routes of doctors."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.core.openapi import problems
from app.core.pagination import Page, QueryString
from app.core.security import Principal
from app.dependencies import Reader, RequireRole, Writer
from app.repositories.doctor import DoctorRepository
from app.schemas.doctor import DoctorCreate, DoctorQuery, DoctorRead, DoctorUpdate

router = APIRouter(prefix="/doctors", tags=["doctors"])


@router.post("", status_code=201, responses=problems(400, 401, 403, 409, 413, 422))
async def create_doctor(
    payload: DoctorCreate,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("admin"))],
) -> DoctorRead:
    """Create a doctor."""
    values = payload.model_dump(by_alias=True)
    return await DoctorRepository(connection).create(values)


@router.get("", responses=problems(422))
async def list_doctors(
    query: Annotated[DoctorQuery, Depends(QueryString(DoctorQuery))], connection: Reader
) -> Page[DoctorRead]:
    """List doctors."""
    return await DoctorRepository(connection).page(query)


@router.get("/{doctor_id}", responses=problems(404, 422))
async def get_doctor(doctor_id: UUID, connection: Reader) -> DoctorRead:
    """Get a doctor."""
    return await DoctorRepository(connection).get(doctor_id)


@router.patch("/{doctor_id}", responses=problems(400, 401, 403, 404, 409, 413, 422))
async def update_doctor(
    doctor_id: UUID,
    payload: DoctorUpdate,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("admin"))],
) -> DoctorRead:
    """Update a doctor; omitted members keep their values."""
    values = payload.model_dump(by_alias=True, exclude_unset=True)
    return await DoctorRepository(connection).update(doctor_id, values)


@router.delete("/{doctor_id}", status_code=204, responses=problems(401, 403, 404, 409, 422))
async def delete_doctor(
    doctor_id: UUID,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("admin"))],
) -> None:
    """Delete a doctor."""
    await DoctorRepository(connection).delete(doctor_id)
