"""One running job, as the zygote sees it."""

import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HEAD, TAIL = 8 << 10, 56 << 10
_VALUE = 8 << 20
_CHUNK = 1 << 16


@dataclass(slots=True, kw_only=True)
class Job:
    """A forked child, what it has said, and what it has answered.

    Attributes:
        deadline: On the monotonic clock.
        place: Its working directory; removed afterwards when it is a copy of its own.
        descriptors: Its output and its answer, as long as they are open.
        most: Bytes of its answer that are kept.
    """

    id: int
    pid: int
    deadline: float
    place: Path
    copied: bool
    output_fd: int
    value_fd: int
    started: float = field(default_factory=time.monotonic)
    timed_out: bool = False
    descriptors: set[int] = field(default_factory=set[int])
    head: bytearray = field(default_factory=bytearray)
    tail: bytearray = field(default_factory=bytearray)
    dropped: int = 0
    most: int = _VALUE
    value: bytearray = field(default_factory=bytearray)

    def read(self, descriptor: int) -> bool:
        """Take what is there on one of its descriptors, and tell whether there may be more."""
        try:
            chunk = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            return False
        if not chunk:
            self.descriptors.discard(descriptor)
        elif descriptor == self.value_fd:
            self.value += chunk[: self.most - len(self.value)]
        else:
            self._keep(chunk)
        return bool(chunk)

    def answer(self, code: int) -> dict[str, Any]:
        """The line that tells how it ended: `ended` is `finished`, `timeout` or `died` (by a signal, or without an answer)."""
        for descriptor in list(self.descriptors):
            while self.read(descriptor):
                pass
        os.close(self.output_fd)
        os.close(self.value_fd)
        value = self._answered()
        ended = "timeout" if self.timed_out else "died" if code < 0 else "finished"
        seconds = round(time.monotonic() - self.started, 4)
        answer = {"id": self.id, "ended": ended, "code": code, "value": value, "output": self._output()}
        return {**answer, "started": self.started, "seconds": seconds}

    def _answered(self) -> object:
        try:
            return json.loads(self.value) if self.value else None
        except ValueError:
            return None

    def _keep(self, chunk: bytes) -> None:
        room = HEAD - len(self.head)
        self.head += chunk[:room] if room > 0 else b""
        self.tail += chunk[max(room, 0) :]
        excess = len(self.tail) - TAIL
        if excess > 0:
            del self.tail[:excess]
            self.dropped += excess

    def _output(self) -> str:
        gap = f"\n[... {self.dropped:,} bytes left out ...]\n".encode() if self.dropped else b""
        return bytes(self.head + gap + self.tail).decode("utf-8", "replace")
