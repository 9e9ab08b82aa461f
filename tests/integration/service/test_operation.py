"""Starting, stopping and upgrading the service."""

import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import httpx
import psutil
import pytest
from tests.integration.service.harness import Client, Deployment, Process, assert_sound, wait_for
from tests.integration.service.storms import failing_s3


def test_sigterm_lets_short_work_finish_ends_streams_with_a_hint_and_exits_0(deployment: Deployment) -> None:
    process = deployment.start()
    client = Client(process.url)
    short = client.generate("Notes [sleep:review=1]")["id"]
    client.reaches(short, "review", "lint")
    received: list[str] = []
    url = client.post(f"/generations/{short}/stream-token", expect=200)["stream_url"].removeprefix("/api")
    following = threading.Thread(target=_follow, args=(f"{process.url}/api{url}", received))
    following.start()
    wait_for(lambda: len(received) > 3)
    assert process.terminate() == 0
    following.join(10)
    assert any(line.startswith("retry:") for line in received)
    again = deployment.start("api")
    client.http.base_url = f"{again.url}/api"
    assert client.generation(short)["status"] == "completed"


def test_sigterm_hands_long_work_on_within_the_grace_period(deployment: Deployment) -> None:
    process = deployment.start(grace="1")
    client = Client(process.url)
    long = client.generate("Notes [sleep:review=4]")["id"]
    client.reaches(long, "review", "lint")
    began = time.monotonic()
    assert process.terminate() == 0
    assert time.monotonic() - began < 6
    after = deployment.start()
    client.http.base_url = f"{after.url}/api"
    client.completed(long)
    assert_sound(client.events(long))
    assert process.errors == []


MOMENTS: dict[str, Callable[[Deployment, Process], Any]] = {
    "its modules are imported": lambda _, process: psutil.Process(process.popen.pid).cpu_times().user > 0.3,
    "the database is made": lambda deployment, _: (deployment.directory / "apiwright.db").exists(),
    "the queue is made": lambda deployment, _: (deployment.directory / "apiwright-queue.db").exists(),
    "a stage process starts": lambda _, process: _stage_processes(psutil.Process(process.popen.pid)),
}


def _stage_processes(parent: psutil.Process) -> list[psutil.Process]:
    """Not every child is one: libraries ask the machine what it is, by commands that end at once."""
    return [child for child in parent.children() if any("stage_child" in word for word in _command(child))]


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.mark.parametrize("moment", MOMENTS)
def test_sigterm_while_it_starts_ends_it_in_order(deployment: Deployment, moment: str) -> None:
    process = deployment.start(real=True, wait=False)
    wait_for(lambda: MOMENTS[moment](deployment, process), seconds=120, every=0.002)
    children = psutil.Process(process.popen.pid).children(recursive=True)
    began = time.monotonic()
    assert process.terminate(60) == 0, process.log.read_text()
    assert time.monotonic() - began < 20
    assert "Traceback" not in process.log.read_text()
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []
    again = deployment.start("api")
    assert httpx.get(f"{again.url}/health/live", timeout=20).status_code == 200


def test_readiness_tells_which_part_is_down(deployment: Deployment) -> None:
    process = deployment.start()
    assert _ready(process.url) == (200, {"database": "up", "queue": "up", "storage": "up"})
    storage, away = deployment.directory / "storage", deployment.directory / "away"
    storage.rename(away)
    storage.write_text("no directory")
    try:
        assert _ready(process.url) == (503, {"database": "up", "queue": "up", "storage": "down"})
    finally:
        storage.unlink()
        away.rename(storage)
    assert _ready(process.url)[0] == 200
    assert 'apiwright_generations{status="completed"} 0.0' in httpx.get(f"{process.url}/metrics").text


def test_readiness_tells_of_a_bucket_that_is_away(deployment: Deployment) -> None:
    with failing_s3(rate=0) as settings:
        deployment.environment |= settings
        process = deployment.start()
        assert _ready(process.url) == (200, {"database": "up", "queue": "up", "storage": "up"})
    began = time.monotonic()
    assert _ready(process.url) == (503, {"database": "up", "queue": "up", "storage": "down"})
    assert time.monotonic() - began < 12


def test_readiness_tells_of_a_database_that_is_away_and_comes_back_by_itself(on_postgres: Deployment, postgres_server: Any) -> None:
    process = on_postgres.start()
    client = Client(process.url)
    away = (503, {"database": "down", "queue": "down", "storage": "up"})
    assert _ready(process.url)[0] == 200
    postgres_server.stop()
    try:
        began = time.monotonic()
        assert _ready(process.url) == away
        assert time.monotonic() - began < 12
        assert httpx.get(f"{process.url}/health/live").status_code == 200
        problem = client.request("GET", "/projects", expect=503)
        assert problem.json()["code"] == "unavailable"
    finally:
        postgres_server.start()
    wait_for(lambda: _ready(process.url)[0] == 200)
    with _silent(postgres_server):
        began = time.monotonic()
        assert _ready(process.url) == away
        assert time.monotonic() - began < 12
    wait_for(lambda: _ready(process.url)[0] == 200)
    client.completed(client.generate()["id"])


@pytest.mark.parametrize("how", ["away", "silent"])
def test_sigterm_while_the_database_is_away_ends_it_in_order(on_postgres: Deployment, postgres_server: Any, how: str) -> None:
    process = on_postgres.start(grace="1")
    client = Client(process.url)
    left = client.generate("Notes [sleep:review=30]")["id"]
    client.reaches(left, "review", "lint")
    with _stopped(postgres_server) if how == "away" else _silent(postgres_server):
        time.sleep(1)  # so that the engine has noticed
        began = time.monotonic()
        assert process.terminate(60) == 0, process.log.read_text()[-3000:]
        assert time.monotonic() - began < 20
    again = on_postgres.start()
    client.http.base_url = httpx.URL(f"{again.url}/api")
    client.post(f"/generations/{left}/cancel", expect=202)
    client.ended(left)
    assert_sound(client.events(left), status="cancelled")


@contextmanager
def _stopped(server: Any) -> Generator[None]:
    server.stop()
    try:
        yield
    finally:
        server.start()


@contextmanager
def _silent(server: Any) -> Generator[None]:
    """The server takes connections and answers nothing, as one on a machine that hangs."""
    leader = psutil.Process(server.get_pid())
    leader.suspend()
    processes = [leader, *leader.children()]
    for item in processes:
        item.suspend()
    try:
        yield
    finally:
        for item in processes:
            item.resume()


def test_a_damaged_database_is_named_and_nothing_starts(deployment: Deployment) -> None:
    deployment.directory.mkdir()
    database = deployment.directory / "apiwright.db"
    database.write_bytes(b"this is no database" * 500)
    ran = deployment.command("serve")
    assert ran.returncode == 3
    assert "damaged" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_database_of_a_newer_version_is_left_alone(deployment: Deployment) -> None:
    assert deployment.command("db", "upgrade").stdout.strip() == "0003"
    connection = sqlite3.connect(deployment.directory / "apiwright.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    ran = deployment.command("serve")
    assert ran.returncode == 3
    assert "newer version" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_external_database_is_not_changed_at_start(deployment: Deployment) -> None:
    elsewhere = deployment.directory / "elsewhere.db"
    deployment.environment["APIWRIGHT_DATABASE_URL"] = f"sqlite:///{elsewhere}"
    ran = deployment.command("serve")
    assert ran.returncode == 3
    assert "apiwright db upgrade" in ran.stderr
    assert deployment.command("db", "upgrade").returncode == 0
    client = Client(deployment.start().url)
    client.completed(client.generate()["id"])


def test_a_database_that_is_not_there_and_a_port_that_is_taken_are_named(deployment: Deployment) -> None:
    deployment.environment["APIWRIGHT_DATABASE_URL"] = "postgresql://ada:sesame@127.0.0.1:1/apiwright"
    away = deployment.command("serve")
    assert (away.returncode, "sesame" in away.stderr) == (3, False)
    assert "error: The database postgresql+asyncpg://ada:***@127.0.0.1:1/apiwright does not answer: " in away.stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = deployment.command("serve", "--port", str(port))
    assert ran.returncode == 3
    assert f"error: 127.0.0.1:{port}: Address already in use" in ran.stderr


def test_a_setting_that_cannot_be_used_is_named(deployment: Deployment) -> None:
    deployment.directory.mkdir()
    deployment.environment["APIWRIGHT_PORT"] = "many"
    ran = deployment.command("serve")
    assert ran.returncode == 2
    assert "APIWRIGHT_PORT" in ran.stderr


def _follow(url: str, received: list[str]) -> None:
    with httpx.stream("GET", url, timeout=30) as response:
        for line in response.iter_lines():
            received.append(line)  # noqa: PERF402 - seen by another thread as it comes


def _ready(url: str) -> tuple[int, Any]:
    response = httpx.get(f"{url}/health/ready", timeout=20)
    return response.status_code, response.json()["parts"]
