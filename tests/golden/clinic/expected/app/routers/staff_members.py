"""Routes of staff members."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.core.openapi import problems
from app.core.pagination import Page, QueryString
from app.core.security import Principal, Role
from app.dependencies import CurrentUser, PasswordHashing, Reader, RequireRole, Writer, WritingUser
from app.repositories.staff import StaffRepository
from app.schemas.base import Payload
from app.schemas.staff import StaffCreate, StaffQuery, StaffRead, StaffUpdate

router = APIRouter(prefix="/staff-members", tags=["staff members"])


@router.post("", status_code=201, responses=problems(400, 401, 403, 409, 413, 422))
async def create_staff(
    payload: StaffCreate,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("admin"))],
    passwords: PasswordHashing,
) -> StaffRead:
    """Create a staff."""
    values = payload.model_dump(by_alias=True, exclude={"password"})
    values["hashed_password"] = await passwords.hash(payload.password)
    return await StaffRepository(connection).create(values)


@router.get("", responses=problems(401, 422))
async def list_staff_members(
    query: Annotated[StaffQuery, Depends(QueryString(StaffQuery))],
    connection: Reader,
    _caller: CurrentUser,
) -> Page[StaffRead]:
    """List staff members."""
    return await StaffRepository(connection).page(query)


@router.get("/{staff_id}", responses=problems(401, 404, 422))
async def get_staff(staff_id: UUID, connection: Reader, _caller: CurrentUser) -> StaffRead:
    """Get a staff."""
    return await StaffRepository(connection).get(staff_id)


@router.patch("/{staff_id}", responses=problems(400, 401, 403, 404, 409, 413, 422))
async def update_staff(
    staff_id: UUID, payload: StaffUpdate, connection: Writer, caller: WritingUser
) -> StaffRead:
    """Update a staff; omitted members keep their values."""
    values = payload.model_dump(by_alias=True, exclude_unset=True)
    return await StaffRepository(connection).update(
        staff_id, values, owner_id=None if caller.role in {"admin"} else caller.id
    )


@router.delete("/{staff_id}", status_code=204, responses=problems(401, 403, 404, 409, 422))
async def delete_staff(
    staff_id: UUID, connection: Writer, _caller: Annotated[Principal, Depends(RequireRole("admin"))]
) -> None:
    """Delete a staff."""
    await StaffRepository(connection).delete(staff_id)


class RoleGrant(Payload):
    """The role that an account is to have."""

    role: Role


@router.put("/{staff_id}/role", responses=problems(400, 401, 403, 404, 413, 422))
async def set_staff_role(
    staff_id: UUID,
    payload: RoleGrant,
    connection: Writer,
    _caller: Annotated[Principal, Depends(RequireRole("admin"))],
) -> StaffRead:
    """Give an account a role. It holds at once."""
    return await StaffRepository(connection).set_role(staff_id, payload.role)
