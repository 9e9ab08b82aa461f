"""Projects and their versions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from apiwright.api.context import Context
from apiwright.api.deps import Caller, Limit, Offset, Plain, ProjectsReader, ProjectsWriter, Shared
from apiwright.api.generations.accept import read
from apiwright.api.generations.schemas import GenerationPage, GenerationRead
from apiwright.api.problems import ProblemError, documented, not_found
from apiwright.api.projects.compare import compare
from apiwright.api.projects.schemas import Comparison, ProjectChange, ProjectCreate, ProjectPage, ProjectRead
from apiwright.store import Accounts, Generation, Generations, Project, Projects, StorageError, Version

router = APIRouter(prefix="/projects", tags=["projects"])
Number = Annotated[int, Path(ge=1, le=1_000_000, description="Number of a version.")]
_READING = documented(401, 403, 404, 422, 429, 503)


@router.get("", responses=documented(401, 403, 422, 429, 503))
async def index(
    shared: Shared,
    caller: ProjectsReader,
    q: Annotated[str, Query(max_length=200, description="Part of the name or the description."), Plain] = "",
    limit: Limit = 20,
    offset: Offset = 0,
) -> ProjectPage:
    """One's projects, newest first."""
    async with shared.service.database.read() as session:
        items, total = await Projects(session).page(caller.user_id, search=q, limit=limit, offset=offset)
    return ProjectPage(items=[_read(item) for item in items], total=total, limit=limit, offset=offset)


@router.post("", status_code=201, responses=documented(400, 401, 403, 413, 422, 429, 503))
async def create(shared: Shared, caller: ProjectsWriter, body: ProjectCreate, response: Response) -> ProjectRead:
    """Make a project, to be built later."""
    async with shared.service.database.write() as session:
        if await Accounts(session).by_id(caller.user_id) is None:
            raise ProblemError(401, "unauthenticated", "This account is gone.")
        project = await Projects(session).add(Project(user_id=caller.user_id, name=body.name, description=body.description))
    response.headers["Location"] = f"/api/projects/{project.id}"
    return _read(project)


@router.get("/{project_id:uuid}", responses=_READING)
async def show(shared: Shared, caller: ProjectsReader, project_id: UUID) -> ProjectRead:
    """One project."""
    async with shared.service.database.read() as session:
        return _read(await _find(session, caller, project_id))


@router.patch("/{project_id:uuid}", responses=documented(400, 401, 403, 404, 413, 422, 429, 503))
async def change(shared: Shared, caller: ProjectsWriter, project_id: UUID, body: ProjectChange) -> ProjectRead:
    """Rename or describe a project."""
    async with shared.service.database.write() as session:
        await _find(session, caller, project_id)
        await Projects(session).change(project_id, **body.model_dump(exclude_none=True))
        return _read(await _find(session, caller, project_id))


@router.delete("/{project_id:uuid}", status_code=204, responses=documented(401, 403, 404, 409, 422, 429, 503))
async def remove(shared: Shared, caller: ProjectsWriter, project_id: UUID) -> Response:
    """Remove a project with all its generations, versions and files. Those that run must be cancelled first."""
    async with shared.service.database.write() as session:
        await _find(session, caller, project_id)
        if await Projects(session).running(project_id):
            raise ProblemError(409, "conflict", "A generation of this project has not ended; cancel it first.")
        prefix = await Projects(session).delete(project_id)
    await shared.remove_files(prefix)
    return Response(status_code=204)


@router.get("/{project_id:uuid}/generations", responses=_READING)
async def generations(shared: Shared, caller: ProjectsReader, project_id: UUID, limit: Limit = 20, offset: Offset = 0) -> GenerationPage:
    """The generations of a project, newest first."""
    async with shared.service.database.read() as session:
        await _find(session, caller, project_id)
        items, total = await Generations(session).page(caller.user_id, project_id=project_id, status=None, limit=limit, offset=offset)
    return GenerationPage(items=[read(item) for item in items], total=total, limit=limit, offset=offset)


@router.get("/{project_id:uuid}/generations/active", responses=_READING)
async def active(shared: Shared, caller: ProjectsReader, project_id: UUID) -> GenerationRead:
    """The generation whose version is active."""
    async with shared.service.database.read() as session:
        project = await _find(session, caller, project_id)
        found = await Generations(session).find(project.active_id, user_id=caller.user_id) if project.active_id is not None else None
    if found is None:
        raise not_found("active version")
    return read(found)


@router.get("/{project_id:uuid}/generations/{version}", responses=_READING)
async def numbered(shared: Shared, caller: ProjectsReader, project_id: UUID, version: Number) -> GenerationRead:
    """The generation that published a version."""
    async with shared.service.database.read() as session:
        return read(await _generation(session, caller, await _version(session, caller, project_id, version)))


@router.post("/{project_id:uuid}/generations/{generation_id:uuid}/activate", responses=documented(401, 403, 404, 422, 429, 503))
async def activate(shared: Shared, caller: ProjectsWriter, project_id: UUID, generation_id: UUID) -> ProjectRead:
    """Make a version the active one."""
    async with shared.service.database.write() as session:
        await _find(session, caller, project_id)
        version = await Projects(session).version(generation_id)
        if version is None or version.project_id != project_id:
            raise not_found("version")
        await Projects(session).change(project_id, active_id=generation_id)
        project = await _find(session, caller, project_id)
    await _write_down(shared, version)
    return _read(project)


@router.get("/{project_id:uuid}/compare/{from_version}/{to_version}", responses=_READING)
async def compared(shared: Shared, caller: ProjectsReader, project_id: UUID, from_version: Number, to_version: Number) -> Comparison:
    """What differs between two versions."""
    async with shared.service.database.read() as session:
        before = await _version(session, caller, project_id, from_version)
        after = await _version(session, caller, project_id, to_version)
    return await compare(shared.service.artifacts, before, after)


async def _write_down(shared: Context, version: Version) -> None:
    try:
        await shared.service.artifacts.set_active(version.project_id, version.prefix.rsplit("/", 1)[1])
    except StorageError:
        # The database decides which one is active; the file only tells.
        shared.log.warning("active version not written down", project_id=str(version.project_id))


async def _find(session: AsyncSession, caller: Caller, project_id: UUID) -> Project:
    project = await Projects(session).find(project_id, user_id=caller.user_id)
    if project is None:
        raise not_found("project")
    return project


async def _version(session: AsyncSession, caller: Caller, project_id: UUID, number: int) -> Version:
    await _find(session, caller, project_id)
    version = await Projects(session).numbered(project_id, number)
    if version is None:
        raise not_found("version")
    return version


async def _generation(session: AsyncSession, caller: Caller, version: Version) -> Generation:
    generation = await Generations(session).find(version.generation_id, user_id=caller.user_id)
    if generation is None:
        raise not_found("generation")
    return generation


def _read(project: Project) -> ProjectRead:
    return ProjectRead(
        id=project.id, name=project.name, description=project.description, auto_created=project.auto_created,
        active_generation_id=project.active_id, created_at=project.created_at, updated_at=project.updated_at,
    )  # fmt: skip
