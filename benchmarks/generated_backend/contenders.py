"""What is measured, and how each is set up and started: in its own database, with one uvicorn worker."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TWINS = Path(__file__).parent / "twins"
SECRET = "a secret of at least thirty-two bytes for the benchmark"
LOGIN = {"email": "reader@example.com", "password": "correct horse battery staple"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One backend.

    Attributes:
        directory: Where uvicorn finds `target`.
        prepare: Arguments of the interpreter that make its tables.
        auth: Whether requests carry a token.
    """

    name: str
    label: str
    directory: Path
    target: str
    prepare: tuple[str, ...]
    auth: bool


def twins() -> list[Contender]:
    """The hand-written ones, the fastest first."""
    rows = [
        ("raw", "Starlette + asyncpg, SQL by hand (the limit)", False),
        ("core", "twin: FastAPI, Core rows, one `dump_json`", False),
        ("orm", "twin: FastAPI, async ORM, response model", False),
        ("orm_auth", "twin: the same with JWT and a user loaded per request", True),
    ]
    return [
        Contender(name=name, label=label, directory=TWINS, target=f"{name}:app", prepare=("create_tables.py",), auth=auth)
        for name, label, auth in rows
    ]


def generated(name: str, label: str, directory: Path, *, auth: bool) -> Contender:
    """A generated project."""
    return Contender(
        name=name, label=label, directory=directory, target="main:app", prepare=("-m", "alembic", "upgrade", "head"), auth=auth
    )


@contextmanager
def serving(contender: Contender, python: Path, database_url: str) -> Generator["Server"]:
    """The backend, running on a free port, its tables made."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "DATABASE_URL": database_url,
        "SECRET_KEY": "a secret of at least thirty-two bytes for the benchmark",
        "ENVIRONMENT": "production",
    }
    subprocess.run([python, *contender.prepare], cwd=contender.directory, env=environment, check=True, capture_output=True)
    port = _free_port()
    command = [python, "-m", "uvicorn", contender.target, "--port", str(port), "--no-access-log", "--log-level", "warning"]
    process = subprocess.Popen(command, cwd=contender.directory, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        server = Server(port=port)
        yield Server(port=port, token=server.log_in()) if contender.auth else server
    finally:
        process.terminate()
        process.wait(10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running backend and how to talk to it."""

    port: int
    token: str | None = None

    def request(self, method: str, path: str, body: str = "") -> str:
        """One HTTP/1.1 request as text, ready to be sent."""
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json"]
        lines += [f"Authorization: Bearer {self.token}"] if self.token else []
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []
        return "\r\n".join(lines) + "\r\n\r\n" + body

    def get(self, path: str) -> Any:
        """The JSON answer to a GET."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self._open(urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers))

    def log_in(self) -> str:
        """Register, log in where registering gives no token, and answer with the access token."""
        answer = self._post("/auth/register", json.dumps(LOGIN).encode(), "application/json")
        if "access_token" not in answer:
            form = urllib.parse.urlencode({"username": LOGIN["email"], "password": LOGIN["password"]}).encode()
            answer = self._post("/auth/login", form, "application/x-www-form-urlencoded")
        return answer["access_token"]

    def _post(self, path: str, body: bytes, kind: str) -> Any:
        return self._open(urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, {"Content-Type": kind}))

    def _open(self, request: urllib.request.Request) -> Any:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"the server ended with status {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit("the server did not start within 20 s")
