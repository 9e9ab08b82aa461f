"""Children of the zygote: how one is started under limits, and how it is ended with everything it started."""

import contextlib
import ctypes
import importlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .job import Job

_BEHIND = 5
"""How much nicer jobs are that are not the longest ones."""
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_libc = ctypes.CDLL(None, use_errno=True)


def become_subreaper() -> None:
    """Orphans of the jobs become children of this process, so that none is lost sight of."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confines:
    """What holds for every child: its environment, and its limits (see `Limits` of the sandbox)."""

    environment: dict[str, str]
    limits: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ends:
    """Descriptors in the child: where its output and its answer go, and what it must not keep."""

    output: int
    value: int
    answers: int
    commands: int | None


def start(command: dict[str, Any], *, place: Path, confines: Confines, answers: int, commands: int | None = None) -> Job:
    """Fork a child for `command` in the directory `place`.

    `answers` is the zygote's own descriptor, closed in the child; `commands` is to be its standard input, which is empty otherwise.
    """
    output, output_end = os.pipe()
    value, value_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        _run(command, place, confines, _Ends(output=output_end, value=value_end, answers=answers, commands=commands))
    os.close(output_end)
    os.close(value_end)
    os.set_blocking(output, False)
    os.set_blocking(value, False)
    return Job(
        id=command["id"],
        pid=pid,
        deadline=time.monotonic() + command["seconds"],
        place=place,
        copied=not command["early"],
        output_fd=output,
        value_fd=value,
        descriptors={output, value},
    )


def kill(pid: int) -> None:
    """End the process group of a job, and every descendant that it still has."""
    for member in _descendants(pid):
        with contextlib.suppress(OSError):
            os.kill(member, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)


def kill_strays(*, keep: Collection[int]) -> None:
    """End whatever was orphaned: a job that is over leaves nothing behind."""
    for pid in _children(os.getpid()):
        if pid not in keep:
            kill(pid)
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    queue = [pid]
    while queue:
        below = _children(queue.pop())
        found += below
        queue += below
    return found


def _run(command: dict[str, Any], place: Path, confines: Confines, ends: _Ends) -> None:
    """Everything that happens in the child. Never returns."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setpgid(0, 0)  # no session of its own: the kernel shares the processor out between sessions first, whatever their niceness
        if not command["first"]:
            os.nice(_BEHIND)
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        os.dup2(ends.output, 1)
        os.dup2(ends.output, 2)
        os.close(ends.answers)
        if ends.commands is not None:
            os.dup2(ends.commands, 0)
        os.chdir(place)
        _limit(confines.limits, memory=command["memory"], seconds=command["seconds"])
        if "argv" in command:
            os.closerange(3, 256)
            os.execve(command["argv"][0], command["argv"], confines.environment | command["environment"])  # noqa: S606 - no shell is the point
        os.dup2(ends.value, 3)
        os.closerange(4, 256)
        os.environ.update(command["environment"])
        sys.path.insert(0, str(place))
        module, name = command["function"].split(":")
        answer = getattr(importlib.import_module(module), name)(**command["arguments"])
        _answer(answer)
        code = 0
    except SystemExit as stop:
        sys.stderr.write(f"The project's code left the interpreter: exit status {stop.code}.\n")
    except BaseException:  # whatever it is, the parent must hear of it
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _answer(answer: object) -> None:
    line = json.dumps(answer).encode()
    while line:
        line = line[os.write(3, line) :]


def _limit(limits: dict[str, int], *, memory: int, seconds: float) -> None:
    """Hard limits; the child can lower them, never raise them. Bytes, seconds of CPU time, counts."""
    pairs = [
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_NPROC, limits["processes"]),
        (resource.RLIMIT_CORE, 0),
    ]
    for kind, value in pairs:
        hard = resource.getrlimit(kind)[1]
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (wanted, wanted))
