"""Many generations while everything around them fails. The short one is run always, the long ones by `make soak`."""

import random
import sys
import time
from typing import Any

import pytest
from tests.integration.service.harness import Client, Deployment, Process, assert_sound, wait_for
from tests.integration.service.storms import failing_s3


def test_a_storage_that_fails_half_of_its_writes_loses_nothing(deployment: Deployment) -> None:
    with failing_s3(rate=0.5) as settings:
        deployment.environment |= settings
        client = Client(deployment.start().url)
        ids = [client.generate("Notes [files=10]")["id"] for _ in range(4)]
        for generation_id in ids:
            client.completed(generation_id, seconds=120)
            assert_sound(client.events(generation_id))
            listed = client.get(f"/generations/{generation_id}/files")
            assert listed["count"] == 18
            assert client.request("GET", f"/generations/{generation_id}/files/app/models.py").text == "class Note: ...\n"
        deployment.stop()


def test_generations_complete_while_workers_are_killed_and_the_database_restarts(on_postgres: Deployment, postgres_server: Any) -> None:
    clients, ids = _filled(on_postgres, 12, apis=1, workers=2)
    _restart(postgres_server)
    _until_done(on_postgres, clients, ids, enough=6)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_200_generations_complete_while_random_workers_are_killed(on_postgres: Deployment) -> None:
    clients, ids = _filled(on_postgres)
    _until_done(on_postgres, clients, ids)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_200_generations_complete_while_the_database_restarts(on_postgres: Deployment, postgres_server: Any) -> None:
    clients, ids = _filled(on_postgres)
    for _ in range(2):
        time.sleep(5)
        _restart(postgres_server)
    _until_done(on_postgres, clients, ids)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_200_generations_complete_while_the_storage_fails_half_of_its_writes(on_postgres: Deployment) -> None:
    with failing_s3(rate=0.5) as settings:
        on_postgres.environment |= settings
        clients, ids = _filled(on_postgres)
        _until_done(on_postgres, clients, ids)
        on_postgres.stop()


def _filled(deployment: Deployment, count: int = 200, *, apis: int = 2, workers: int = 3) -> tuple[list[Client], list[tuple[int, str]]]:
    """API processes and workers, 4 users, and so many generations in the queue."""
    serving = [deployment.start("api") for _ in range(apis)]
    clients = [Client(serving[number % apis].url) for number in range(4)]
    for _ in range(workers):
        deployment.start("worker", worker_concurrency="4")
    asked = [(number % 4, f"Notes {number} [sleep:review={random.uniform(0, 1):.2f}]") for number in range(count)]
    return clients, [(user, clients[user].generate(prompt)["id"]) for user, prompt in asked]


def _restart(server: Any) -> None:
    server.stop()
    time.sleep(2)
    server.start()


def _until_done(deployment: Deployment, clients: list[Client], ids: list[tuple[int, str]], *, enough: int = 20) -> None:
    """Kill a random worker every few seconds, until no more than `enough` generations are open; then let the rest end."""
    killed = 0
    open_ones = set(ids)
    began = time.monotonic()
    while open_ones and time.monotonic() < began + 900:
        if len(open_ones) > enough:
            workers = [process for process in deployment.processes if process.role == "worker" and process.popen.poll() is None]
            _replace(deployment, random.choice(workers))
            killed += 1
        time.sleep(random.uniform(1, 3))
        for user, item in random.sample(sorted(open_ones), min(40, len(open_ones))):
            if _status(clients[user], item) in {"completed", "failed", "cancelled"}:
                open_ones.discard((user, item))
    sys.stdout.write(f"{len(ids)} generations, {killed} workers killed, {time.monotonic() - began:.0f} s\n")
    assert not open_ones, f"{len(open_ones)} never ended"
    versions: set[tuple[str, int]] = set()
    for user, item in ids:
        done = clients[user].completed(item)
        assert_sound(clients[user].events(item))
        versions.add((done["project_id"], done["version"]))
    assert len(versions) == len(ids)
    assert killed


def _replace(deployment: Deployment, worker: Process) -> None:
    worker.kill()
    deployment.start("worker", worker_concurrency="4", wait=False)


def _status(client: Client, generation_id: str) -> str | None:
    response = wait_for(lambda: client.request("GET", f"/generations/{generation_id}"), seconds=60)
    return response.json()["status"] if response.status_code == 200 else None
