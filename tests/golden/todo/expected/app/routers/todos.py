"""Routes of todos."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.core.openapi import problems
from app.core.pagination import Page, QueryString
from app.dependencies import CurrentUser, Reader, Writer, WritingUser
from app.repositories.todo import TodoRepository
from app.schemas.todo import TodoCreate, TodoQuery, TodoRead, TodoUpdate

router = APIRouter(prefix="/todos", tags=["todos"])


@router.post("", status_code=201, responses=problems(400, 401, 409, 413, 422))
async def create_todo(payload: TodoCreate, connection: Writer, caller: WritingUser) -> TodoRead:
    """Create a todo."""
    values = payload.model_dump(by_alias=True)
    values["owner_id"] = caller.id
    return await TodoRepository(connection).create(values, caller=caller)


@router.get("", responses=problems(401, 422))
async def list_todos(
    query: Annotated[TodoQuery, Depends(QueryString(TodoQuery))],
    connection: Reader,
    caller: CurrentUser,
) -> Page[TodoRead]:
    """The todos of the caller."""
    return await TodoRepository(connection).page(query, owner_id=caller.id)


@router.get("/{todo_id}", responses=problems(401, 404, 422))
async def get_todo(todo_id: UUID, connection: Reader, caller: CurrentUser) -> TodoRead:
    """Get a todo."""
    return await TodoRepository(connection).get(todo_id, owner_id=caller.id)


@router.patch("/{todo_id}", responses=problems(400, 401, 404, 409, 413, 422))
async def update_todo(
    todo_id: UUID, payload: TodoUpdate, connection: Writer, caller: WritingUser
) -> TodoRead:
    """Update a todo; omitted members keep their values."""
    values = payload.model_dump(by_alias=True, exclude_unset=True)
    return await TodoRepository(connection).update(
        todo_id, values, owner_id=caller.id, caller=caller
    )


@router.delete("/{todo_id}", status_code=204, responses=problems(401, 404, 422))
async def delete_todo(todo_id: UUID, connection: Writer, caller: WritingUser) -> None:
    """Delete a todo."""
    await TodoRepository(connection).delete(todo_id, owner_id=caller.id)


@router.post("/{todo_id}/complete", responses=problems(401, 404, 409, 422))
async def complete_todo(todo_id: UUID, connection: Writer, caller: WritingUser) -> TodoRead:
    """Complete a todo."""
    return await TodoRepository(connection).complete_todo(todo_id, owner_id=caller.id)
