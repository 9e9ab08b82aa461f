"""Keeps stage processes at hand. Cancelling the wait for a stage kills its process, and everything that this had started."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from apiwright.workflows.stages import StageCrashedError, StageFailedError, StageRequest

log = structlog.get_logger(__name__)
OnEvent = Callable[[Mapping[str, Any]], Awaitable[None]]
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

    async def run(self, request: StageRequest, on_event: OnEvent) -> Any:
        """The stage's result. `on_event` is awaited for each event before the next one is read.

        Raises:
            StageFailedError: The stage itself refused.
            StageCrashedError: Its process died.
        """
        secret = _has_key(request)
        process = self._idle.pop() if self._idle and not secret else await self._start()
        try:
            answer = await process.ask(request, on_event)
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
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=_LINE_LIMIT,
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
        self.requests = 0

    async def ready(self) -> None:
        if "ready" not in await self._read():
            raise StageCrashedError("a stage process did not start")

    async def ask(self, request: StageRequest, on_event: OnEvent) -> dict[str, Any]:
        self.requests += 1
        try:
            self._writer.write(json.dumps(request).encode() + b"\n")
            await self._writer.drain()
        except (BrokenPipeError, ConnectionResetError) as error:
            raise StageCrashedError("a stage process had died") from error
        while True:
            message = await self._read()
            if "event" not in message:
                return message
            await on_event(message["event"])

    async def kill(self) -> None:
        self.end()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(self._child.wait())

    def end(self) -> None:
        # It leads its own group, so this reaches what it has started as well.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, signal.SIGKILL)

    async def _read(self) -> dict[str, Any]:
        line = await self._reader.readline()
        if not line:
            code = await self._child.wait()
            raise StageCrashedError(f"a stage process died with code {code}")
        return json.loads(line)
