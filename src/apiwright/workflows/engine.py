"""Our engine on DBOS: takes jobs from the queue and runs their steps, each recorded when it is done."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from dbos import DBOS
from dbos import error as dbos_error
from dbos._queue import queue_worker_thread
from opentelemetry import trace
from opentelemetry.trace import StatusCode

from apiwright.store import StorageError, SupersededError, is_transient
from apiwright.workflows.client import APPLICATION, QUEUE, WORKFLOW, WORKFLOW_VERSION, DbosQueue
from apiwright.workflows.lookout import Lookout
from apiwright.workflows.running import Running, StoppedError
from apiwright.workflows.stages import StageFailedError
from apiwright.workflows.steps import Steps, Verdict
from apiwright.workflows.system import SCHEMA

log = structlog.get_logger(__name__)
# What comes of its spans is for whoever sets a provider: the service does when telemetry is configured, else there are none.
tracer = trace.get_tracer("apiwright")
Step = Callable[[Running], Awaitable[Verdict]]
_SELDOM = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many generations run at once: in all processes, in one, and for one user."""

    everywhere: int
    worker: int
    user: int
    polling: float = 0.1
    looking: float = 0.02


class DbosEngine(DbosQueue):
    """Runs generations. There is one in a process, for DBOS is one in a process.

    Attributes:
        running: What this process works on now.
    """

    def __init__(self, url: str, *, worker_id: str, steps: Steps, limits: Limits) -> None:
        super().__init__(url)
        self.running: dict[UUID, Running] = {}
        self._worker_id = worker_id
        self._steps = steps
        self._limits = limits
        self._stopping = False
        self._dbos: DBOS | None = None

    async def start(self) -> None:
        """See `Engine.start`."""
        self._dbos = DBOS(
            config={
                "name": APPLICATION,
                "system_database_engine": self.engine,
                "dbos_system_schema": SCHEMA,
                "application_version": WORKFLOW_VERSION,
                "executor_id": self._worker_id,
                "serializer": self.serializer,
                # Tables are made by `apiwright db upgrade`; nothing of ours waits for a notification.
                "run_migrations": False,
                "use_listen_notify": False,
                "log_level": "WARNING",
            }
        )

        async def generate(generation_id: str) -> str:
            return await self._generate(generation_id)

        # Attempts are counted in our own table, where giving up ends the generation.
        DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)(generate)
        # Not by the engine's own choice of queues: the worker of ours is started below, on a lookout of ours.
        DBOS.listen_queues([])
        # Nothing of ours waits in the engine's own queue, which it would look at each second.
        self._dbos._registry.get_internal_queue()._polling_interval_sec = _SELDOM  # pyright: ignore[reportPrivateUsage]
        # Called on this loop, which it then runs workflows on; from any other thread it would make a loop of its own for them.
        DBOS.launch()
        # A queue that is declared before the launch is not in the database, and one that is not there is not worked on.
        queue = await DBOS.register_queue_async(
            QUEUE,
            global_concurrency=self._limits.everywhere,
            worker_concurrency=min(self._limits.worker, self._limits.everywhere),
            partition_concurrency=min(self._limits.user, self._limits.everywhere),
            polling_interval_sec=self._limits.polling,
            on_conflict="always_update",
        )
        lookout = Lookout(self.engine, interval=self._limits.looking)
        self._dbos._registry.register_poller(lookout, queue_worker_thread, lookout, self._dbos, queue)  # pyright: ignore[reportPrivateUsage]

    async def hand_on(self, *, alive: Sequence[str]) -> int:
        """See `Engine.hand_on`."""
        working = await DBOS.list_workflows_async(status="PENDING", load_input=False, load_output=False)
        dead = sorted({str(item.executor_id) for item in working} - {*alive, self._worker_id})
        if not dead:
            return 0
        # Unlike `resume_workflows` this names the dead: a job that somebody has taken up meanwhile is not taken from them.
        return len(await asyncio.to_thread(DBOS._recover_pending_workflows, dead))  # pyright: ignore[reportPrivateUsage]

    async def never_begun(self) -> set[str]:
        """Jobs that the queue believes to be at work here, and that are not: the database went away while they were handed over."""
        taken = await DBOS.list_workflows_async(status="PENDING", executor_id=self._worker_id, load_input=False, load_output=False)
        here = {str(generation_id) for generation_id in self.running}
        return {item.workflow_id for item in taken if item.workflow_id.rpartition("-")[0] not in here}

    async def put_back(self, names: Sequence[str]) -> None:
        """Put jobs back into the queue. Should one be at work after all, its next claim ends the former."""
        await DBOS.resume_workflows_async(list(names), queue_name=QUEUE)

    def pause(self) -> None:
        """Take no more jobs; those that run go on."""
        if self._dbos is not None:
            for event in self._dbos.background_thread_stop_events:
                event.set()

    async def stop(self) -> None:
        """Take no more jobs and leave the unfinished ones to others, exactly as if this process had died."""
        self._stopping = True
        if self._dbos is None:
            return
        for running in list(self.running.values()):
            running.stop("stopping")
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True)
        # It had made its own thread pool that of this loop, and has closed it.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(max_workers=4))

    async def _generate(self, generation_id: str) -> str:
        """The workflow: the steps in order, until one says that there is nothing more to do."""
        running = None
        try:
            running = await self._begin(UUID(generation_id))
            if running is None:
                return "ended"
            return await self._all_steps(running)
        except SupersededError:
            return "superseded"
        except dbos_error.DBOSWorkflowCancelledError:
            # Somebody used the engine's own tools to cancel it.
            if running is not None:
                await self._steps.cancel(running)
            raise
        finally:
            if running is not None:
                self.running.pop(running.id, None)
                running.release()
            if not self._stopping:
                await self._steps.settle(UUID(generation_id))

    async def _begin(self, generation_id: UUID) -> Running | None:
        running = await self._steps.begin(generation_id, self._worker_id)
        if running is not None:
            self.running[running.id] = running
        if self._stopping:
            await _for_ever()
        return running

    async def _all_steps(self, running: Running) -> str:
        steps: list[tuple[str, Step]] = [
            ("plan", self._steps.plan),
            ("compile", self._steps.compile),
            ("verify", self._steps.verify),
            ("publish", self._steps.publish),
        ]
        for name, step in steps:
            verdict = await DBOS.run_step_async({"name": name, "preemptible": True}, self._traced, name, step, running)
            if verdict != "go on":
                return verdict
        return "ended"

    async def _traced(self, name: str, step: Step, running: Running) -> str:
        """The step's verdict, told as a span."""
        known = {"apiwright.generation": str(running.id), "apiwright.attempt": running.fence.attempt}
        with tracer.start_as_current_span(f"generation {name}", attributes=known) as span:
            verdict = await self._guarded(step, running)
            span.set_attribute("apiwright.verdict", verdict)
            return verdict

    async def _guarded(self, step: Step, running: Running) -> str:
        """The step's verdict; what went wrong becomes the end of the generation, never an error of the engine."""
        try:
            return await running.unless_stopped(_coroutine(step, running))
        except StoppedError as stopped:
            return await self._stopped(running, stopped)
        except SupersededError:
            raise
        except StageFailedError as error:
            trace.get_current_span().set_status(StatusCode.ERROR, error.code)
            await self._steps.fail(running, code=error.code, message=str(error), diagnostics=error.diagnostics)
        except StorageError as error:
            trace.get_current_span().set_status(StatusCode.ERROR, "storage")
            log.exception("storage failed", generation_id=str(running.id))
            await self._steps.fail(running, code="storage", message=f"The files could not be stored: {error}")
        except Exception as error:
            if is_transient(error):
                raise
            trace.get_current_span().set_status(StatusCode.ERROR, "internal")
            log.exception("a step failed", generation_id=str(running.id))
            await self._steps.fail(running, code="internal", message=f"A fault of ours: {type(error).__name__}.")
        return "ended"

    async def _stopped(self, running: Running, stopped: StoppedError) -> str:
        match stopped.reason:
            case "cancelled":
                await self._steps.cancel(running)
            case "timeout":
                await self._steps.fail(running, code="timeout", message="It took too long and was stopped.")
            case "superseded":
                return "superseded"
            case "stopping":
                # Returning would record the step as done.
                await _for_ever()
        return "ended"


async def _coroutine(step: Step, running: Running) -> Verdict:
    return await step(running)


async def _for_ever() -> Any:
    await asyncio.get_running_loop().create_future()
