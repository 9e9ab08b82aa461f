"""Our queue on DBOS, as a process sees it that only hands jobs in."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from dbos import DBOSClient, DBOSPortableJSONSerializer

from apiwright.workflows.ports import Job, JobState
from apiwright.workflows.system import SCHEMA, system_engine

APPLICATION = "apiwright"
WORKFLOW = "generate"
QUEUE = "generations"
# Jobs of any release run on any release: a new one must still know how to finish what an older one began. Raising this number
# strands the jobs that wait, so it is raised only together with a worker of the old release that drains them.
WORKFLOW_VERSION = "1"
_STATES: dict[str, JobState] = {"ENQUEUED": "waiting", "DELAYED": "waiting", "PENDING": "working"}


class DbosQueue:
    """Hands jobs to the engine through its database."""

    def __init__(self, url: str) -> None:
        # The engine's own chatter names its console and its traces; only what goes wrong matters here.
        logging.getLogger("dbos").setLevel(logging.WARNING)
        self.engine = system_engine(url)
        self.serializer = DBOSPortableJSONSerializer()
        self.client = DBOSClient(
            system_database_engine=self.engine, dbos_system_schema=SCHEMA, serializer=self.serializer,
            application_name=APPLICATION, lazy=True, retry_connection_errors=False,
        )  # fmt: skip

    async def enqueue(self, job: Job) -> None:
        """See `Queue.enqueue`. Jobs of one user form a partition, for which there is a limit of its own."""
        await self.client.enqueue_async(
            {
                "workflow_name": WORKFLOW,
                "queue_name": QUEUE,
                "workflow_id": job.name,
                "app_version": WORKFLOW_VERSION,
                "queue_partition_key": str(job.user_id),
                "priority": job.priority,
            },
            str(job.generation_id),
        )

    async def withdraw(self, job: Job) -> None:
        """See `Queue.withdraw`."""
        await self.client.cancel_workflow_async(job.name)

    async def states(self, jobs: Sequence[Job]) -> Sequence[JobState]:
        """See `Queue.states`."""
        found = await self.client.list_workflows_async(workflow_ids=[job.name for job in jobs], load_input=False, load_output=False)
        states: dict[str, JobState] = {item.workflow_id: _STATES.get(str(item.status), "ended") for item in found}
        return [states.get(job.name, "unknown") for job in jobs]

    async def forget(self, *, older_than_days: float) -> None:
        """See `Queue.forget`."""
        before = (datetime.now(UTC) - timedelta(days=older_than_days)).isoformat()
        while True:
            ended = await self.client.list_workflows_async(
                status=["SUCCESS", "ERROR", "CANCELLED"], completed_before=before, limit=500, load_input=False, load_output=False
            )
            if not ended:
                return
            await self.client.delete_workflows_async([item.workflow_id for item in ended])

    async def check(self) -> None:
        """See `Queue.check`."""

        def ask() -> Any:
            with self.engine.connect() as connection:
                return connection.execute(sa.text("SELECT 1")).scalar_one()

        await asyncio.wait_for(asyncio.to_thread(ask), timeout=5)

    async def close(self) -> None:
        """See `Queue.close`."""
        await asyncio.to_thread(self.client.destroy)
        self.engine.dispose()
