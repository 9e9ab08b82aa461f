"""The steps of a generation, each of which may be run again after a crash and then does no harm.

What a step makes is kept in our own store, not in the engine: the blueprint in the database, the files as a staged artifact.
"""

import asyncio
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

import structlog

from apiwright.blueprint import Blueprint
from apiwright.filetree import FileTree
from apiwright.pipeline.stages import end_of
from apiwright.pipeline.standing import stubs_in
from apiwright.store import TERMINAL, Artifacts, Database, Fence, Generation, Generations, Move, Projects, StorageError, persevere
from apiwright.store.artifacts import GENERATED, NOTES, PROJECT, staged_at, staging_of
from apiwright.store.similarity import terms_of
from apiwright.workflows.parents import Parents
from apiwright.workflows.publication import manifest_of, prefix_of, version_row
from apiwright.workflows.running import Running
from apiwright.workflows.stage_pool import StagePool
from apiwright.workflows.stage_runs import run_stage, scratch
from apiwright.workflows.stages import Models, StageRequest

log = structlog.get_logger(__name__)
Verdict = Literal["go on", "wait", "ended"]


class Steps:
    """Plan, compile, verify, publish."""

    def __init__(  # noqa: PLR0913 - each is a collaborator, or a limit
        self, *, database: Database, artifacts: Artifacts, stages: StagePool, models: Models, lifetime: timedelta, attempts: int
    ) -> None:
        self._database = database
        self._artifacts = artifacts
        self._parents = Parents(database, artifacts)
        self._stages = stages
        self._models = models
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
        """From the words to the blueprint; with review asked for, the user has to approve it before anything else."""
        generation = running.generation
        if generation.blueprint is None:
            # Written as it comes: a crash between the blueprint and its last event runs the stage again, to the same end.
            generation.blueprint = await (self._planned(running) if generation.kind == "new" else self._changed(running))
        if generation.review and generation.approved_at is None:
            data = {"blueprint_url": f"/api/generations/{generation.id}/blueprint"}
            move = Move(
                key="awaiting", status="awaiting_approval", stage="schema", message="Waiting for your approval", progress=0.2, payload=data
            )  # fmt: skip
            await running.move(move)
            return "wait"
        return "go on"

    async def compile(self, running: Running) -> Verdict:
        """Every file of the project, staged. One that follows another is merged with it; conflicts wait for their user.

        What the blueprint only names is written last, into what is to be published.
        """
        verdict = await (self._code(running) if running.generation.kind == "new" else self._merge(running))
        if verdict == "go on":
            await self._extend(running)
        return verdict

    async def _code(self, running: Running) -> Verdict:
        files = await self._stage(running, {"stage": "code", "blueprint": running.generation.blueprint or {}})
        tree = FileTree.from_values(files)
        await self._artifacts.keep_tree(staged_at(running.id, PROJECT), tree)
        await self._artifacts.keep_tree(staged_at(running.id, GENERATED), tree)
        return "go on"

    async def _merge(self, running: Running) -> Verdict:
        revision = running.generation.revision or {}
        if "solved" in revision:
            return "go on"
        if "conflicts" not in revision:
            revision = await self._merged(running, revision)
        blocking = [item["path"] for item in revision["conflicts"] if item["blocks"]]
        if not blocking:
            return "go on"
        data = {"conflicts": blocking, "revision_url": f"/api/generations/{running.id}/revision"}
        files = "1 file" if len(blocking) == 1 else f"{len(blocking)} files"
        message = f"{files} with conflicts: waiting for you to solve them"
        move = Move(
            key="conflicts", status="awaiting_approval", stage="code", phase="conflicts", message=message, progress=0.6, payload=data
        )  # fmt: skip
        await running.move(move)
        return "wait"

    async def verify(self, running: Running) -> Verdict:
        """The proof, unless none was asked for. A project that fails it is not published."""
        generation = running.generation
        if generation.verify == "none":
            return "go on"
        tree = await self._project(generation)
        former = (await self._parents.files(generation)).as_values() if generation.kind != "new" else None
        with scratch() as directory:
            request: StageRequest = {
                "stage": "review", "files": tree.as_values(), "former": former, "directory": directory, "level": generation.verify,
            }  # fmt: skip
            report = await self._stage(running, request)
        report["notes"] = [*report["notes"], *await self._notes(generation)]
        await running.keep(report=report)
        if report["ok"]:
            return "go on"
        failed = [check["name"] for check in report["checks"] if check["status"] == "failed"]
        await self.fail(running, code="verification-failed", message=f"Verification failed: {', '.join(failed)}", checks=failed)
        return "ended"

    async def publish(self, running: Running) -> Verdict:
        """The files under their final names first; then the version and the terminal status in one transaction."""
        generation = running.generation
        tree = await self._project(generation)
        generated = await self._artifacts.tree(staged_at(running.id, GENERATED))
        if generation.number is None:
            generation.number = await self._number(running)
        blueprint = Blueprint.model_validate(generation.blueprint)
        version = version_row(generation, tree, blueprint)
        await self._artifacts.publish(version.prefix, tree, generated=generated, manifest=manifest_of(version))
        stubs = await asyncio.to_thread(stubs_in, tree, blueprint)
        message = end_of(len(tree), generation.verify if generation.verify != "none" else None, stubs)
        move = Move(
            key="end", status="completed", stage="complete", message=message, progress=1.0,
            payload={
                "version": version.number, "files": len(tree), "not_written": list(stubs),
                "download_url": f"/api/generations/{generation.id}/download",
            },
        )  # fmt: skip

        async def finish() -> None:
            async with self._database.write() as session:
                if await Generations(session).move(running.id, move, fence=running.fence):
                    await Projects(session).add_version(version_row(generation, tree, blueprint))
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
            if generation is not None and generation.status not in TERMINAL:
                # It waits for its user, or for another worker.
                return
            await self._artifacts.remove(staging_of(generation_id))
            if version is not None:
                await self._artifacts.set_active(version.project_id, version.prefix.rsplit("/", 1)[1])
            elif generation is not None and generation.number is not None:
                # It ended while its files were being written.
                await self._artifacts.remove(prefix_of(generation))
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

    async def _stage(self, running: Running, request: StageRequest) -> Any:
        return await run_stage(self._stages, running, request)

    async def _planned(self, running: Running) -> dict[str, Any]:
        generation = running.generation
        request: StageRequest = {
            "stage": "plan", "prompt": generation.prompt, "database": generation.database,
            "planning": await self._models.planning_of(generation),
        }  # fmt: skip
        blueprint = await self._stage(running, request)
        await running.keep(blueprint=blueprint)
        return blueprint

    async def _changed(self, running: Running) -> dict[str, Any]:
        generation, options = running.generation, running.generation.options or {}
        records = await self._parents.records(generation)
        with scratch() as directory:
            request: StageRequest = {
                "stage": "change", "kind": generation.kind, "prompt": generation.prompt,
                "planning": await self._models.planning_of(generation), "records": records.as_values(),
                "to_version": options.get("to_version"), "conversions": options.get("conversions", []),
                "allow_data_loss": options.get("allow_data_loss", False),
                "allow_wider_access": options.get("allow_wider_access", False), "directory": directory,
            }  # fmt: skip
            found = await self._stage(running, request)
        generation.revision = {"changes": found["changes"], "steps": found["steps"]}
        await running.keep(blueprint=found["blueprint"], revision=generation.revision)
        return found["blueprint"]

    async def _merged(self, running: Running, revision: dict[str, Any]) -> dict[str, Any]:
        generation, options = running.generation, running.generation.options or {}
        files, generated = await self._parents.files(generation), await self._parents.generated(generation)
        with scratch() as directory:
            request: StageRequest = {
                "stage": "merge", "kind": generation.kind, "prompt": generation.prompt,
                "files": files.as_values(), "generated": generated.as_values(), "steps": revision["steps"],
                "allow_data_loss": options.get("allow_data_loss", False), "directory": directory,
            }  # fmt: skip
            found = await self._stage(running, request)
        await self._artifacts.keep_tree(staged_at(running.id, PROJECT), FileTree.from_values(found["files"]))
        await self._artifacts.keep_tree(staged_at(running.id, GENERATED), FileTree.from_values(found["generated"]))
        # Last: once this is there, what was staged is whole.
        merged: dict[str, Any] = {**revision, **found["revision"]}
        await running.keep(revision=merged)
        generation.revision = merged
        return merged

    async def _extend(self, running: Running) -> None:
        generation = running.generation
        planning = await self._models.planning_of(generation)
        blueprint = Blueprint.model_validate(generation.blueprint)
        if planning["model"] is None or not any(entity.extensions for entity in blueprint.entities):
            return
        tree = await self._project(generation)
        former = (await self._parents.files(generation)).as_values() if generation.kind != "new" else None
        with scratch() as directory:
            request: StageRequest = {
                "stage": "extend", "blueprint": generation.blueprint or {}, "files": tree.as_values(), "prompt": generation.prompt,
                "planning": planning, "level": generation.verify, "former": former, "told": generation.revision, "directory": directory,
            }  # fmt: skip
            found = await self._stage(running, request)
        await self._artifacts.keep_values(staged_at(running.id, NOTES), found["notes"])
        # What was generated keeps its stubs: another generator would otherwise take away what is written here.
        await self._artifacts.keep_tree(self._place(generation), FileTree.from_values(found["files"]))
        if found["told"] != generation.revision:
            await running.keep(revision=found["told"])
            generation.revision = found["told"]

    async def _notes(self, generation: Generation) -> list[str]:
        """What a report has to say of the stage before: nothing where nobody was asked to write."""
        try:
            return await self._artifacts.values(staged_at(generation.id, NOTES))
        except FileNotFoundError:
            return []

    async def _project(self, generation: Generation) -> FileTree:
        """The files as they are to be published."""
        return await self._artifacts.tree(self._place(generation))

    @staticmethod
    def _place(generation: Generation) -> str:
        """Where they are: among those whose conflicts were solved, where there were any."""
        return staged_at(generation.id, (generation.revision or {}).get("solved", PROJECT))

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
