"""How much a sandbox may use."""

import os
from dataclasses import dataclass, field

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one sandbox, and of the jobs in it.

    Attributes:
        scratch_bytes: Size of the private `/tmp`.
        file_bytes: Size of the largest file that may be written.
        parallel: Jobs that run at the same time; the others wait for their turn.
        open_files: Descriptors a process may have.
        processes: Processes and threads that all jobs together may have.
        job_memory: Address space of one process, in bytes, unless its job says otherwise.
        seconds: How long the sandbox may be there once it has got something to do.
        total_memory: What all processes may use together, in bytes; the sandbox is ended beyond it.
    """

    scratch_bytes: int = 768 * MIB
    file_bytes: int = 128 * MIB
    parallel: int = field(default_factory=lambda: (os.cpu_count() or 2) + 1)
    open_files: int = 512
    processes: int = 256
    job_memory: int = 2048 * MIB
    total_memory: int = 4096 * MIB
    seconds: float = 900.0
