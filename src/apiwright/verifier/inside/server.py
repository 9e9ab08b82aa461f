"""The project, served by uvicorn in a process of its own, as it is in production."""

import contextlib
import importlib
import os
import signal
import socket
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import migrations
from .client import Client

START_SECONDS, STOP_SECONDS = 20.0, 8.0


class BootError(Exception):
    """The server did not start; the message says why."""


@dataclass(slots=True, kw_only=True)
class Server:
    """A running server.

    Attributes:
        pid: Its process.
        port: Of the loopback.
        log: What it prints goes here.
        status: Exit status once it has ended (minus the signal, if one ended it).
    """

    pid: int
    port: int
    log: Path
    status: int | None = field(default=None)

    def client(self) -> Client:
        """A client of its own."""
        return Client(port=self.port)

    def alive(self) -> bool:
        """Whether it still runs."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is None

    def stop(self) -> bool:
        """Ask it to end, as an operator does. False when it has to be killed."""
        deadline = time.monotonic() + STOP_SECONDS
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        while self.alive() and time.monotonic() < deadline:
            time.sleep(0.01)
        if not self.alive():
            return True
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.status = -signal.SIGKILL
        return False

    def said(self) -> str:
        """The end of its log."""
        return self.log.read_text("utf-8", errors="replace")[-20_000:]


@contextmanager
def served() -> Generator[Server]:
    """Migrate the database that `DATABASE_URL` names, and serve `main:app` until the block ends.

    Raises:
        BootError: It does not start.
    """
    migrations.upgrade()
    # Told that it speaks TCP, as asyncio's own are: only then is TCP_NODELAY set, without which answers wait 40 ms for an acknowledgement.
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    server = Server(pid=0, port=listener.getsockname()[1], log=Path("server.log").absolute())
    server.pid = os.fork()
    if server.pid == 0:
        _serve(listener, server.log)
    listener.close()
    try:
        _wait(server)
        yield server
    finally:
        if server.alive():
            server.stop()


def _serve(listener: socket.socket, log: Path) -> None:
    """In the child: become the server. Never returns."""
    code = 1
    try:
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(out, 1)
        os.dup2(out, 2)
        uvicorn = importlib.import_module("uvicorn")
        server = uvicorn.Server(uvicorn.Config("main:app", timeout_graceful_shutdown=5, log_level="info", access_log=False))
        server.run(sockets=[listener])
        code = 0 if server.started else 3
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    except BaseException:
        importlib.import_module("traceback").print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _wait(server: Server) -> None:
    """Until it answers anything at all."""
    deadline = time.monotonic() + START_SECONDS
    client = Client(port=server.port, timeout=START_SECONDS)
    try:
        client.request("GET", "/")
    except OSError as error:
        server.alive()
        raise BootError(f"The application does not start: {_why(server)}") from error
    finally:
        client.close()
    if time.monotonic() > deadline or not server.alive():
        raise BootError(f"The application does not start: {_why(server)}")


def _why(server: Server) -> str:
    lines = [line for line in server.said().splitlines() if line.strip()]
    return lines[-1][:500] if lines else f"it says nothing, and its status is {server.status}"
