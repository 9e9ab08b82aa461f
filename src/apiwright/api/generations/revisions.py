"""Versions that follow others: asked for, gone back to, looked at, and brought out of their conflicts."""

from typing import Annotated
from uuid import UUID, uuid4

import anyio.to_thread
from fastapi import APIRouter, Path, Response

from apiwright.api.context import Context
from apiwright.api.deps import Caller, GenerationsReader, GenerationsWriter, Shared
from apiwright.api.generations.accept import Wish, accept, hand_in, located, read
from apiwright.api.generations.endpoints import Key, find, still_waiting
from apiwright.api.generations.revision_schemas import IterateRequest, RevisionRead, RollbackRequest, SolvedFile, SolveRequest
from apiwright.api.generations.schemas import GenerationAccepted, GenerationRead
from apiwright.api.problems import ProblemError, documented, not_found
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.filetree import FileTree, GeneratedFile, unsolved
from apiwright.store import Generation, Generations, Move, Projects, SupersededError
from apiwright.store.artifacts import PROJECT, staged_at

router = APIRouter(tags=["revisions"])
_STARTING = documented(400, 401, 403, 404, 409, 413, 422, 429, 503)
ProjectId = Annotated[UUID, Path()]


@router.post("/generations/iterate", status_code=201, responses=_STARTING)
async def iterate(
    shared: Shared, caller: GenerationsWriter, body: IterateRequest, response: Response, idempotency_key: Key = None
) -> GenerationAccepted:
    """Ask for changes of a backend that is completed. The answer becomes the next version of the same project.

    Files that were uploaded as edits of the parent are what it is made from; edits are merged with what is generated, as git does.
    """
    parent = await find(shared, caller, body.parent_generation_id)
    if parent.status != "completed":
        raise ProblemError(409, "conflict", f"Only a completed generation can be gone on from; this one is {parent.status}.")
    return await _accepted(shared, caller, parent, body, response, idempotency_key)


@router.post("/projects/{project_id:uuid}/rollback", status_code=201, responses=_STARTING)
async def rollback(  # noqa: PLR0913, PLR0917 - the framework's
    shared: Shared, caller: GenerationsWriter, project_id: ProjectId, body: RollbackRequest, response: Response, idempotency_key: Key = None
) -> GenerationAccepted:
    """Make a new version that is like an earlier one, out of the active one, with the migration that leads there."""
    async with shared.service.database.read() as session:
        project = await Projects(session).find(project_id, user_id=caller.user_id)
        if project is None:
            raise not_found("project")
        target = await Projects(session).numbered(project_id, body.version)
        active = await Generations(session).find(project.active_id, user_id=caller.user_id) if project.active_id else None
        if target is None or active is None:
            raise not_found("version")
        line = [item.id for item in await Projects(session).lineage(active)]
    if target.generation_id not in line[:-1]:
        raise ProblemError(409, "conflict", f"The active version does not come from v{body.version}; activate that one instead.")
    # Records within the files count the versions that led here; numbers of a project also count those beside them.
    return await _accepted(shared, caller, active, body, response, idempotency_key, to_version=line.index(target.generation_id) + 1)


@router.get("/generations/{generation_id:uuid}/revision", responses=documented(401, 403, 404, 409, 422, 429, 503))
async def revision(shared: Shared, caller: GenerationsReader, generation_id: UUID) -> RevisionRead:
    """What leads from the parent's version to this one: changes, migration, files, edits that were kept, conflicts."""
    generation = await find(shared, caller, generation_id)
    if generation.revision is None:
        raise ProblemError(409, "conflict", f"There is no revision: the generation is {generation.kind}, and {generation.status}.")
    return RevisionRead.model_validate({**generation.revision, "solved": "solved" in generation.revision})


@router.post("/generations/{generation_id:uuid}/solve", status_code=202, responses=_STARTING)
async def solve(shared: Shared, caller: GenerationsWriter, generation_id: UUID, body: SolveRequest) -> GenerationRead:
    """Go on with files whose conflicts you have solved. All of them at once; none may have conflict markers in it any more."""
    generation = await find(shared, caller, generation_id)
    if not has_conflicts(generation):
        raise ProblemError(409, "conflict", f"The generation does not wait for conflicts to be solved: it is {generation.status}.")
    blocking = {item["path"] for item in (generation.revision or {})["conflicts"] if item["blocks"]}
    tree = await shared.service.artifacts.tree(staged_at(generation_id, PROJECT))
    solved = await anyio.to_thread.run_sync(_solved, tree, body.files, blocking)
    name = f"solved-{uuid4().hex}"
    await shared.service.artifacts.keep_tree(staged_at(generation_id, name), solved)
    generation = await _go_on(shared, generation, {**(generation.revision or {}), "solved": name})
    await hand_in(shared, generation)
    return read(generation)


def has_conflicts(generation: Generation) -> bool:
    """Whether it waits for its user to solve conflicts, not to approve a plan."""
    return generation.status == "awaiting_approval" and generation.stage == "code"


async def _accepted(  # noqa: PLR0913, PLR0917 - what both ways to ask have in common
    shared: Context, caller: Caller, parent: Generation, body: IterateRequest | RollbackRequest, response: Response,
    key: str | None, *, to_version: int | None = None,
) -> GenerationAccepted:  # fmt: skip
    async with shared.service.database.read() as session:
        upload = await Projects(session).upload(parent.id)
    asked = body if isinstance(body, IterateRequest) else None
    options = {
        "allow_wider_access": asked.allow_wider_access if asked else False,
        "allow_data_loss": body.allow_data_loss, "to_version": to_version,
        "conversions": [item.model_dump(mode="json") for item in body.conversions],
    }  # fmt: skip
    wish = Wish(
        request=body, prompt=body.prompt if isinstance(body, IterateRequest) else f"back to v{body.version}",
        mode=asked.mode if asked else "classic", model=asked.model if asked else None, budget=asked.budget if asked else None,
        verify=body.verify, review=body.review,
        database=parent.database, project_id=parent.project_id, parent_id=parent.id,
        kind="revise" if to_version is None else "rollback", options=options, upload_id=upload.id if upload is not None else None,
    )  # fmt: skip
    accepted, replayed = await accept(shared, caller, wish, key=key)
    located(response, accepted, replayed=replayed)
    return accepted


def _solved(tree: FileTree, files: list[SolvedFile], blocking: set[str]) -> FileTree:
    texts = {item.path: item.text for item in files}
    problems = [
        Diagnostic(code="conflict-unknown", where=path, message="This file has no conflict.") for path in sorted(texts.keys() - blocking)
    ]
    solved = FileTree(GeneratedFile(file.path, texts.get(file.path, file.text), file.phase) for file in tree)
    hint = "Choose one side, or write what is right, and take the markers out."
    problems += [
        Diagnostic(code="conflict-unsolved", where=path, message="It still has conflict markers.", hint=hint)
        for path in unsolved(solved)
        if path in blocking
    ]
    if problems:
        raise InputError(problems)
    return solved


async def _go_on(shared: Context, generation: Generation, solved: dict[str, object]) -> Generation:
    async with shared.service.database.write() as session:
        generations = Generations(session)
        found = await still_waiting(generations, generation.id)
        move = Move(key="solved", status="processing", stage="code", phase="solved", message="Conflicts solved", progress=found.progress)
        try:
            await generations.move(found.id, move, fence=None, only_from=("awaiting_approval",))
        except SupersededError as error:
            raise ProblemError(409, "conflict", "The generation has just ended.") from error
        await generations.keep(
            found.id, fence=None, revision=solved, part=found.part + 1, worker_id=None, deadline_at=None, cancel_requested_at=None
        )
        return await generations.find(found.id) or found
