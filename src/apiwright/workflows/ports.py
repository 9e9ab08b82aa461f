"""What the rest of the service knows of the durable engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

JobState = Literal["unknown", "waiting", "working", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One generation in the queue; `part` tells apart the times it was handed in. A lower `priority` is served first."""

    generation_id: UUID
    user_id: UUID
    part: int = 1
    priority: int = 10

    @property
    def name(self) -> str:
        """Unique for this part of this generation: handing it in twice makes one job."""
        return f"{self.generation_id}-{self.part}"


class Queue(Protocol):
    """Where generations are handed in and taken back."""

    async def enqueue(self, job: Job) -> None:
        """Hand a job in. One that is there already, in whatever state, is left as it is."""
        ...

    async def withdraw(self, job: Job) -> None:
        """Take a job out of the queue. One that runs already notices by itself that its generation has ended."""
        ...

    async def states(self, jobs: Sequence[Job]) -> Sequence[JobState]:
        """Where each of these jobs stands."""
        ...

    async def forget(self, *, older_than_days: float) -> None:
        """Drop the engine's own records of jobs that ended so long ago."""
        ...

    async def check(self) -> None:
        """Raise when the engine's database does not answer."""
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...


class Engine(Queue, Protocol):
    """A queue that also works: it runs the steps of the jobs that it takes."""

    async def start(self) -> None:
        """Begin to take jobs."""
        ...

    async def hand_on(self, *, alive: Sequence[str]) -> int:
        """Put jobs of workers that are not alive back into the queue; how many. Doing so from several places at once is harmless."""
        ...
