"""Watches over what a sandbox uses as a whole; limits of the kernel bound single processes only."""

import contextlib
import math
import resource
import threading
import time
from collections.abc import Callable
from pathlib import Path

from apiwright.verifier.sandbox.limits import Limits

_PAGE = resource.getpagesize()


class Watch(threading.Thread):
    """Looks four times a second, from outside, and calls `exceeded` once when the processes below `pid` use too much memory or time.

    Attributes:
        reason: What was exceeded; empty as long as nothing was.
    """

    def __init__(self, pid: int, limits: Limits, *, exceeded: Callable[[], None]) -> None:
        super().__init__(daemon=True, name="sandbox-watch")
        self.reason = ""
        self._pid, self._limits, self._exceeded = pid, limits, exceeded
        self._end = math.inf
        self._over = threading.Event()

    def begin(self) -> None:
        """From now on its time runs: it has got something to do."""
        self._end = min(self._end, time.monotonic() + self._limits.seconds)

    def run(self) -> None:
        """Look until something is exceeded, or `stop` is called."""
        while not self.reason and not self._over.wait(0.25):
            if used(self._pid) > self._limits.total_memory:
                self.reason = "it used more memory than it may"
            elif time.monotonic() > self._end:
                self.reason = "it took longer than it may"
        if self.reason:
            self._exceeded()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def used(pid: int) -> int:
    """Private memory of a process and all its descendants, in bytes."""
    total, queue = 0, [pid]
    while queue:
        process = Path(f"/proc/{queue.pop()}")
        with contextlib.suppress(OSError, ValueError, IndexError):
            pages = (process / "statm").read_text().split()
            total += (int(pages[1]) - int(pages[2])) * _PAGE
            for thread in (process / "task").iterdir():
                queue += [int(child) for child in (thread / "children").read_text().split()]
    return total
