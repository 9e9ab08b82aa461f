"""Routes of appointments."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.core.openapi import problems
from app.core.pagination import Page, QueryString
from app.core.security import Principal
from app.dependencies import Reader, RequireRole, RequireRoleToRead, Writer
from app.repositories.appointment import AppointmentRepository
from app.schemas.appointment import (
    AppointmentCreate,
    AppointmentQuery,
    AppointmentRead,
    AppointmentUpdate,
)

router = APIRouter(prefix="/appointments", tags=["appointments"])


@router.post("", status_code=201, responses=problems(400, 401, 403, 409, 413, 422))
async def create_appointment(
    payload: AppointmentCreate,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("receptionist"))],
) -> AppointmentRead:
    """Create an appointment."""
    values = payload.model_dump(by_alias=True)
    return await AppointmentRepository(connection).create(values)


@router.get("", responses=problems(401, 403, 422))
async def list_appointments(
    query: Annotated[AppointmentQuery, Depends(QueryString(AppointmentQuery))],
    connection: Reader,
    _caller: Annotated[Principal, Depends(RequireRoleToRead("doctor", "receptionist"))],
) -> Page[AppointmentRead]:
    """List appointments."""
    return await AppointmentRepository(connection).page(query)


@router.get("/{appointment_id}", responses=problems(401, 403, 404, 422))
async def get_appointment(
    appointment_id: UUID,
    connection: Reader,
    _caller: Annotated[Principal, Depends(RequireRoleToRead("doctor", "receptionist"))],
) -> AppointmentRead:
    """Get an appointment."""
    return await AppointmentRepository(connection).get(appointment_id)


@router.patch("/{appointment_id}", responses=problems(400, 401, 403, 404, 409, 413, 422))
async def update_appointment(
    appointment_id: UUID,
    payload: AppointmentUpdate,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("receptionist"))],
) -> AppointmentRead:
    """Update an appointment; omitted members keep their values."""
    values = payload.model_dump(by_alias=True, exclude_unset=True)
    return await AppointmentRepository(connection).update(appointment_id, values)


@router.post("/{appointment_id}/confirm", responses=problems(401, 403, 404, 409, 422))
async def confirm_appointment(
    appointment_id: UUID,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("doctor", "receptionist"))],
) -> AppointmentRead:
    """Confirm an appointment."""
    return await AppointmentRepository(connection).confirm_appointment(appointment_id)


@router.post("/{appointment_id}/complete", responses=problems(401, 403, 404, 409, 422))
async def complete_appointment(
    appointment_id: UUID,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("doctor"))],
) -> AppointmentRead:
    """Complete an appointment."""
    return await AppointmentRepository(connection).complete_appointment(appointment_id)


@router.post("/{appointment_id}/cancel", responses=problems(401, 403, 404, 409, 422))
async def cancel_appointment(
    appointment_id: UUID,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("receptionist"))],
) -> AppointmentRead:
    """Cancel an appointment."""
    return await AppointmentRepository(connection).cancel_appointment(appointment_id)
