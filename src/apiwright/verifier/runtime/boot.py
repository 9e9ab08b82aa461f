"""Boot a project for its owner, on its own data: the one place where a project runs outside the sandbox, because it is asked to."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from apiwright.errors import ApiwrightError
from apiwright.kit.places import cache_root
from apiwright.verifier.runtime.environment import environment

_PASSED_ON = ("PATH", "LANG", "TZ", "DATABASE_URL", "SECRET_KEY", "ENVIRONMENT")
_START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Booted:
    """A project that answers.

    Attributes:
        url: Its address, e.g. `http://127.0.0.1:41231`.
        process: Its server; ended when the context ends.
    """

    url: str
    process: subprocess.Popen[bytes]


@contextmanager
def booted(directory: Path, *, port: int = 0) -> Generator[Booted]:
    """Migrate the project's database and start its server on 127.0.0.1, with none of our own environment but what projects read.

    Args:
        directory: The project. Its database and `.env` are used as they are.
        port: 0 for a free one.

    Raises:
        ApiwrightError: The migration failed, or the server does not answer; with its output.
        VerificationUnavailableError: The environment cannot be made.
    """
    python = str(environment((directory / "requirements.txt").read_text("utf-8"), cache=cache_root()).python)
    variables = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    migration = subprocess.run(  # noqa: S603 - asked to
        [python, "-m", "alembic", "upgrade", "head"], cwd=directory, env=variables, capture_output=True, text=True, check=False
    )
    if migration.returncode != 0:
        raise ApiwrightError(f"The database could not be migrated:\n{migration.stderr.strip()[-2_000:]}")
    port = port or _free_port()
    command = [python, "-m", "uvicorn", "main:app", "--host", "127.0.0.1", "--port", str(port), "--timeout-graceful-shutdown", "3"]
    with subprocess.Popen(command, cwd=directory, env=variables, stdout=2) as process:  # noqa: S603 - standard output is ours to tell the address
        try:
            _wait(process, port)
            yield Booted(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            process.kill()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ApiwrightError(f"The server ended with code {process.returncode} before it answered; its output is above.")
        connection = HTTPConnection("127.0.0.1", port, timeout=2)
        with contextlib.suppress(OSError):
            connection.request("GET", "/health/live")
            if connection.getresponse().status == 200:
                return
        connection.close()
        time.sleep(0.05)
    raise ApiwrightError(f"The server did not answer within {_START_SECONDS:.0f} s; its output is above.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
