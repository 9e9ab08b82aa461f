"""An interpreter that imports the heavy libraries once and forks one child per job.

It speaks JSON lines. In: `{"op": "files", "folder", "files": {path: text}}`, `{"op": "application", "modules", "seconds"}`, and
`{"op": "run", "id", "argv" | "function" + "arguments", "seconds", "memory", "early", "first", "application"}`. Out: `{"ready": true}`, then
one line per job (see `Job.answer`). It ends when its input ends.
"""

import contextlib
import gc
import importlib
import json
import math
import os
import select
import shutil
import signal
import sys
import time
from collections import deque
from pathlib import Path
from typing import Any

from . import child
from .application import Application
from .job import Job

PROJECT = "project"
_CHUNK = 1 << 16
_GARBAGE = 100_000
"""Objects made before a job looks for garbage: importing an application makes many that stay, and looking took a third of its time."""


class Zygote:
    """The loop. `pump` may be called at any time; it never waits longer than it is told."""

    def __init__(self, settings: dict[str, Any], *, commands: int, answers: int) -> None:
        self.scratch = Path(settings["scratch"])
        self.project = self.scratch / PROJECT
        self._settings = settings
        self._parallel: int = settings["parallel"]
        self.confines = child.Confines(environment=settings["environment"], limits=settings["limits"])
        self._commands, self._answers = commands, answers
        self._unread = b""
        self._waiting: deque[dict[str, Any]] = deque()
        self._jobs: dict[int, Job] = {}
        self._application = Application([], 0.0)
        self._preloaded = False
        self._open = True
        self._wake, wake = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        os.set_blocking(commands, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, _awake)

    def preload(self, modules: list[str]) -> None:
        """Import what the jobs will need; commands are served between two imports."""
        gc.disable()  # what is imported stays: looking through it for garbage takes a quarter of the time
        for name in modules:
            with contextlib.suppress(Exception):  # not installed, or broken: the job that needs it tells
                importlib.import_module(name)
            self.pump(0)
        self.begin()
        self.pump(0)

    def begin(self) -> None:
        """Everything is imported: whoever calls is told so, and jobs are started from now on."""
        gc.freeze()  # no child need look through the libraries again for what can be freed
        gc.set_threshold(_GARBAGE, 50, 100)
        gc.enable()
        self._preloaded = True
        self._say({"ready": True})

    def serve(self) -> None:
        """Run jobs until the input ends."""
        while self._open:
            deadlines = [job.deadline for job in self._jobs.values()]
            self.pump(None if min(deadlines, default=math.inf) == math.inf else max(0.0, min(deadlines) - time.monotonic()))
        for job in list(self._jobs.values()):
            child.kill(job.pid)

    def pump(self, timeout: float | None) -> None:
        """Read commands, start what can be started, and answer for what has ended."""
        descriptors = {fd: job for job in self._jobs.values() for fd in job.descriptors}
        readable, _, _ = select.select([self._commands, self._wake, *descriptors], [], [], timeout)
        for fd in readable:
            if fd == self._commands:
                self._read_commands()
            elif fd == self._wake:
                os.read(self._wake, _CHUNK)
            else:
                descriptors[fd].read(fd)
        for answer in self._application.answers():
            self._say(answer)
        self._reap()
        self._start()

    def _read_commands(self) -> None:
        """All that is there: while libraries are imported the next look may be a second away."""
        with contextlib.suppress(BlockingIOError):
            while self._open:
                chunk = os.read(self._commands, 1 << 20)
                self._open = bool(chunk)
                *lines, self._unread = (self._unread + chunk).split(b"\n")
                for line in lines:
                    self._take(json.loads(line))

    def _take(self, command: dict[str, Any]) -> None:
        if command["op"] == "files":
            write_files(self.scratch / command["folder"], command["files"])
        elif command["op"] == "application":
            self._end_application()
            self._application = Application(command["modules"], command["seconds"])
        elif command["first"]:
            self._waiting.insert(sum(waiting["first"] for waiting in self._waiting), command)
        else:
            self._waiting.append(command)

    def _start(self) -> None:
        """Start every job that may run: most calls wait for the libraries, programs need none."""
        for _ in range(len(self._waiting)):
            command = self._waiting.popleft()
            wants_application = command["application"] and not self._application.failed
            if self._at_work() >= self._parallel or (not command["early"] and not self._preloaded):
                self._waiting.append(command)
            elif not wants_application:
                place = self.project if command["early"] else self._place(str(command["id"]))
                self._keep(child.start(command, place=place, confines=self.confines, answers=self._answers))
            elif self._application.ready:
                self._application.lend(command)
            else:
                self._waiting.append(command)
                if self._application.job is None:
                    place = self._place("application")
                    self._keep(self._application.begin(place, self._settings, self.confines, self._answers))

    def _keep(self, job: Job) -> None:
        self._jobs[job.pid] = job

    def _at_work(self) -> int:
        """Jobs that run, whoever forked them."""
        return len(self._jobs) - (self._application.job is not None and not self._application.failed) + self._application.at_work

    def _place(self, name: str) -> Path:
        """A copy of the project for a job of its own."""
        place = self.scratch / "jobs" / name
        shutil.copytree(self.project, place)
        return place

    def _reap(self) -> None:
        now = time.monotonic()
        for job in [job for job in self._jobs.values() if now >= job.deadline]:
            job.timed_out = True
            child.kill(job.pid)
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                if (job := self._jobs.pop(ended[0], None)) is not None:
                    self._finish(job, ended[1])
        child.kill_strays(keep=self._jobs.keys())

    def _finish(self, job: Job, status: int) -> None:
        child.kill(job.pid)
        answer = job.answer(os.waitstatus_to_exitcode(status))
        for message in self._application.ended(answer) if job is self._application.job else [answer]:
            self._say(message)
        if job.copied:
            shutil.rmtree(job.place, ignore_errors=True)

    def _end_application(self) -> None:
        """There is another project in the place of the one that was imported."""
        job = self._application.job
        if job is not None and self._jobs.pop(job.pid, None):
            child.kill(job.pid)
            self._finish(job, os.waitpid(job.pid, 0)[1])

    def _say(self, message: dict[str, Any]) -> None:
        line = json.dumps(message).encode() + b"\n"
        while line:
            line = line[os.write(self._answers, line) :]


def write_files(root: Path, files: dict[str, str]) -> None:
    """Write every file below `root`; whatever was there stays."""
    made: set[Path] = set()
    for path, text in files.items():
        target = root / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(text.encode("utf-8", "surrogateescape"))


def _awake(_number: int, _frame: object) -> None:
    """A child has ended: `select` returns by the pipe that the signal wrote to."""


def drop(user: int | None) -> None:
    """Stop being root, for good."""
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)


def main() -> None:
    """Drop rights, take the protocol's descriptors out of reach, then serve."""
    settings = json.loads(sys.argv[1])
    drop(settings["user"])
    os.environ.clear()
    os.environ.update(settings["environment"])
    commands, answers = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    child.become_subreaper()
    zygote = Zygote(settings, commands=commands, answers=answers)
    zygote.project.mkdir(parents=True, exist_ok=True)
    zygote.preload(settings["preload"])
    zygote.serve()
    os._exit(0)  # nothing here is worth tidying up
