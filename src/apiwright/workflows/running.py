"""One generation at work in this process: what it may be stopped for, and how its events reach the database."""

import asyncio
import itertools
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar
from uuid import UUID

from apiwright.errors import ApiwrightError
from apiwright.kit.clock import now
from apiwright.store import Database, Fence, Generation, Generations, Move, persevere
from apiwright.workflows.telling import Thinning

Result = TypeVar("Result")
_OF_A_MODEL = ("extension", "usage", "wait")
Reason = Literal["cancelled", "timeout", "superseded", "stopping"]


class StoppedError(ApiwrightError):
    """The work was stopped from outside; `reason` tells why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(eq=False)
class Running:
    """A generation that this process works on, from claiming it to its end or its loss."""

    generation: Generation
    fence: Fence
    database: Database
    _thinning: Thinning = field(default_factory=Thinning)
    _told: "itertools.count[int]" = field(default_factory=itertools.count)
    _stop: "asyncio.Future[Reason]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    @property
    def id(self) -> UUID:
        return self.generation.id

    def stop(self, reason: Reason) -> None:
        """End what is being done now, and all that would follow. The first reason counts."""
        if not self._stop.done():
            self._stop.set_result(reason)

    def arm(self) -> None:
        """Stop by itself when the generation's deadline has come."""
        deadline = self.generation.deadline_at
        if deadline is not None:
            remaining = max(0.0, (deadline - now()).total_seconds())
            timer = asyncio.get_running_loop().call_later(remaining, self.stop, "timeout")
            self._stop.add_done_callback(lambda _: timer.cancel())

    def release(self) -> None:
        """Forget the deadline; nothing can be stopped any more."""
        self._stop.cancel()

    async def unless_stopped(self, work: Coroutine[Any, Any, Result]) -> Result:
        """The result of `work`, which is cancelled, and has ended, when this raises.

        Raises:
            StoppedError: Somebody called `stop`, before or while `work` ran.
        """
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait({task, self._stop}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
        if self._stop.done() and not self._stop.cancelled():
            # Even when both happened: what follows must not start.
            if not task.cancelled():
                task.exception()
            raise StoppedError(self._stop.result())
        return task.result()

    async def tell(self, events: Sequence[Mapping[str, Any]]) -> None:
        """Store events of a stage, all at once; each has the members of `pipeline.Event`.

        What a language model has used is kept even where the event is passed over.
        """
        spent = [usage for event in events if (usage := event["data"].get("usage") or event["data"].get("spent"))]
        if spent:
            await self.keep(usage=spent[-1])
            self.generation.usage = spent[-1]
        await self.move(*[self._move(event) for event in events if self._thinning.passes(event["data"], phase=event["phase"])])

    def _move(self, event: Mapping[str, Any]) -> Move:
        return Move(
            key=self._key(event)[:200],
            status="processing", stage=event["stage"], phase=event["phase"][:120], message=event["message"],
            progress=event["progress"], files=event["files"], payload=event["data"],
        )  # fmt: skip

    def _key(self, event: Mapping[str, Any]) -> str:
        """The same for a step that is run again, so that it is told once; but a model's steps are new ones each time."""
        stage, phase = event["stage"], event["phase"]
        if (stage == "analysis" and phase) or (stage == "code" and phase.startswith(_OF_A_MODEL)):
            return f"{stage}:{self.fence.attempt}.{next(self._told)}:{phase}"
        return f"{stage}:{phase}:{event['data'].get('status', '') if stage == 'review' else ''}"

    async def move(self, *moves: Move) -> None:
        """Store moves of this generation, all or none, however long the database is away.

        Raises:
            SupersededError: It is not this process's any more.
        """

        async def write() -> None:
            async with self.database.write() as session:
                for move in moves:
                    await Generations(session).move(self.id, move, fence=self.fence)

        if moves:
            await persevere(write)

    async def keep(self, **values: Any) -> None:
        """Set columns of this generation, however long the database is away. Raises as `move`."""

        async def write() -> None:
            async with self.database.write() as session:
                await Generations(session).keep(self.id, fence=self.fence, **values)

        await persevere(write)
