"""Keeps stage processes at hand. Cancelling the wait for a stage kills its process, and everything that this had started."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog

from apiwright.workflows.stages import StageCrashedError, StageFailedError, StageRequest

log = structlog.get_logger(__name__)
OnEvents = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]
_AT_ONCE = 256 * 1024
_LINE_LIMIT = 64 * 1024 * 1024
_REQUESTS_PER_PROCESS = 200
_PASSED_ON = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "VIRTUAL_ENV", "PYTHONPATH"),
    *("APIWRIGHT_CACHE_DIR", "APIWRIGHT_TEST_DATABASE_URL"),
)
_PASSED_PREFIXES = ("UV_", "PIP_", "SSL_CERT", "REQUESTS_CA", "CURL_CA")


class StagePool:
    """Runs stages of `factory` (`module:name`), each in a process that does one at a time.

    A process knows nothing of the service's secrets: its environment is made anew.
    """

    def __init__(self, factory: str) -> None:
        self._factory = factory
        self._environment = {key: value for key, value in os.environ.items() if key in _PASSED_ON or key.startswith(_PASSED_PREFIXES)}
        self._idle: list[_StageProcess] = []
        self._closed = False

    async def warm(self, count: int) -> None:
        """Have so many processes ready."""
        for process in await asyncio.gather(*(self._start() for _ in range(count))):
            self._give_back(process)

    async def run(self, request: StageRequest, on_events: OnEvents) -> Any:
        """The stage's result. `on_events` is awaited for what has come, in order, before more is read: one event, or many at once.

        Raises:
            StageFailedError: The stage itself refused.
            StageCrashedError: Its process died.
        """
        secret = _has_key(request)
        process = self._idle.pop() if self._idle and not secret else await self._start()
        try:
            answer = await process.ask(request, on_events)
        except BaseException:
            await process.kill()
            raise
        if secret:
            # What proves projects has never known a key. What a model writes is tried out beside one, in a sandbox that does not see it.
            await process.kill()
        else:
            self._give_back(process)
        if "error" in answer:
            raise StageFailedError(**answer["error"])
        return answer["result"]

    async def close(self) -> None:
        """End every idle process; one that is busy ends with its request."""
        self._closed = True
        while self._idle:
            await self._idle.pop().kill()

    async def _start(self) -> "_StageProcess":
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "apiwright.workflows.stage_child", self._factory,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=_AT_ONCE,
            env=self._environment, start_new_session=True,
        )  # fmt: skip
        process = _StageProcess(child)
        try:
            await process.ready()
        except BaseException:
            await process.kill()
            raise
        return process

    def _give_back(self, process: "_StageProcess") -> None:
        if self._closed or process.requests >= _REQUESTS_PER_PROCESS:
            process.end()
        else:
            self._idle.append(process)


def _has_key(request: StageRequest) -> bool:
    return "planning" in request and request["planning"]["model"] is not None


class _StageProcess:
    def __init__(self, child: asyncio.subprocess.Process) -> None:
        if child.stdin is None or child.stdout is None:
            raise StageCrashedError("a stage process without pipes")
        self._child = child
        self._writer, self._reader = child.stdin, child.stdout
        self._unfinished = bytearray()
        self.requests = 0

    async def ready(self) -> None:
        if {"ready": True} not in await self._read():
            raise StageCrashedError("a stage process did not start")

    async def ask(self, request: StageRequest, on_events: OnEvents) -> dict[str, Any]:
        self.requests += 1
        try:
            self._writer.write(json.dumps(request).encode() + b"\n")
            await self._writer.drain()
        except (BrokenPipeError, ConnectionResetError) as error:
            raise StageCrashedError("a stage process had died") from error
        while True:
            messages = await self._read()
            if events := [message["event"] for message in messages if "event" in message]:
                await on_events(events)
            if "event" not in messages[-1]:
                return messages[-1]

    async def kill(self) -> None:
        self.end()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(self._child.wait())

    def end(self) -> None:
        # It leads its own group, so this reaches what it has started as well.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, signal.SIGKILL)

    async def _read(self) -> list[dict[str, Any]]:
        """The messages that have come: those that came while nobody read, or else the next one."""
        while True:
            received = await self._reader.read(_AT_ONCE)
            if not received:
                code = await self._child.wait()
                raise StageCrashedError(f"a stage process died with code {code}")
            self._unfinished += received
            if b"\n" in received:
                lines = self._unfinished.split(b"\n")
                self._unfinished = lines.pop()
                return [json.loads(line) for line in lines]
            if len(self._unfinished) > _LINE_LIMIT:
                raise StageCrashedError(f"a stage process said more than {_LINE_LIMIT} bytes at once")
