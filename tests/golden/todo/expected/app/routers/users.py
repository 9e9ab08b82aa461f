"""Routes of users."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.core.openapi import problems
from app.core.pagination import Page, QueryString
from app.dependencies import CurrentUser, Reader, Writer, WritingUser
from app.repositories.user import UserRepository
from app.schemas.user import UserQuery, UserRead, UserUpdate

router = APIRouter(prefix="/users", tags=["users"])


@router.get("", responses=problems(401, 422))
async def list_users(
    query: Annotated[UserQuery, Depends(QueryString(UserQuery))],
    connection: Reader,
    caller: CurrentUser,
) -> Page[UserRead]:
    """List users."""
    return await UserRepository(connection).page(query, owner_id=caller.id)


@router.get("/{user_id}", responses=problems(401, 404, 422))
async def get_user(user_id: UUID, connection: Reader, caller: CurrentUser) -> UserRead:
    """Get a user."""
    return await UserRepository(connection).get(user_id, owner_id=caller.id)


@router.patch("/{user_id}", responses=problems(400, 401, 404, 409, 413, 422))
async def update_user(
    user_id: UUID, payload: UserUpdate, connection: Writer, caller: WritingUser
) -> UserRead:
    """Update a user; omitted members keep their values."""
    values = payload.model_dump(by_alias=True, exclude_unset=True)
    return await UserRepository(connection).update(user_id, values, owner_id=caller.id)


@router.delete("/{user_id}", status_code=204, responses=problems(401, 404, 422))
async def delete_user(user_id: UUID, connection: Writer, caller: WritingUser) -> None:
    """Delete a user."""
    await UserRepository(connection).delete(user_id, owner_id=caller.id)
