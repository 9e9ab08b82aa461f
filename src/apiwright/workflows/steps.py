"""The steps of a generation, each of which may be run again after a crash and then does no harm.

What a step makes is kept in our own store, not in the engine: the blueprint in the database, the files as a staged artifact.
"""

import hashlib
import json
import shutil
import tempfile
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

import structlog

from apiwright import __version__
from apiwright.blueprint import Blueprint, dump_json
from apiwright.filetree import FileTree, GeneratedFile
from apiwright.store import Artifacts, Database, Fence, Generation, Generations, Move, Projects, StorageError, Version, persevere
from apiwright.store.similarity import terms_of
from apiwright.workflows.running import Running
from apiwright.workflows.stage_pool import OnEvent, StagePool
from apiwright.workflows.stages import StageCrashedError, StageFailedError, StageRequest

log = structlog.get_logger(__name__)
Verdict = Literal["go on", "wait", "ended"]
_CRASHES_BORNE = 2


class Steps:
    """Plan, compile, verify, publish."""

    def __init__(self, *, database: Database, artifacts: Artifacts, stages: StagePool, lifetime: timedelta, attempts: int) -> None:
        self._database = database
        self._artifacts = artifacts
        self._stages = stages
        self._lifetime = lifetime
        self._attempts = attempts

    async def begin(self, generation_id: UUID, worker_id: str) -> Running | None:
        """Take the generation up; None when there is nothing left to do.

        Raises:
            SupersededError: This worker has been given up.
        """

        async def claim() -> Generation | None:
            async with self._database.write() as session:
                return await Generations(session).claim(generation_id, worker_id, lifetime=self._lifetime)

        generation = await persevere(claim)
        if generation is None:
            return None
        running = Running(generation, Fence(worker_id, generation.attempts), self._database)
        if generation.attempts > self._attempts:
            message = f"Its workers died {self._attempts} times; it was given up."
            await self.fail(running, code="attempts", message=message)
            return None
        if generation.cancel_requested_at is not None:
            running.stop("cancelled")
        running.arm()
        return running

    async def plan(self, running: Running) -> Verdict:
        """From the prompt to the blueprint; with review asked for, the user has to approve it before anything else."""
        generation = running.generation
        if generation.blueprint is None:
            request: StageRequest = {
                "stage": "plan", "prompt": generation.prompt, "mode": generation.mode,
                "database": generation.database, "parent": await self._parent_blueprint(generation),
            }  # fmt: skip
            # Written as it comes: a crash between the blueprint and its last event runs the stage again, to the same end.
            generation.blueprint = await self._stage(running, request, running.tell)
            await running.keep(blueprint=generation.blueprint)
        if generation.review and generation.approved_at is None:
            data = {"blueprint_url": f"/api/generations/{generation.id}/blueprint"}
            await running.move(
                Move(
                    key="awaiting",
                    status="awaiting_approval",
                    stage="schema",
                    message="Waiting for your approval",
                    progress=0.2,
                    payload=data,
                )
            )
            return "wait"
        return "go on"

    async def compile(self, running: Running) -> Verdict:
        """Every file of the project, staged."""
        files = await self._stage(running, {"stage": "code", "blueprint": running.generation.blueprint or {}}, running.tell)
        tree = FileTree(GeneratedFile(item["path"], item["text"], item["phase"]) for item in files)
        await self._artifacts.stage(str(running.id), tree)
        return "go on"

    async def verify(self, running: Running) -> Verdict:
        """The proof, unless none was asked for. A project that fails it is not published."""
        if running.generation.verify == "none":
            return "go on"
        tree = await self._artifacts.staged(str(running.id))
        directory = tempfile.mkdtemp(prefix="apiwright-review-")
        try:
            files = [{"path": file.path, "text": file.text, "phase": file.phase} for file in tree]
            request: StageRequest = {"stage": "review", "files": files, "directory": directory, "level": running.generation.verify}
            report = await self._stage(running, request, running.tell)
        finally:
            shutil.rmtree(directory, ignore_errors=True)
        await running.keep(report=report)
        if report["ok"]:
            return "go on"
        failed = [check["name"] for check in report["checks"] if check["status"] == "failed"]
        await self.fail(running, code="verification-failed", message=f"Verification failed: {', '.join(failed)}", checks=failed)
        return "ended"

    async def publish(self, running: Running) -> Verdict:
        """The files under their final names first; then the version and the terminal status in one transaction."""
        generation = running.generation
        tree = await self._artifacts.staged(str(running.id))
        if generation.number is None:
            generation.number = await self._number(running)
        blueprint = Blueprint.model_validate(generation.blueprint)
        version = _version(generation, tree, blueprint)
        await self._artifacts.publish(version.prefix, tree, _manifest(version))
        proven = f"proven: {generation.verify}" if generation.verify != "none" else "not verified"
        move = Move(
            key="end", status="completed", stage="complete", message=f"{len(tree)} files, {proven}", progress=1.0,
            payload={"version": version.number, "files": len(tree), "download_url": f"/api/generations/{generation.id}/download"},
        )  # fmt: skip

        async def finish() -> None:
            async with self._database.write() as session:
                if await Generations(session).move(running.id, move, fence=running.fence):
                    await Projects(session).add_version(_version(generation, tree, blueprint))
                    terms = terms_of(blueprint.title, (entity.name for entity in blueprint.entities))
                    await Projects(session).change(generation.project_id, terms=terms)

        await persevere(finish)
        return "ended"

    async def settle(self, generation_id: UUID) -> None:
        """Tidy up after a generation, however it ended. Nothing here can change how it ended."""
        try:
            async with self._database.read() as session:
                generation = await Generations(session).find(generation_id)
                version = await Projects(session).version(generation_id)
            await self._artifacts.drop_staged(str(generation_id))
            if version is not None:
                await self._artifacts.set_active(version.project_id, version.prefix.rsplit("/", 1)[1])
            elif generation is not None and generation.number is not None:
                # It ended while its files were being written.
                await self._artifacts.remove(_prefix(generation))
        except (StorageError, FileNotFoundError) as error:
            log.warning("not tidied up", generation_id=str(generation_id), error=str(error))

    async def fail(self, running: Running, *, code: str, message: str, **details: Any) -> None:
        """End the generation as failed, saying why."""
        await self._end(running, "failed", message, {"code": code, "message": message, **details})

    async def cancel(self, running: Running) -> None:
        """End the generation as its user wished."""
        await self._end(running, "cancelled", "Cancelled", None)

    async def _end(self, running: Running, status: str, message: str, error: dict[str, Any] | None) -> None:
        async def write() -> None:
            async with self._database.write() as session:
                now_at = await Generations(session).find(running.id)
                stage, progress = (now_at.stage, now_at.progress) if now_at is not None else ("queued", 0.0)
                move = Move(key="end", status=status, stage=stage, message=message, progress=progress, payload=error or {}, error=error)
                await Generations(session).move(running.id, move, fence=running.fence)

        await persevere(write)

    async def _stage(self, running: Running, request: StageRequest, on_event: OnEvent) -> Any:
        for crashes in range(_CRASHES_BORNE + 1):
            try:
                return await self._stages.run(request, on_event)
            except StageCrashedError as error:
                log.warning("stage process died", stage=request["stage"], generation_id=str(running.id), error=str(error))
                if crashes == _CRASHES_BORNE:
                    message = f"The process of stage {request['stage']} died {crashes + 1} times."
                    raise StageFailedError(code="internal", message=message) from error
        raise AssertionError

    async def _parent_blueprint(self, generation: Generation) -> dict[str, Any] | None:
        if generation.parent_id is None:
            return None
        async with self._database.read() as session:
            parent = await Generations(session).find(generation.parent_id, documents=True)
        return parent.blueprint if parent is not None else None

    async def _number(self, running: Running) -> int:
        async def reserve() -> int:
            async with self._database.write() as session:
                found = await Generations(session).find(running.id)
                if found is not None and found.number is not None:
                    return found.number
                number = await Projects(session).next_number(running.generation.project_id)
                await Generations(session).keep(running.id, fence=running.fence, number=number)
                return number

        return await persevere(reserve)


def _version(generation: Generation, tree: FileTree, blueprint: Blueprint) -> Version:
    entries = tree.manifest.entries
    return Version(
        generation_id=generation.id, project_id=generation.project_id, number=generation.number,
        prefix=_prefix(generation),
        blueprint_hash=hashlib.sha256(dump_json(blueprint).encode()).hexdigest(), generator_version=__version__,
        files=[{"path": entry.path, "size": entry.size, "sha256": entry.sha256} for entry in entries],
        file_count=len(entries), size=sum(entry.size for entry in entries),
    )  # fmt: skip


def _prefix(generation: Generation) -> str:
    return f"projects/{generation.project_id}/generations/v{generation.number}__{generation.id}"


def _manifest(version: Version) -> bytes:
    manifest = {
        "files": version.files, "generator_version": version.generator_version,
        "blueprint_sha256": version.blueprint_hash, "version": version.number,
    }  # fmt: skip
    return json.dumps(manifest, indent=2, sort_keys=True).encode() + b"\n"
