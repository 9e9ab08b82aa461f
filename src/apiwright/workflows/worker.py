"""A worker's own upkeep: it says that it is alive, takes over from those who are not, and ends what users cancel."""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex

import structlog

from apiwright import __version__
from apiwright.kit.clock import now
from apiwright.store import Artifacts, Database, Generation, Generations, Projects, StorageError, Upkeep, in_a_line, is_transient
from apiwright.workflows.engine import DbosEngine
from apiwright.workflows.ports import Job
from apiwright.workflows.stage_pool import StagePool

log = structlog.get_logger(__name__)
_LEAVING = 3.0


def new_worker_id() -> str:
    """A name that no other process, before or after, has."""
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{token_hex(6)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often a worker says that it is alive, how long a silence is a death, and how long what failed is kept (None: for ever)."""

    heartbeat: timedelta
    dead_after: timedelta
    retention: timedelta | None


class Worker:
    """Runs the engine and everything that keeps it honest.

    Attributes:
        id: The name under which it claims generations; also the engine's name for this process.
    """

    def __init__(  # noqa: PLR0913 - each is a collaborator
        self, *, worker_id: str, database: Database, artifacts: Artifacts, engine: DbosEngine, stages: StagePool, pace: Pace
    ) -> None:
        self.id = worker_id
        self.engine = engine
        self._database = database
        self._artifacts = artifacts
        self._stages = stages
        self._pace = pace
        self._last_beat = 0.0
        self._never_begun: set[str] = set()
        self._loops: list[asyncio.Task[None]] = []
        self._entered = False

    async def start(self) -> None:
        """Begin to work."""
        async with self._database.write() as session:
            await Upkeep(session).enter(self.id, version=__version__)
        self._entered = True
        self._last_beat = asyncio.get_running_loop().time()
        await self._stages.warm(1)
        await self.engine.start()
        self._loops = [
            self._every(self._pace.heartbeat.total_seconds(), self._beat, name="heartbeat"),
            self._every(0.25, self._cancel_wanted, name="cancel"),
            self._every(2.0, self._take_over, name="recovery"),
            self._every(self._pace.dead_after.total_seconds(), self._reconcile, name="reconcile"),
            self._every(self._pace.dead_after.total_seconds(), self._remove_files, name="deletions"),
            self._every(600.0, self._forget, name="retention"),
        ]

    async def drain(self, *, grace: float) -> None:
        """Take no more work, and let what runs finish for a while."""
        give_up = asyncio.get_running_loop().time() + grace
        self.engine.pause()
        while self.engine.running and asyncio.get_running_loop().time() < give_up:
            await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """Leave what still runs to other workers, and end, however far its start had come."""
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        if self._entered:
            await self._leave()
        await self.engine.stop()
        await self._stages.close()

    async def _leave(self) -> None:
        """From here on nothing of this process can write, whatever it still does."""
        try:
            async with asyncio.timeout(_LEAVING), self._database.write() as session:
                await Upkeep(session).leave(self.id)
        except Exception as error:
            if not is_transient(error):
                raise
            # Nothing can be written now either, and its silence will tell the others.
            log.warning("left without a word", error=in_a_line(error))

    def _every(self, seconds: float, work: Callable[[], Awaitable[None]], *, name: str) -> asyncio.Task[None]:
        async def loop() -> None:
            while True:
                try:
                    await work()
                except Exception as error:
                    if not is_transient(error):
                        log.exception("upkeep failed", part=name)
                    else:
                        log.warning("upkeep interrupted", part=name, error=in_a_line(error))
                await asyncio.sleep(seconds)

        return asyncio.create_task(loop(), name=f"upkeep-{name}")

    async def _beat(self) -> None:
        async with self._database.write() as session:
            alive = await Upkeep(session).beat(self.id)
        self._last_beat = asyncio.get_running_loop().time()
        if alive:
            return
        # It was silent for too long (a sleeping machine, a stalled disk): its work belongs to others now.
        log.warning("given up by the others, starting over", worker_id=self.id)
        for running in list(self.engine.running.values()):
            running.stop("superseded")
        while self.engine.running:
            await asyncio.sleep(0.01)
        async with self._database.write() as session:
            await Upkeep(session).enter(self.id, version=__version__)

    async def _cancel_wanted(self) -> None:
        if not self.engine.running:
            return
        async with self._database.read() as session:
            wanted = await Upkeep(session).to_cancel(self.id)
        for generation_id in wanted:
            if generation_id in self.engine.running:
                self.engine.running[generation_id].stop("cancelled")

    async def _take_over(self) -> None:
        # One that has been asleep itself must not judge the others: they may have slept as long.
        if asyncio.get_running_loop().time() - self._last_beat > self._pace.dead_after.total_seconds() / 2:
            return
        async with self._database.write() as session:
            given_up = await Upkeep(session).give_up_silent(after=self._pace.dead_after)
            alive = await Upkeep(session).alive()
        handed_on = await self.engine.hand_on(alive=alive)
        if given_up or handed_on:
            log.info("took over from dead workers", workers=list(given_up), jobs=handed_on)

    async def _reconcile(self) -> None:
        """A generation whose job never reached the queue, or ended without ending it, is handed in again."""
        async with self._database.read() as session:
            stuck = await Upkeep(session).unended(older_than=self._pace.dead_after + timedelta(seconds=5))
        idle = [generation for generation in stuck if generation.id not in self.engine.running]
        if idle:
            for generation, state in zip(idle, await self.engine.states([_job(item) for item in idle]), strict=True):
                if state in {"ended", "unknown"}:
                    log.warning("handed in again", generation_id=str(generation.id), state=state)
                    await self._hand_in_again(generation, ended=state == "ended")
            await self._put_back()

    async def _put_back(self) -> None:
        # Only what was so at the last look too: a job that was taken a moment ago is about to begin.
        found = await self.engine.never_begun()
        if lost := sorted(found & self._never_begun):
            log.warning("never begun, put back into the queue", jobs=lost)
            await self.engine.put_back(lost)
        self._never_begun = found - set(lost)

    async def _hand_in_again(self, generation: Generation, *, ended: bool) -> None:
        if ended:
            generation.part += 1
            async with self._database.write() as session:
                fresh = await Generations(session).find(generation.id)
                if fresh is None or fresh.status not in {"pending", "processing"} or fresh.part != generation.part - 1:
                    return
                await Generations(session).keep(generation.id, fence=None, part=generation.part, updated_at=now())
        await self.engine.enqueue(_job(generation))

    async def _remove_files(self) -> None:
        async with self._database.read() as session:
            listed = await Upkeep(session).deletions()
        for deletion in listed:
            try:
                await self._artifacts.remove(deletion.prefix)
            except StorageError as error:
                log.warning("files not removed yet", prefix=deletion.prefix, error=str(error))
                continue
            # A worker that had not noticed may have written a little more: once again before it is forgotten.
            if now() - deletion.created_at > timedelta(minutes=10):
                async with self._database.write() as session:
                    await Upkeep(session).forget_deletion(deletion.prefix)

    async def _forget(self) -> None:
        async with self._database.write() as session:
            await Upkeep(session).forget()
        await self.engine.forget(older_than_days=7)
        if self._pace.retention is None:
            return
        async with self._database.write() as session:
            for generation in await Upkeep(session).ended_before(now() - self._pace.retention):
                await Projects(session).delete_generation(generation)


def _job(generation: Generation) -> Job:
    return Job(generation_id=generation.id, user_id=generation.user_id, part=generation.part, priority=generation.priority)
