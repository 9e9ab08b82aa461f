"""Code that is run in a sandbox of its own, and what is left of it on this machine."""

import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from apiwright.verifier.runtime.interpreter import base_interpreter, interpreter_parts
from apiwright.verifier.sandbox import Answer, Limits, Sandbox
from apiwright.verifier.sandbox.limits import MIB

SMALL = Limits(scratch_bytes=32 * MIB, file_bytes=8 * MIB, processes=24, job_memory=512 * MIB, total_memory=400 * MIB)


def inside(code: str, *arguments: str, seconds: float = 60, limits: Limits = SMALL) -> Answer:
    """Run Python code in a sandbox of its own."""
    with Sandbox(base_interpreter(), readable=interpreter_parts(), limits=limits) as sandbox:
        sandbox.write({"probe.py": code})
        argv = [str(base_interpreter()), "-I", "probe.py", *arguments]
        return sandbox.execute(argv, seconds=seconds, memory=limits.job_memory).result(timeout=120)


def processes_with(marker: str) -> list[str]:
    """Command lines of this machine's processes that have `marker` in them, after a moment's grace."""
    found: list[str] = []
    for _ in range(40):
        found = [text for path in Path("/proc").glob("[0-9]*/cmdline") if marker in (text := command_line(path))]
        if not found:
            break
        time.sleep(0.05)
    return found


def command_line(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def ends(processes: Sequence[psutil.Process], *, seconds: float = 10) -> bool:
    """Whether they end in time. Whoever is to be told of it may take longer to ask."""
    until = time.monotonic() + seconds
    while alive := [process for process in processes if _lives(process)]:
        if time.monotonic() > until:
            break
        time.sleep(0.01)
    return not alive


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
