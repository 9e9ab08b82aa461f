"""Taking a generation in: within its user's limits, once per idempotency key, under a project, into the queue."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from fastapi import Response
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from apiwright.api.context import Context
from apiwright.api.deps import Caller
from apiwright.api.generations.choosing import planning_options
from apiwright.api.generations.model_schemas import Budget
from apiwright.api.generations.schemas import GenerationAccepted, GenerationRead, ProjectBrief, SimilarProject
from apiwright.api.problems import ProblemError, not_found
from apiwright.store import Accounts, Generation, Generations, Project, Projects
from apiwright.store.similarity import alike, name_from, terms_in
from apiwright.workflows import Job

log = structlog.get_logger(__name__)
_FOR_PEOPLE, _FOR_PROGRAMS = 10, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A generation that somebody asks for; `request` is their body, which an idempotency key stands for."""

    request: BaseModel
    prompt: str
    mode: str
    verify: str | None
    review: bool
    model: str | None = None
    budget: Budget | None = None
    database: str | None = None
    project_id: UUID | None = None
    parent_id: UUID | None = None
    kind: str = "new"
    options: dict[str, Any] | None = None
    upload_id: UUID | None = None


async def accept(shared: Context, caller: Caller, wish: Wish, *, key: str | None) -> tuple[GenerationAccepted, bool]:
    """The generation, and whether an earlier request with the same key had made it."""
    _refuse_long(shared, wish)
    digest = hashlib.sha256(f"{type(wish.request).__name__}:{wish.request.model_dump_json()}".encode()).hexdigest()
    if key is None:
        return await _start(shared, caller, wish, None, digest), False
    earlier = await _earlier(shared, caller, key, digest)
    if earlier is not None:
        return earlier, True
    try:
        return await _start(shared, caller, wish, key, digest), False
    except IntegrityError:
        # Another request with this key was faster by a hair.
        earlier = await _earlier(shared, caller, key, digest)
        if earlier is None:
            raise
        return earlier, True


def _refuse_long(shared: Context, wish: Wish) -> None:
    limit = shared.service.settings.prompt_limit
    if len(wish.prompt) > limit:
        where = [
            {"where": "body.prompt", "message": f"String should have at most {limit} characters", "code": "string_too_long", "hint": ""}
        ]
        raise ProblemError(422, "prompt-too-long", f"The prompt has {len(wish.prompt):,} characters; {limit:,} are allowed.", errors=where)


async def _start(shared: Context, caller: Caller, wish: Wish, key: str | None, digest: str) -> GenerationAccepted:
    settings = shared.service.settings
    planning = await planning_options(shared, caller, mode=wish.mode, model=wish.model, budget=wish.budget)
    await shared.limits.count("generations", settings.generations_per_minute, caller.user_id)
    async with shared.service.database.write() as session:
        if await Accounts(session).by_id(caller.user_id) is None:
            raise ProblemError(401, "unauthenticated", "This account is gone.")
        project, similar = await _project(session, caller, wish)
        generation = Generation(
            project_id=project.id, user_id=caller.user_id, parent_id=wish.parent_id, prompt=wish.prompt, mode=wish.mode,
            database=wish.database, verify=wish.verify or settings.default_verify, review=wish.review,
            kind=wish.kind, options={**(wish.options or {}), **planning} or None, upload_id=wish.upload_id,
            priority=_FOR_PROGRAMS if caller.is_program else _FOR_PEOPLE,
        )  # fmt: skip
        await Generations(session).add(generation)
        if key is not None:
            await Generations(session).remember(caller.user_id, key, request_hash=digest, generation_id=generation.id)
    shared.metrics.accepted.inc()
    await hand_in(shared, generation)
    return _accepted(generation, project, similar)


async def hand_in(shared: Context, generation: Generation) -> None:
    """Give the job to the queue. It is accepted already: when the queue is away now, a worker hands it in later."""
    job = Job(generation_id=generation.id, user_id=generation.user_id, part=generation.part, priority=generation.priority)
    try:
        await shared.service.queue.enqueue(job)
    except Exception:
        log.exception("not handed in yet", generation_id=str(generation.id))


async def _project(session: AsyncSession, caller: Caller, wish: Wish) -> tuple[Project, list[SimilarProject]]:
    if wish.project_id is not None:
        project = await Projects(session).find(wish.project_id, user_id=caller.user_id)
        if project is None:
            raise not_found("project")
        return project, []
    known = {project.id: project for project in await Projects(session).recent(caller.user_id)}
    found = alike(wish.prompt, [(project.id, map(str, project.terms)) for project in known.values()])
    similar = [SimilarProject(id=item.project_id, name=known[item.project_id].name, score=item.score) for item in found]
    name = name_from(wish.prompt)
    terms = sorted(terms_in(wish.prompt))[:40]
    return await Projects(session).add(Project(user_id=caller.user_id, name=name, auto_created=True, terms=terms)), similar


async def _earlier(shared: Context, caller: Caller, key: str, digest: str) -> GenerationAccepted | None:
    async with shared.service.database.read() as session:
        answered = await Generations(session).answered(caller.user_id, key)
        if answered is None:
            return None
        if answered.request_hash != digest:
            raise ProblemError(422, "idempotency-key-reused", "This Idempotency-Key was used for another request.")
        generation = await Generations(session).find(answered.generation_id, user_id=caller.user_id)
        project = await Projects(session).find(generation.project_id, user_id=caller.user_id) if generation is not None else None
    if generation is None or project is None:
        raise not_found("generation")
    return _accepted(generation, project, [])


def located(response: Response, accepted: GenerationAccepted, *, replayed: bool) -> None:
    """Say where it is, and whether an earlier request had made it."""
    response.headers["Location"] = f"/api/generations/{accepted.id}"
    if replayed:
        response.headers["Idempotent-Replayed"] = "true"


def read(generation: Generation) -> GenerationRead:
    """A generation as it is answered."""
    return GenerationRead.model_validate(_members(generation))


def _accepted(generation: Generation, project: Project, similar: list[SimilarProject]) -> GenerationAccepted:
    brief = ProjectBrief(id=project.id, name=project.name, auto_created=project.auto_created)
    return GenerationAccepted.model_validate({**_members(generation), "project": brief, "similar_projects": similar})


def _members(generation: Generation) -> dict[str, object]:
    return {
        "id": generation.id, "project_id": generation.project_id, "parent_generation_id": generation.parent_id,
        "kind": generation.kind,
        "prompt": generation.prompt, "mode": generation.mode, "model": (generation.options or {}).get("model"), "usage": generation.usage,
        "database": generation.database, "verify": generation.verify,
        "review": generation.review, "status": generation.status, "stage": generation.stage, "progress": generation.progress,
        "message": generation.message, "error": generation.error,
        "version": generation.number if generation.status == "completed" else None,
        "created_at": generation.created_at, "started_at": generation.started_at, "finished_at": generation.finished_at,
    }  # fmt: skip
