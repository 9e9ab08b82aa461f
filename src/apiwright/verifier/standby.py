"""A sandbox that is started before there is a project for it: its libraries are imported while something else is waited for."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from apiwright.errors import VerificationUnavailableError
from apiwright.kit.places import cache_root
from apiwright.verifier.environments import PRELOADED, are_made, environments
from apiwright.verifier.report import Level
from apiwright.verifier.sandbox import Sandbox
from apiwright.verifier.sandbox.bubblewrap import availability

_IDLE = 600.0


class Standby:
    """At most one sandbox, which has seen no project yet. The one proof that takes it ends it.

    A context: what nobody took is ended on exit.
    """

    def __init__(self, *, idle: float = _IDLE) -> None:
        """
        Args:
            idle: Seconds after which one that nobody takes is ended, for it keeps a hundred megabytes.
        """
        self._idle = idle
        self._waiting: Sandbox | None = None
        self._expiry: threading.Timer | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def prepare(self, requirements: str, *, level: Level, cache: Path | None = None) -> None:
        """Start one for projects with these requirements, in place of what waits; nothing where their environment is not made yet.

        Nor where anything else hinders it: the proof meets that too, and tells. It lives as long as the calling thread: the sandbox ends
        with whoever started it.

        Args:
            requirements: Text of `requirements-dev.txt`.
            level: How much proof it is for. `deep` needs a server beside it, and starts its own.
            cache: Where environments are kept.
        """
        self.close()
        root = cache or cache_root()
        if level == "deep" or not are_made(requirements, cache=root):
            return
        if availability().program is None:
            return  # it would have a directory on the disk, which a process that is killed leaves behind
        with suppress(VerificationUnavailableError, OSError), self._lock:
            made = environments(requirements, level=level, cache=root)
            self._waiting = Sandbox(made.runtime.python, readable=made.readable, preload=PRELOADED).start()
            self._expiry = threading.Timer(self._idle, self.close)
            self._expiry.daemon = True
            self._expiry.start()

    def take(self, python: Path, readable: Sequence[Path]) -> Sandbox | None:
        """The one that waits, if it is for just this; another one is ended."""
        sandbox = self._let_go()
        if sandbox is None or (sandbox.python == python and sandbox.readable == tuple(readable) and not sandbox.ended):
            return sandbox
        sandbox.close()
        return None

    def close(self) -> None:
        """End the one that waits."""
        if sandbox := self._let_go():
            sandbox.close()

    def _let_go(self) -> Sandbox | None:
        with self._lock:
            if self._expiry is not None:
                self._expiry.cancel()
                self._expiry = None
            sandbox, self._waiting = self._waiting, None
            return sandbox
