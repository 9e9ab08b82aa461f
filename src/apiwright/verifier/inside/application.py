"""A zygote within the zygote, which has imported the application: the jobs that need it do not each import it anew.

The project's code runs in it, so it is trusted no more than any job: it answers only for what it was lent, and is ended when it is late.
"""

import contextlib
import fcntl
import importlib
import json
import math
import os
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

from . import child
from .job import Job

_LATE_SECONDS = 5.0
_LIFE_SECONDS = 900.0
"""Processor time that it and each of its jobs may have at most; a job's own limit is lower."""
_LONGEST_ANSWER = 32 << 20
_PIPE = 1 << 20
_OF_LIBRARIES = frozenset({"PYDANTIC_DISABLE_PLUGINS", "SPHINX_BUILD"})
"""Variables that pydantic and argon2 read whenever a class is made or they are imported."""


class Application:
    """The zygote's side of it.

    Attributes:
        ready: Whether jobs can be lent to it.
        failed: Whether that can never be, since a module does not import: the zygote's own jobs tell what is wrong with it.
        job: Its process, once it was begun.
    """

    def __init__(self, modules: list[str], seconds: float) -> None:
        """
        Args:
            modules: What it is to import; where there are none, nothing can be lent to it.
            seconds: Wall time that this may take.
        """
        self.ready, self.failed = False, not modules
        self.job: Job | None = None
        self._modules, self._seconds = modules, seconds
        self._lent: dict[int, float] = {}
        self._commands = -1

    @property
    def at_work(self) -> int:
        """How many jobs it counts for: itself as long as it imports, then those that it was lent."""
        return len(self._lent) if self.ready else int(self.job is not None and not self.failed)

    def begin(self, place: Path, settings: dict[str, Any], confines: child.Confines, answers: int) -> Job:
        """Fork it. It imports, says that it is ready, and serves."""
        reading, self._commands = os.pipe()
        with contextlib.suppress(OSError):  # a command fits in whole, so that nobody waits for a process that runs the project's code
            fcntl.fcntl(self._commands, fcntl.F_SETPIPE_SZ, _PIPE)
        command = {
            "id": 0,
            "function": "inside.application:serve",
            "arguments": {"settings": settings, "modules": self._modules},
            "environment": {},
            "seconds": _LIFE_SECONDS,
            "memory": confines.limits["job_memory"],
            "early": False,
            "first": True,
        }
        self.job = child.start(command, place=place, confines=confines, answers=answers, commands=reading)
        os.close(reading)
        os.set_blocking(self._commands, False)
        self.job.most = _LONGEST_ANSWER
        self.job.deadline = time.monotonic() + self._seconds
        return self.job

    def lend(self, command: dict[str, Any]) -> None:
        """Have it run a job."""
        self._lent[command["id"]] = time.monotonic() + command["seconds"] + _LATE_SECONDS
        line = json.dumps(command).encode() + b"\n"
        with contextlib.suppress(OSError):
            while line:
                line = line[os.write(self._commands, line) :]
        if line:  # it does not listen, or is gone already
            self._lent[command["id"]] = 0.0
        self._set_deadline()

    def answers(self) -> list[dict[str, Any]]:
        """What it has answered since; whatever else it says is not listened to."""
        if self.job is None or b"\n" not in self.job.value:
            return []
        *lines, rest = self.job.value.split(b"\n")
        self.job.value[:] = rest
        found: list[dict[str, Any]] = []
        for line in lines:
            with contextlib.suppress(ValueError, AttributeError, TypeError):
                message = json.loads(line)
                self.ready = self.ready or bool(message.get("ready"))
                if self._lent.pop(message.get("id"), None) is not None:
                    found.append(message)
        self._set_deadline()
        return found

    def ended(self, answer: dict[str, Any]) -> list[dict[str, Any]]:
        """It is gone. What is to be answered for the jobs that it had: `answer`, each with its own id."""
        os.close(self._commands)
        self.ready, self.failed = False, True
        lost = [answer | {"id": number, "value": None} for number in self._lent]
        self._lent.clear()
        return lost

    def _set_deadline(self) -> None:
        if self.job is not None and self.ready:
            self.job.deadline = min(self._lent.values(), default=math.inf)


def serve(settings: dict[str, Any], modules: list[str]) -> None:
    """In the fork: import the modules, then be a zygote that speaks on standard input and on the descriptor of a job's answer.

    Raises:
        RuntimeError: The application, imported with the variables of one job, or in the midst of another's work, might be another one: it
            reads its environment, or starts threads, as soon as it is imported.
    """
    zygote = importlib.import_module("inside.zygote")
    commands, answers = os.dup(0), os.dup(3)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    child.become_subreaper()
    with _environment_watched() as read:
        for name in modules:
            importlib.import_module(name)
    if read or threading.active_count() > 1:
        raise RuntimeError(f"the application reads {read}, or has threads, as soon as it is imported")
    within = zygote.Zygote(settings, commands=commands, answers=answers)
    within.begin()
    within.serve()


@contextlib.contextmanager
def _environment_watched() -> Generator[set[str]]:
    """The names of variables that are read meanwhile, `*` where somebody looks at all of them; but for those that libraries read."""
    read: set[str] = set()
    plain = type(os.environ)

    class Watched(plain):
        def __getitem__(self, key: str) -> str:
            read.update({key} - _OF_LIBRARIES)
            return super().__getitem__(key)

        def __iter__(self) -> Iterator[str]:
            read.add("*")
            return super().__iter__()

    os.environ.__class__ = Watched
    try:
        yield read
    finally:
        os.environ.__class__ = plain
