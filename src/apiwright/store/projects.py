"""Projects and their versions."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from apiwright.kit.clock import now
from apiwright.store.errors import SupersededError
from apiwright.store.models import Deletion, Generation, Project, Upload, Version

COMPARED_PROJECTS = 200


class Projects:
    """Queries over projects and versions, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, project: Project) -> Project:
        self._session.add(project)
        await self._session.flush()
        return project

    async def find(self, project_id: UUID, *, user_id: UUID) -> Project | None:
        """The project, if it exists and is that user's."""
        query = sa.select(Project).where(Project.id == project_id, Project.user_id == user_id)
        return await self._session.scalar(query.execution_options(populate_existing=True))

    async def page(self, user_id: UUID, *, search: str, limit: int, offset: int) -> tuple[Sequence[Project], int]:
        """A page of a user's projects, newest first, and how many there are; `search` looks into name and description."""
        conditions = [Project.user_id == user_id]
        if search:
            conditions.append(Project.name.icontains(search, autoescape=True) | Project.description.icontains(search, autoescape=True))
        total = (await self._session.execute(sa.select(sa.func.count()).select_from(Project).where(*conditions))).scalar_one()
        query = sa.select(Project).where(*conditions).order_by(Project.created_at.desc(), Project.id.desc())
        return (await self._session.scalars(query.limit(limit).offset(offset))).all(), total

    async def recent(self, user_id: UUID) -> Sequence[Project]:
        """The user's newest projects, as many as a new prompt is compared with."""
        query = sa.select(Project).where(Project.user_id == user_id).order_by(Project.updated_at.desc()).limit(COMPARED_PROJECTS)
        return (await self._session.scalars(query)).all()

    async def change(self, project_id: UUID, **values: Any) -> None:
        await self._session.execute(sa.update(Project).where(Project.id == project_id).values(updated_at=now(), **values))

    async def next_number(self, project_id: UUID) -> int:
        """A version number that nobody else gets.

        Raises:
            SupersededError: The project is gone.
        """
        given = await self._session.execute(
            sa.update(Project).where(Project.id == project_id).values(last_version=Project.last_version + 1).returning(Project.last_version)
        )
        number = given.scalar_one_or_none()
        if number is None:
            raise SupersededError(project_id)
        return number

    async def add_version(self, version: Version) -> None:
        """Make a version visible, and the active one of its project."""
        self._session.add(version)
        await self._session.flush()
        await self.change(version.project_id, active_id=version.generation_id)

    async def version(self, generation_id: UUID, *, manifest: bool = False) -> Version | None:
        """The version that a generation made; with its manifest if asked."""
        query = sa.select(Version).where(Version.generation_id == generation_id)
        return await self._session.scalar(query.options(undefer(Version.files)) if manifest else query)

    async def numbered(self, project_id: UUID, number: int) -> Version | None:
        """A project's version of that number, with its manifest."""
        query = sa.select(Version).where(Version.project_id == project_id, Version.number == number)
        return await self._session.scalar(query.options(undefer(Version.files)))

    async def add_upload(self, upload: Upload) -> None:
        """Make an edited tree the one that counts for its version."""
        self._session.add(upload)
        await self._session.flush()

    async def upload(self, generation_id: UUID) -> Upload | None:
        """The edited tree that counts for a version, if there is one."""
        query = sa.select(Upload).where(Upload.generation_id == generation_id).order_by(Upload.created_at.desc(), Upload.id.desc())
        return await self._session.scalar(query.limit(1))

    async def drop_uploads(self, generation_id: UUID) -> None:
        """Let the version's own files count again. The trees stay until the version goes: work may be under way on them."""
        await self._session.execute(sa.delete(Upload).where(Upload.generation_id == generation_id))

    async def lineage(self, generation: Generation) -> Sequence[Generation]:
        """The generation and those that it goes back to, the first one first, as far as they are there."""
        line = [generation]
        while (parent_id := line[0].parent_id) is not None:
            query = sa.select(Generation).where(Generation.id == parent_id, Generation.user_id == generation.user_id)
            parent = await self._session.scalar(query)
            if parent is None:
                break
            line.insert(0, parent)
        return line

    async def running(self, project_id: UUID) -> Sequence[UUID]:
        """The project's generations that have not ended."""
        query = sa.select(Generation.id).where(
            Generation.project_id == project_id, Generation.status.not_in(("completed", "failed", "cancelled"))
        )
        return (await self._session.scalars(query)).all()

    async def delete(self, project_id: UUID) -> str:
        """Delete a project with everything that belongs to it. Its files are listed for deletion in the same transaction."""
        prefix = f"projects/{project_id}"
        await self.list_for_deletion(prefix)
        await self._session.execute(sa.delete(Project).where(Project.id == project_id))
        return prefix

    async def delete_generation(self, generation: Generation) -> str | None:
        """Delete a generation and its version, if it has one; another version then becomes active. Files as in `delete`."""
        version = await self.version(generation.id)
        if version is not None:
            await self.list_for_deletion(version.prefix)
        await self._session.execute(sa.delete(Generation).where(Generation.id == generation.id))
        project = await self.find(generation.project_id, user_id=generation.user_id)
        if project is not None and project.active_id == generation.id:
            latest = sa.select(Version.generation_id).where(Version.project_id == project.id).order_by(Version.number.desc()).limit(1)
            await self.change(project.id, active_id=await self._session.scalar(latest))
        return version.prefix if version is not None else None

    async def list_for_deletion(self, prefix: str) -> None:
        """Have workers remove what is below a prefix, in the same transaction as its rows."""
        self._session.add(Deletion(prefix=prefix))
        await self._session.flush()
