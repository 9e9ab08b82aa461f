"""The newest events of generations that somebody streams: read once per process and generation, shared by all who listen."""

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from uuid import UUID

import structlog

from apiwright.api.generations.schemas import event_document
from apiwright.store import TERMINAL, Changes, Database, Generations, in_a_line, is_transient

log = structlog.get_logger(__name__)
HEARTBEAT = 15.0
_RETRY_HINT = b"retry: 1000\n\n"


@dataclass(eq=False)
class _Tail:
    """Frames of one generation; the event with sequence number n is at n - 1, for there are no gaps."""

    frames: list[bytes] = field(default_factory=list[bytes])
    ended: bool = False
    listeners: int = 0
    stale: bool = True
    reading: "asyncio.Task[None] | None" = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def announce(self) -> None:
        """Wake everybody who waits."""
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()


class Tails:
    """Hands out the events of generations as server-sent events."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database = database
        self._changes = changes
        self._tails: dict[UUID, _Tail] = {}
        self._closing = False
        self._beats = 0
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to watch for changes."""
        watching = self._changes.run(watched=self._known, woken=self._wake)
        self._tasks = [asyncio.create_task(watching, name="event-changes"), asyncio.create_task(self._beat(), name="event-heartbeat")]

    def close(self) -> None:
        """End every stream, with a hint that it is to be opened again (at another process)."""
        self._closing = True
        for tail in self._tails.values():
            tail.announce()

    @property
    def closing(self) -> bool:
        """Whether streams are being ended."""
        return self._closing

    async def stop(self) -> None:
        """Stop watching."""
        self.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def follow(self, generation_id: UUID, *, after: int) -> AsyncGenerator[bytes]:
        """Every event after a sequence number, as it comes, until the terminal one."""
        tail = self._tails.setdefault(generation_id, _Tail())
        tail.listeners += 1
        if tail.listeners == 1:
            self._wake(generation_id)
        try:
            while not self._closing:
                if len(tail.frames) > after:
                    fresh = tail.frames[after:]
                    after += len(fresh)
                    yield fresh[0] if len(fresh) == 1 else b"".join(fresh)
                elif tail.ended:
                    return
                else:
                    beats = self._beats
                    await tail.changed.wait()
                    if self._beats != beats:
                        yield b": still here\n\n"
            yield _RETRY_HINT
        finally:
            tail.listeners -= 1
            if tail.listeners == 0:
                self._tails.pop(generation_id, None)

    async def _beat(self) -> None:
        """Keeps idle connections open. One clock for all of them: a timer for each would cost more than the events do."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            self._beats += 1
            for tail in self._tails.values():
                tail.announce()

    def _known(self) -> dict[UUID, int]:
        return {generation_id: len(tail.frames) for generation_id, tail in self._tails.items() if not tail.ended}

    def _wake(self, generation_id: UUID) -> None:
        tail = self._tails.get(generation_id)
        if tail is None:
            return
        tail.stale = True
        if tail.reading is None or tail.reading.done():
            tail.reading = asyncio.create_task(self._read(generation_id, tail))

    async def _read(self, generation_id: UUID, tail: _Tail) -> None:
        while tail.stale and not tail.ended and tail.listeners:
            tail.stale = False
            try:
                async with self._database.read() as session:
                    events = await Generations(session).events(generation_id, after=len(tail.frames))
                    gone = not events and await Generations(session).find(generation_id) is None
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("events not read, trying again", error=in_a_line(error))
                tail.stale = True
                await asyncio.sleep(0.2)
                continue
            for event in events:
                document = json.dumps(event_document(event), separators=(",", ":"), ensure_ascii=False)
                tail.frames.append(f"id: {event.seq}\nevent: progress\ndata: {document}\n\n".encode())
            tail.ended = gone or bool(events and events[-1].status in TERMINAL)
            if events or gone:
                tail.announce()
