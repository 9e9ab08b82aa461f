"""One sandbox at work: a zygote in it, and the jobs it is given."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, InvalidStateError
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Literal, Self

from apiwright.errors import VerificationUnavailableError
from apiwright.verifier.sandbox import bubblewrap
from apiwright.verifier.sandbox.limits import Limits
from apiwright.verifier.sandbox.watch import Watch

PROJECT = "project"
"""The folder of the sandbox that jobs have copies of."""
INSIDE = Path(__file__).resolve().parent.parent / "inside"
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from inside.zygote import main; del sys.path[0]; main()"
_LONGEST = 64 << 20
_PIPE = 1 << 20
_GRACE = 2.0
IMPORT_SECONDS = 60.0
"""How long the application may take to be imported once for all."""
Isolation = Literal["bubblewrap", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a job ended.

    Attributes:
        ended: `finished` by itself, ended at its `timeout`, or `died`: of a signal, a limit, or with the sandbox.
        code: Exit status, or minus the signal.
        value: What a call answered; None when it raised (then `output` has the traceback).
        output: What it printed, the middle of a long output left out.
        started: When its turn came, on the monotonic clock.
        seconds: Wall time from then on.
    """

    ended: Literal["finished", "timeout", "died"]
    code: int
    value: Any
    output: str
    started: float
    seconds: float


class Sandbox:
    """A context: the zygote starts on entry; everything in it is ended and removed on exit.

    Attributes:
        isolation: `none` where bubblewrap does not work; then only the limits hold.
        reason: Why it is `none`.
        python: Interpreter of the environment that jobs run in.
        readable: What they may read beside the system's libraries.
        scratch: The sandbox's own directory, as it is called inside.
    """

    def __init__(
        self,
        python: Path,
        *,
        readable: Sequence[Path],
        writable: Sequence[Path] = (),
        preload: Sequence[str] = (),
        limits: Limits | None = None,
    ) -> None:
        """
        Args:
            python: Interpreter of the environment that jobs run in.
            readable: What they may read beside the system's libraries.
            writable: Directories that they may change, open to everybody as far as the sandbox's user is another.
            preload: Modules to import before the first call is run.
            limits: What they may use.
        """
        found = bubblewrap.availability()
        self.isolation: Isolation = "bubblewrap" if found.program else "none"
        self.reason = found.reason
        self._program = found.program
        self.python = python
        self.readable = tuple(readable)
        self._writable = list(writable)
        self._preload = list(preload)
        self.limits = limits or Limits()
        self._own_scratch = None if found.program else tempfile.mkdtemp(prefix="apiwright-")
        self.scratch = Path(self._own_scratch or "/tmp")  # noqa: S108 - private to the sandbox
        self._futures: dict[int, Future[Answer]] = {}
        self._askers: dict[int, int] = {}
        self._lock = threading.Lock()
        self._started = self._ended = False
        self._ready = threading.Event()

    def __enter__(self) -> Self:
        return self if self._started else self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def ended(self) -> bool:
        """Whether it is there no more; what is left of one that was killed as it began is not to be relied on."""
        return self._ended or self._process.poll() is not None

    def start(self) -> Self:
        """Start the zygote; for those who do not enter at once."""
        self._started = True
        confined = bubblewrap.Confined((), None, ())
        if self._program:
            confined = bubblewrap.confined(
                self._program, readable=[*self.readable, INSIDE], writable=self._writable, scratch_bytes=self.limits.scratch_bytes
            )
        command = [*confined.prefix, str(self.python), "-I", "-c", _START, str(INSIDE.parent), self._settings(confined.user)]
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the sandbox
        try:
            self._process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env={},
                pass_fds=confined.descriptors,
                start_new_session=True,
            )
        finally:
            for descriptor in confined.descriptors:
                os.close(descriptor)
        with contextlib.suppress(OSError):  # a project fits in: whoever hands it over need not wait until the libraries are imported
            fcntl.fcntl(self._stream(self._process.stdin), fcntl.F_SETPIPE_SZ, _PIPE)
        self._watch = Watch(self._process.pid, self.limits, exceeded=self._kill)
        self._reader = threading.Thread(target=self._read, args=(self._stream(self._process.stdout),), daemon=True)
        self._watch.start()
        self._reader.start()
        return self

    def close(self) -> None:
        """End and remove everything in it."""
        self._watch.stop()
        with contextlib.suppress(OSError):
            self._stream(self._process.stdin).close()
        try:
            self._process.wait(timeout=_GRACE)
        except subprocess.TimeoutExpired:
            self._kill()
            self._process.wait()
        self._kill()  # whoever ended it before may have reached its first process alone
        self._reader.join(timeout=10)
        self._stream(self._process.stdout).close()
        self._errors.close()
        if self._own_scratch:
            shutil.rmtree(self._own_scratch, ignore_errors=True)

    def end(self) -> None:
        """End it with everything that runs in it; whoever waits for a job hears that it died."""
        self._kill()
        with contextlib.suppress(OSError), self._lock:
            self._stream(self._process.stdin).close()

    def _kill(self) -> None:
        # All out here: the child of a bubblewrap that is killed as it begins is not tied to it yet, and waits for it for ever, or goes on.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def seconds_spent(self) -> float:
        """Wall time in which jobs of the calling thread ran, side by side or not, without what they waited for their turn."""
        mine = [self._futures[number] for number, asker in list(self._askers.items()) if asker == threading.get_ident()]
        spent = until = 0.0
        for answer in sorted((future.result() for future in mine if future.done()), key=lambda answer: answer.started):
            end = answer.started + answer.seconds
            spent += max(0.0, end - max(answer.started, until))
            until = max(until, end)
        return spent

    def require_ready(self) -> None:
        """Raise `VerificationUnavailableError` when the sandbox has ended without ever being ready: then it says nothing of the project."""
        if self._ended and not self._ready.is_set():
            raise VerificationUnavailableError(f"The sandbox does not start. {self._lost().output}")

    def write(self, files: Mapping[str, str], *, folder: str = PROJECT) -> None:
        """Lay files into the project's directory in the sandbox, or into one beside it; undecodable bytes are escaped as surrogates."""
        self._watch.begin()
        self._send({"op": "files", "folder": folder, "files": dict(files)})

    def import_once(self, modules: Sequence[str]) -> None:
        """Have modules of the project imported once for all calls that say `application`, as they lie there when the first of these is run.

        Where that fails, or where the modules might be others for another call, each call imports for itself, and tells what is wrong.
        """
        self._send({"op": "application", "modules": list(modules), "seconds": IMPORT_SECONDS})

    def call(  # noqa: PLR0913 - options, keyword-only
        self,
        function: str,
        *,
        seconds: float,
        early: bool = False,
        first: bool = False,
        application: bool = False,
        environment: Mapping[str, str] | None = None,
        **arguments: Any,
    ) -> Future[Answer]:
        """Run `module:function` of `inside` in a fork of the zygote, within a copy of the project.

        Args:
            function: What to call; its answer must be plain JSON.
            seconds: Wall time it may take.
            early: Whether it needs no library, and leaves the project as it is: it may start at once, without a copy of its own.
            first: Whether it takes longest, so that all else goes on beside it: it gets the processor before others.
            application: Whether it needs the application: then it finds that imported (see `import_once`).
            environment: Variables on top of the sandbox's own. What is imported already has not seen them.
            **arguments: Keyword arguments of the function, plain JSON.
        """
        what = {"function": function, "arguments": arguments, "memory": self.limits.job_memory, "environment": dict(environment or {})}
        return self._run({**what, "seconds": seconds, "early": early, "first": first, "application": application})

    def execute(self, argv: Sequence[str], *, seconds: float, memory: int) -> Future[Answer]:
        """Run a program in the project's directory. `memory` is its address space in bytes."""
        what: dict[str, Any] = {"argv": list(argv), "memory": memory, "environment": {}}
        return self._run({**what, "seconds": seconds, "early": True, "first": False, "application": False})

    def _run(self, what: dict[str, Any]) -> Future[Answer]:
        future: Future[Answer] = Future()
        with self._lock:
            number = len(self._futures) + 1
            self._futures[number] = future
            self._askers[number] = threading.get_ident()
            if self._ended:
                future.set_result(self._lost())
                return future
        self._send({"op": "run", "id": number, **what})
        return future

    def _send(self, message: Mapping[str, Any]) -> None:
        line = json.dumps(message).encode() + b"\n"
        stream = self._stream(self._process.stdin)
        with contextlib.suppress(OSError, ValueError), self._lock:  # a sandbox that has ended answers for its jobs in `_read`
            stream.write(line)
            stream.flush()

    def _read(self, stream: IO[bytes]) -> None:
        for line in iter(lambda: stream.readline(_LONGEST), b""):
            with contextlib.suppress(ValueError, KeyError, TypeError, InvalidStateError):
                message = json.loads(line)
                if "ready" in message:
                    self._ready.set()
                if "id" in message:
                    self._futures[message.pop("id")].set_result(Answer(**message))
        self._process.wait()
        with self._lock:
            self._ended = True
            unanswered = [future for future in self._futures.values() if not future.done()]
        for future in unanswered:
            future.set_result(self._lost())

    def _lost(self) -> Answer:
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 4_000))
        told = self._errors.read().decode("utf-8", "replace")
        why = self._watch.reason or "something in it ended it"
        return Answer(ended="died", code=-9, value=None, output=f"The sandbox is gone: {why}.\n{told}".strip(), started=0.0, seconds=0.0)

    def _settings(self, user: int | None) -> str:
        home = self.scratch / "home"
        environment = {"PATH": f"{self.python.parent}:/usr/bin:/bin", "HOME": str(home), "TMPDIR": str(self.scratch), "LANG": "C.UTF-8"}
        limits = asdict(self.limits)
        if user is None:
            limits["processes"] += _threads_of(os.getuid())
        return json.dumps(
            {
                "user": user,
                "scratch": str(self.scratch),
                "environment": environment,
                "limits": limits,
                "parallel": self.limits.parallel,
                "preload": self._preload,
            }
        )

    @staticmethod
    def _stream(stream: IO[bytes] | None) -> IO[bytes]:
        if stream is None:
            raise VerificationUnavailableError("the sandbox was started without its pipes")
        return stream


def _threads_of(user: int) -> int:
    """Threads that a user has now: the kernel may count them together with those in the sandbox."""
    count = 0
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and entry.stat().st_uid == user:
                count += sum(1 for _ in (entry / "task").iterdir())
    return count
