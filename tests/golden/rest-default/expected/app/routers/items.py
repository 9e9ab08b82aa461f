"""Routes of items."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.core.openapi import problems
from app.core.pagination import Page, QueryString
from app.dependencies import Reader, Writer
from app.repositories.item import ItemRepository
from app.schemas.item import ItemCreate, ItemQuery, ItemRead, ItemUpdate

router = APIRouter(prefix="/items", tags=["items"])


@router.post("", status_code=201, responses=problems(400, 413, 422))
async def create_item(payload: ItemCreate, connection: Writer) -> ItemRead:
    """Create an item."""
    values = payload.model_dump(by_alias=True)
    return await ItemRepository(connection).create(values)


@router.get("", responses=problems(422))
async def list_items(
    query: Annotated[ItemQuery, Depends(QueryString(ItemQuery))], connection: Reader
) -> Page[ItemRead]:
    """List items."""
    return await ItemRepository(connection).page(query)


@router.get("/{item_id}", responses=problems(404, 422))
async def get_item(item_id: UUID, connection: Reader) -> ItemRead:
    """Get an item."""
    return await ItemRepository(connection).get(item_id)


@router.patch("/{item_id}", responses=problems(400, 404, 413, 422))
async def update_item(item_id: UUID, payload: ItemUpdate, connection: Writer) -> ItemRead:
    """Update an item; omitted members keep their values."""
    values = payload.model_dump(by_alias=True, exclude_unset=True)
    return await ItemRepository(connection).update(item_id, values)


@router.delete("/{item_id}", status_code=204, responses=problems(404, 422))
async def delete_item(item_id: UUID, connection: Writer) -> None:
    """Delete an item."""
    await ItemRepository(connection).delete(item_id)
