"""Routes of notes."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.core.openapi import problems
from app.core.pagination import Page, QueryString
from app.dependencies import CurrentUser, Reader, Writer, WritingUser
from app.repositories.note import NoteRepository
from app.schemas.note import NoteCreate, NoteQuery, NoteRead, NoteUpdate

router = APIRouter(prefix="/notes", tags=["notes"])


@router.post("", status_code=201, responses=problems(400, 401, 409, 413, 422))
async def create_note(payload: NoteCreate, connection: Writer, caller: WritingUser) -> NoteRead:
    """Create a note."""
    values = payload.model_dump(by_alias=True)
    values["owner_id"] = caller.id
    return await NoteRepository(connection).create(values, caller=caller)


@router.get("", responses=problems(401, 422))
async def list_notes(
    query: Annotated[NoteQuery, Depends(QueryString(NoteQuery))],
    connection: Reader,
    caller: CurrentUser,
) -> Page[NoteRead]:
    """The notes of the caller."""
    return await NoteRepository(connection).page(query, owner_id=caller.id)


@router.get("/{note_id}", responses=problems(401, 404, 422))
async def get_note(note_id: UUID, connection: Reader, caller: CurrentUser) -> NoteRead:
    """Get a note."""
    return await NoteRepository(connection).get(note_id, owner_id=caller.id)


@router.patch("/{note_id}", responses=problems(400, 401, 404, 409, 413, 422))
async def update_note(
    note_id: UUID, payload: NoteUpdate, connection: Writer, caller: WritingUser
) -> NoteRead:
    """Update a note; omitted members keep their values."""
    values = payload.model_dump(by_alias=True, exclude_unset=True)
    return await NoteRepository(connection).update(
        note_id, values, owner_id=caller.id, caller=caller
    )


@router.delete("/{note_id}", status_code=204, responses=problems(401, 404, 422))
async def delete_note(note_id: UUID, connection: Writer, caller: WritingUser) -> None:
    """Delete a note."""
    await NoteRepository(connection).delete(note_id, owner_id=caller.id)


@router.post("/{note_id}/calm", responses=problems(401, 404, 409, 422))
async def calm_note(note_id: UUID, connection: Writer, caller: WritingUser) -> NoteRead:
    """''' {{ a }} \x00 \U0001f642 \\."""
    return await NoteRepository(connection).calm_note(note_id, owner_id=caller.id)


@router.post("/{note_id}/like", status_code=204, responses=problems(401, 404, 409, 422))
async def like_note(note_id: UUID, connection: Writer, caller: WritingUser) -> None:
    """'''\\ {{ b }}\x00."""
    await NoteRepository(connection).like_note(note_id, caller.id, owner_id=caller.id)


@router.post("/{note_id}/unlike", status_code=204, responses=problems(401, 404, 409, 422))
async def unlike_note(note_id: UUID, connection: Writer, caller: WritingUser) -> None:
    """Undo that: unlike."""
    await NoteRepository(connection).unlike_note(note_id, caller.id, owner_id=caller.id)
