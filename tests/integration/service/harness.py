"""Real processes of the service, and a client that speaks to them as any other would."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx
from tests.integration.service.forks import Forked

Result = TypeVar("Result")
FAKE = ("-m", "tests.fakes.serve")
APIWRIGHT = str(Path(sys.executable).with_name("apiwright"))
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH", "XDG_CACHE_HOME", "APIWRIGHT_CACHE_DIR")
_QUICK = {
    "APIWRIGHT_HEARTBEAT": "0.2",
    "APIWRIGHT_DEAD_AFTER": "2",
    "APIWRIGHT_GRACE": "5",
    "APIWRIGHT_LOG_FORMAT": "json",
    "APIWRIGHT_REQUESTS_PER_MINUTE": "100000",
    "APIWRIGHT_GENERATIONS_PER_MINUTE": "100000",
    "APIWRIGHT_LOGINS_PER_MINUTE": "100000",
}


def wait_for(check: Callable[[], Result | None], *, seconds: float = 30, every: float = 0.05) -> Result:
    """What `check` answers as soon as that is true."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if found := check():
            return found
        time.sleep(every)
    raise AssertionError(f"waited {seconds} s in vain")


@dataclass
class Process:
    """One running process of the service."""

    popen: "subprocess.Popen[bytes] | Forked"
    log: Path
    role: str
    url: str = ""

    def wait_ready(self, seconds: float = 120) -> "Process":
        def address() -> str | None:
            if self.popen.poll() is not None:
                raise AssertionError(f"it ended with {self.popen.returncode}:\n{self.log.read_text()[-4000:]}")
            found = re.search(r"Apiwright serves (http://\S+)", self.log.read_text())
            return found[1] if found else None

        self.url = wait_for(address, seconds=seconds)
        return self

    def kill(self) -> None:
        """SIGKILL: no warning, no last words."""
        self.popen.kill()
        self.popen.wait(30)

    def terminate(self, seconds: float = 30) -> int:
        """SIGTERM, and its exit code."""
        self.popen.send_signal(signal.SIGTERM)
        return self.popen.wait(seconds)

    @property
    def errors(self) -> list[str]:
        """Lines of its log at level error."""
        return [line for line in self.log.read_text().splitlines() if '"level": "error"' in line]


@dataclass
class Deployment:
    """Processes over the same database and storage."""

    directory: Path
    environment: dict[str, str] = field(default_factory=dict[str, str])
    processes: list[Process] = field(default_factory=list[Process])

    def start(self, role: str = "all", *, real: bool = False, wait: bool = True, **settings: str) -> Process:
        self.directory.mkdir(parents=True, exist_ok=True)
        log = self.directory / f"process-{len(self.processes)}.log"
        inherited = {name: os.environ[name] for name in _KEPT if name in os.environ}
        chosen = {f"APIWRIGHT_{name.upper()}": value for name, value in settings.items()}
        own = {"APIWRIGHT_DATA_DIR": str(self.directory), "APIWRIGHT_PORT": "0", "APIWRIGHT_ROLE": role}
        environment = inherited | _QUICK | own | self.environment | chosen
        log.touch()
        if real or "PYTHONPATH" in self.environment:
            with log.open("wb") as stream:
                command = [APIWRIGHT, "serve"] if real else [sys.executable, *FAKE]
                popen = subprocess.Popen(command, env=environment, stdout=stream, stderr=stream)
        else:
            popen = Forked(environment, log)
        process = Process(popen, log, role)
        self.processes.append(process)
        return process.wait_ready() if wait else process

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run `apiwright` with these arguments over the same settings."""
        inherited = {name: os.environ[name] for name in _KEPT if name in os.environ}
        own = {"APIWRIGHT_DATA_DIR": str(self.directory)}
        return subprocess.run(
            [APIWRIGHT, *arguments], env=inherited | own | self.environment, capture_output=True, text=True, timeout=120, check=False
        )

    def stop(self) -> None:
        """End them all at once, without a word: how a process ends in order has tests of its own."""
        for process in self.processes:
            process.popen.kill()
        for process in self.processes:
            process.popen.wait(30)


class Client:
    """A user's own program: registers, logs in, and does what the documentation says."""

    def __init__(self, url: str, *, name: str = "user") -> None:
        self.email = f"{name}-{uuid4().hex[:12]}@example.com"
        self.password = "correct horse battery staple"
        self.http = httpx.Client(base_url=f"{url}/api", timeout=30)
        weakref.finalize(self, self.http.close)
        self.post("/auth/register", json={"email": self.email, "password": self.password}, expect=201)
        self.tokens = self.post("/auth/login", json={"email": self.email, "password": self.password}, expect=200)
        self.http.headers["Authorization"] = f"Bearer {self.tokens['access_token']}"

    def request(self, method: str, path: str, *, expect: int | None = None, **options: Any) -> httpx.Response:
        response = self.http.request(method, path, **options)
        if expect is not None:
            assert response.status_code == expect, f"{method} {path}: {response.status_code} {response.text[:500]}"
        return response

    def get(self, path: str, *, expect: int | None = 200, **options: Any) -> Any:
        return self.request("GET", path, expect=expect, **options).json()

    def post(self, path: str, *, expect: int | None = None, **options: Any) -> Any:
        return self.request("POST", path, expect=expect, **options).json()

    def generate(self, prompt: str = "Notes", **body: Any) -> dict[str, Any]:
        return self.post("/generations/generate", json={"prompt": prompt, **body}, expect=201)

    def generation(self, generation_id: str) -> dict[str, Any]:
        return self.get(f"/generations/{generation_id}")

    def ended(self, generation_id: str, *, seconds: float = 60) -> dict[str, Any]:
        """The generation, once it has ended. The service may be away meanwhile."""

        def look() -> dict[str, Any] | None:
            try:
                found = self.generation(generation_id)
            except (httpx.TransportError, AssertionError):
                return None
            return found if found["status"] in {"completed", "failed", "cancelled"} else None

        return wait_for(look, seconds=seconds, every=0.1)

    def completed(self, generation_id: str, *, seconds: float = 60) -> dict[str, Any]:
        found = self.ended(generation_id, seconds=seconds)
        assert found["status"] == "completed", found
        return found

    def reaches(self, generation_id: str, stage: str, phase: str = "", *, seconds: float = 30) -> None:
        """Wait until an event of that stage (and phase) has been told."""
        wait_for(
            lambda: any(event["stage"] == stage and event["phase"] == phase for event in self.get(f"/generations/{generation_id}/events")),
            seconds=seconds,
            every=0.02,
        )

    def events(self, generation_id: str) -> list[dict[str, Any]]:
        return self.get(f"/generations/{generation_id}/events")

    def stream(self, generation_id: str, **headers: str) -> Iterator[dict[str, Any]]:
        """The events of a fresh stream, until it ends itself."""
        url = self.post(f"/generations/{generation_id}/stream-token", expect=200)["stream_url"].removeprefix("/api")
        yield from self.read_stream(url, headers)

    def read_stream(self, url: str, headers: Mapping[str, str] | None = None) -> Iterator[dict[str, Any]]:
        anonymous = httpx.Client(base_url=self.http.base_url, timeout=60)
        with anonymous, anonymous.stream("GET", url, headers=dict(headers or {})) as response:
            assert response.status_code == 200, response.read()
            yield from parse_stream(response.iter_lines())


def parse_stream(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """Events of a `text/event-stream`; the id must be the event's own number."""
    number = None
    for line in lines:
        if line.startswith("id: "):
            number = int(line[4:])
        elif line.startswith("data: "):
            event = json.loads(line[6:])
            assert event["seq"] == number
            yield event


def assert_sound(events: list[dict[str, Any]], *, status: str = "completed") -> None:
    """Numbered without a gap, never falling back, and ended exactly once, at the end."""
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    progress = [event["progress"] for event in events]
    assert progress == sorted(progress)
    assert [event["status"] for event in events if event["status"] in {"completed", "failed", "cancelled"}] == [status]
    assert events[-1]["status"] == status
    steps = [(event["stage"], event["phase"]) for event in events[:-1] if event["stage"] in {"code", "review"} and not _asks(event)]
    assert len(steps) == len(set(steps)), "a step was told twice"


def _asks(event: dict[str, Any]) -> bool:
    """Whether it tells of the asking of a model, which is told each time."""
    return event["stage"] == "code" and event["phase"].startswith(("extension", "usage", "wait"))
