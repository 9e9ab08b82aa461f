"""Routes of tags."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.core.openapi import problems
from app.core.pagination import Page, QueryString
from app.dependencies import CurrentUser, Reader, Writer, WritingUser
from app.repositories.tag import TagRepository
from app.schemas.tag import TagCreate, TagQuery, TagRead, TagUpdate

router = APIRouter(prefix="/tags", tags=["tags"])


@router.post("", status_code=201, responses=problems(400, 401, 409, 413, 422))
async def create_tag(payload: TagCreate, connection: Writer, caller: WritingUser) -> TagRead:
    """Create a tag."""
    values = payload.model_dump(by_alias=True)
    values["owner_id"] = caller.id
    return await TagRepository(connection).create(values)


@router.get("", responses=problems(401, 422))
async def list_tags(
    query: Annotated[TagQuery, Depends(QueryString(TagQuery))],
    connection: Reader,
    caller: CurrentUser,
) -> Page[TagRead]:
    """The tags of the caller."""
    return await TagRepository(connection).page(query, owner_id=caller.id)


@router.get("/{tag_id}", responses=problems(401, 404, 422))
async def get_tag(tag_id: UUID, connection: Reader, caller: CurrentUser) -> TagRead:
    """Get a tag."""
    return await TagRepository(connection).get(tag_id, owner_id=caller.id)


@router.patch("/{tag_id}", responses=problems(400, 401, 404, 409, 413, 422))
async def update_tag(
    tag_id: UUID, payload: TagUpdate, connection: Writer, caller: WritingUser
) -> TagRead:
    """Update a tag; omitted members keep their values."""
    values = payload.model_dump(by_alias=True, exclude_unset=True)
    return await TagRepository(connection).update(tag_id, values, owner_id=caller.id)


@router.delete("/{tag_id}", status_code=204, responses=problems(401, 404, 422))
async def delete_tag(tag_id: UUID, connection: Writer, caller: WritingUser) -> None:
    """Delete a tag."""
    await TagRepository(connection).delete(tag_id, owner_id=caller.id)
