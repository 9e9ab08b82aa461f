"""Generations: started, listed, reviewed, cancelled, removed."""

import json
from typing import Annotated, Any
from uuid import UUID

import anyio.to_thread
from fastapi import APIRouter, Header, Query, Request, Response

from apiwright.api.context import Context
from apiwright.api.deps import Caller, GenerationsReader, GenerationsWriter, Limit, Offset, Shared
from apiwright.api.generations.accept import Wish, accept, hand_in, located, read
from apiwright.api.generations.schemas import (
    EventRead,
    GenerateRequest,
    GenerationAccepted,
    GenerationPage,
    GenerationRead,
    ReportRead,
    Status,
    event_document,
)
from apiwright.api.problems import ProblemError, documented, not_found
from apiwright.blueprint import Blueprint, dump_yaml, load
from apiwright.blueprint.changes import changes_to_json, diff
from apiwright.kit.clock import now
from apiwright.store import TERMINAL, Generation, Generations, Move, Projects, SupersededError
from apiwright.store.artifacts import staging_of
from apiwright.workflows import Job
from apiwright.workflows.outcome import refuse_losses, told

router = APIRouter(prefix="/generations", tags=["generations"])
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$",
        description="The same key with the same body makes one generation, within a day.",
    ),
]  # fmt: skip
_YAML = "application/yaml"
_BLUEPRINT_EXAMPLE: dict[str, Any] = {
    "schema_version": 1, "name": "notes", "title": "Notes", "description": "", "database": "sqlite",
    "entities": [{"name": "Note", "fields": [{"name": "title", "type": "string", "required": True}]}], "roles": [], "auth": None,
}  # fmt: skip
_BLUEPRINT_CONTENT: dict[str, Any] = {
    "application/json": {"schema": {"type": "object"}, "example": _BLUEPRINT_EXAMPLE},
    _YAML: {"schema": {"type": "string"}, "example": "name: notes\ntitle: Notes\nentities:\n  - name: Note\n"},
}


@router.post("/generate", status_code=201, responses=documented(400, 401, 403, 404, 413, 422, 429, 503))
async def generate(
    shared: Shared, caller: GenerationsWriter, body: GenerateRequest, response: Response, idempotency_key: Key = None
) -> GenerationAccepted:
    """Ask for a backend. It is built in the background: follow it with a stream token."""
    wish = Wish(
        request=body, prompt=body.prompt, mode=body.mode, verify=body.verify, review=body.review,
        database=body.database, project_id=body.project_id, model=body.model, budget=body.budget,
    )  # fmt: skip
    accepted, replayed = await accept(shared, caller, wish, key=idempotency_key)
    located(response, accepted, replayed=replayed)
    return accepted


@router.get("", responses=documented(401, 403, 422, 429, 503))
async def index(  # noqa: PLR0913, PLR0917 - one per filter
    shared: Shared,
    caller: GenerationsReader,
    project_id: UUID | None = None,
    status: Annotated[Status | None, Query()] = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> GenerationPage:
    """One's generations, newest first."""
    async with shared.service.database.read() as session:
        items, total = await Generations(session).page(caller.user_id, project_id=project_id, status=status, limit=limit, offset=offset)
    return GenerationPage(items=[read(item) for item in items], total=total, limit=limit, offset=offset)


@router.get("/{generation_id:uuid}", responses=documented(401, 403, 404, 422, 429, 503))
async def show(shared: Shared, caller: GenerationsReader, generation_id: UUID) -> GenerationRead:
    """One generation."""
    return read(await find(shared, caller, generation_id))


@router.delete("/{generation_id:uuid}", status_code=204, responses=documented(401, 403, 404, 409, 422, 429, 503))
async def remove(shared: Shared, caller: GenerationsWriter, generation_id: UUID) -> Response:
    """Remove a generation that has ended, with its version and its files."""
    async with shared.service.database.write() as session:
        generation = await Generations(session).find(generation_id, user_id=caller.user_id)
        if generation is None:
            raise not_found("generation")
        if generation.status not in TERMINAL:
            raise ProblemError(409, "conflict", f"The generation is {generation.status}; cancel it first.")
        prefix = await Projects(session).delete_generation(generation)
    if prefix is not None:
        await shared.remove_files(prefix)
    return Response(status_code=204)


@router.post("/{generation_id:uuid}/cancel", status_code=202, responses=documented(401, 403, 404, 409, 422, 429, 503))
async def cancel(shared: Shared, caller: GenerationsWriter, generation_id: UUID) -> GenerationRead:
    """End a generation. What works on it is stopped first; then its status and its last event say `cancelled`."""
    async with shared.service.database.write() as session:
        generation = await Generations(session).find(generation_id, user_id=caller.user_id)
        if generation is None:
            raise not_found("generation")
        if generation.status in TERMINAL:
            raise ProblemError(409, "conflict", f"The generation has ended: {generation.status}.", generation_status=generation.status)
        await _cancel(Generations(session), generation)
        if generation.status == "cancelled":
            # What it had staged while it waited for conflicts to be solved; nobody works on it who would.
            await Projects(session).list_for_deletion(staging_of(generation_id))
    job = Job(generation_id=generation.id, user_id=generation.user_id, part=generation.part)
    if generation.status == "cancelled":
        await shared.withdraw(job)
        await shared.remove_files(staging_of(generation_id))
    return read(generation)


@router.get("/{generation_id:uuid}/events", responses=documented(401, 403, 404, 422, 429, 503))
async def events(
    shared: Shared, caller: GenerationsReader, generation_id: UUID, after: Annotated[int, Query(ge=0, le=1_000_000)] = 0
) -> list[EventRead]:
    """The events of a generation so far, in order."""
    await find(shared, caller, generation_id)
    async with shared.service.database.read() as session:
        rows = await Generations(session).events(generation_id, after=after)
    return [EventRead.model_validate(event_document(row)) for row in rows]


@router.get(
    "/{generation_id:uuid}/blueprint",
    response_class=Response,
    responses={200: {"description": "The blueprint.", "content": _BLUEPRINT_CONTENT}} | documented(401, 403, 404, 409, 422, 429, 503),
)
async def blueprint(shared: Shared, caller: GenerationsReader, request: Request, generation_id: UUID) -> Response:
    """The blueprint, as JSON, or as YAML when `Accept` asks for it."""
    generation = await find(shared, caller, generation_id)
    if generation.blueprint is None:
        raise ProblemError(409, "conflict", f"There is no blueprint: the generation is {generation.status}.")
    if "yaml" in request.headers.get("accept", ""):
        text = await anyio.to_thread.run_sync(lambda: dump_yaml(Blueprint.model_validate(generation.blueprint)))
        return Response(text, media_type=_YAML)
    return Response(json.dumps(generation.blueprint, ensure_ascii=False), media_type="application/json")


@router.put(
    "/{generation_id:uuid}/blueprint",
    response_class=Response,
    responses={200: {"description": "The blueprint.", "content": _BLUEPRINT_CONTENT}}
    | documented(400, 401, 403, 404, 409, 413, 422, 429, 503),
    openapi_extra={"requestBody": {"required": True, "content": _BLUEPRINT_CONTENT}},
)
async def edit_blueprint(shared: Shared, caller: GenerationsWriter, request: Request, generation_id: UUID) -> Response:
    """Put another blueprint (JSON or YAML) in the place of the planned one, while it waits for approval. What is wrong is listed."""
    generation = await _waiting(shared, caller, generation_id)
    try:
        text = (await request.body()).decode()
    except UnicodeDecodeError as error:
        raise ProblemError(400, "malformed", "The body is no UTF-8 text.") from error
    edited = await anyio.to_thread.run_sync(load, text)
    document = edited.model_dump(mode="json")
    values: dict[str, Any] = {"blueprint": document}
    if generation.parent_id is not None:
        values["revision"] = await _changes_to(shared, caller, generation, edited)
    async with shared.service.database.write() as session:
        await still_waiting(Generations(session), generation_id)
        await Generations(session).keep(generation_id, fence=None, **values)
    return Response(json.dumps(document, ensure_ascii=False), media_type="application/json")


@router.post("/{generation_id:uuid}/approve", status_code=202, responses=documented(401, 403, 404, 409, 422, 429, 503))
async def approve(shared: Shared, caller: GenerationsWriter, generation_id: UUID) -> GenerationRead:
    """Go on with the blueprint as it is now."""
    await _waiting(shared, caller, generation_id)
    async with shared.service.database.write() as session:
        generation = await still_waiting(Generations(session), generation_id)
        move = Move(key="approved", status="processing", stage="schema", message="Approved", progress=generation.progress)
        await Generations(session).move(generation_id, move, fence=None, only_from=("awaiting_approval",))
        # The clock of the work starts again: waiting for a person is not working.
        await Generations(session).keep(
            generation_id, fence=None, approved_at=now(), part=generation.part + 1, worker_id=None, deadline_at=None
        )
        generation = await Generations(session).find(generation_id) or generation
    await hand_in(shared, generation)
    return read(generation)


@router.get("/{generation_id:uuid}/report", responses=documented(401, 403, 404, 409, 422, 429, 503))
async def report(shared: Shared, caller: GenerationsReader, generation_id: UUID) -> ReportRead:
    """The verification report."""
    generation = await find(shared, caller, generation_id)
    if generation.report is None:
        raise ProblemError(
            409, "conflict", f"There is no report: the generation is {generation.status}, verified at level {generation.verify}."
        )
    return ReportRead.model_validate({**generation.report, "usage": generation.usage})


async def find(shared: Context, caller: Caller, generation_id: UUID) -> Generation:
    """The caller's generation, with its documents, or a 404 problem."""
    async with shared.service.database.read() as session:
        generation = await Generations(session).find(generation_id, user_id=caller.user_id, documents=True)
    if generation is None:
        raise not_found("generation")
    return generation


async def _waiting(shared: Context, caller: Caller, generation_id: UUID) -> Generation:
    generation = await find(shared, caller, generation_id)
    if generation.status != "awaiting_approval":
        raise ProblemError(409, "conflict", f"The generation does not wait for approval: it is {generation.status}.")
    if generation.stage != "schema":
        raise ProblemError(409, "conflicts", "The generation has conflicts, which are to be solved: see its revision.")
    return generation


async def _changes_to(shared: Context, caller: Caller, generation: Generation, edited: Blueprint) -> dict[str, Any]:
    """What the user's own blueprint changes of the parent's."""
    parent = await find(shared, caller, generation.parent_id) if generation.parent_id is not None else None
    if parent is None or parent.blueprint is None:
        raise not_found("parent version")
    changes = diff(Blueprint.model_validate(parent.blueprint), edited)
    if not (generation.options or {}).get("allow_data_loss"):
        refuse_losses(changes)
    return {"changes": told(changes), "steps": changes_to_json(changes)}


async def still_waiting(generations: Generations, generation_id: UUID) -> Generation:
    """The generation within a transaction, or a 409 problem: somebody else was faster."""
    generation = await generations.find(generation_id)
    if generation is None or generation.status != "awaiting_approval":
        raise ProblemError(409, "conflict", "The generation does not wait for approval any more.")
    return generation


async def _cancel(generations: Generations, generation: Generation) -> None:
    """End it here and now when nobody works on it; else leave word for the worker, which ends the work first."""
    if generation.status != "processing" or generation.worker_id is None:
        move = Move(key="end", status="cancelled", stage=generation.stage, message="Cancelled", progress=generation.progress)
        try:
            await generations.move(generation.id, move, fence=None, only_from=("pending", "awaiting_approval", "processing"))
        except SupersededError as error:
            raise ProblemError(409, "conflict", "The generation has just ended.") from error
    elif generation.cancel_requested_at is None:
        await generations.keep(generation.id, fence=None, cancel_requested_at=now())
    await generations.refresh(generation)
