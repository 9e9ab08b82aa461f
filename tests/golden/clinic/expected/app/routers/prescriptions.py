"""Routes of prescriptions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.core.openapi import problems
from app.core.pagination import Page, QueryString
from app.core.security import Principal
from app.dependencies import Reader, ReadingUser, RequireRole, Writer, WritingUser
from app.repositories.prescription import PrescriptionRepository
from app.schemas.prescription import (
    PrescriptionCreate,
    PrescriptionQuery,
    PrescriptionRead,
    PrescriptionUpdate,
)

router = APIRouter(prefix="/prescriptions", tags=["prescriptions"])


@router.post("", status_code=201, responses=problems(400, 401, 403, 409, 413, 422))
async def create_prescription(
    payload: PrescriptionCreate,
    connection: Writer,
    caller: Annotated[Principal, Depends(RequireRole("doctor"))],
) -> PrescriptionRead:
    """Create a prescription."""
    values = payload.model_dump(by_alias=True)
    values["prescriber_id"] = caller.id
    return await PrescriptionRepository(connection).create(values)


@router.get("", responses=problems(401, 422))
async def list_prescriptions(
    query: Annotated[PrescriptionQuery, Depends(QueryString(PrescriptionQuery))],
    connection: Reader,
    caller: ReadingUser,
) -> Page[PrescriptionRead]:
    """List prescriptions."""
    return await PrescriptionRepository(connection).page(
        query, owner_id=None if caller.role in {"doctor"} else caller.id
    )


@router.get("/{prescription_id}", responses=problems(401, 404, 422))
async def get_prescription(
    prescription_id: UUID, connection: Reader, caller: ReadingUser
) -> PrescriptionRead:
    """Get a prescription."""
    return await PrescriptionRepository(connection).get(
        prescription_id, owner_id=None if caller.role in {"doctor"} else caller.id
    )


@router.patch("/{prescription_id}", responses=problems(400, 401, 404, 409, 413, 422))
async def update_prescription(
    prescription_id: UUID, payload: PrescriptionUpdate, connection: Writer, caller: WritingUser
) -> PrescriptionRead:
    """Update a prescription; omitted members keep their values."""
    values = payload.model_dump(by_alias=True, exclude_unset=True)
    return await PrescriptionRepository(connection).update(
        prescription_id, values, owner_id=caller.id
    )


@router.delete("/{prescription_id}", status_code=204, responses=problems(401, 404, 422))
async def delete_prescription(
    prescription_id: UUID, connection: Writer, caller: WritingUser
) -> None:
    """Delete a prescription."""
    await PrescriptionRepository(connection).delete(
        prescription_id, owner_id=None if caller.role in {"admin"} else caller.id
    )
