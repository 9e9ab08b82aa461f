"""Many generations while everything around them fails. The short one is run always, the long ones by `make soak`."""

import random
import time
from collections.abc import Callable
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


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_200_generations_complete_while_random_workers_are_killed(on_postgres: Deployment) -> None:
    clients, ids = _filled(on_postgres)
    _until_done(on_postgres, clients, ids, lambda: None)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_200_generations_complete_while_the_database_restarts(on_postgres: Deployment, postgres_server: Any) -> None:
    clients, ids = _filled(on_postgres)
    restarts = iter(range(2))

    def restart() -> None:
        if next(restarts, None) is not None:
            postgres_server.stop()
            time.sleep(2)
            postgres_server.start()

    _until_done(on_postgres, clients, ids, restart)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_200_generations_complete_while_the_storage_fails_half_of_its_writes(on_postgres: Deployment) -> None:
    with failing_s3(rate=0.5) as settings:
        on_postgres.environment |= settings
        clients, ids = _filled(on_postgres)
        _until_done(on_postgres, clients, ids, lambda: None)
        on_postgres.stop()


def _filled(deployment: Deployment) -> tuple[list[Client], list[tuple[int, str]]]:
    """2 API processes and 3 workers, 4 users, 200 generations in the queue."""
    apis = [deployment.start("api") for _ in range(2)]
    clients = [Client(apis[number % 2].url) for number in range(4)]
    for _ in range(3):
        deployment.start("worker", worker_concurrency="4")
    asked = [(number % 4, f"Notes {number} [sleep:review={random.uniform(0, 1):.2f}]") for number in range(200)]
    return clients, [(user, clients[user].generate(prompt)["id"]) for user, prompt in asked]


def _until_done(deployment: Deployment, clients: list[Client], ids: list[tuple[int, str]], also: Callable[[], None]) -> None:
    killed = 0
    open_ones = set(ids)
    give_up = time.monotonic() + 900
    while open_ones and time.monotonic() < give_up:
        time.sleep(random.uniform(2, 5))
        if len(open_ones) > 20:
            workers = [process for process in deployment.processes[2:] if process.popen.poll() is None]
            _replace(deployment, random.choice(workers))
            killed += 1
        also()
        open_ones = {(user, item) for user, item in open_ones if _status(clients[user], item) not in {"completed", "failed", "cancelled"}}
    assert not open_ones, f"{len(open_ones)} never ended"
    versions: set[tuple[str, int]] = set()
    for user, item in ids:
        done = clients[user].completed(item)
        assert_sound(clients[user].events(item))
        versions.add((done["project_id"], done["version"]))
    assert len(versions) == len(ids)
    assert killed >= 5


def _replace(deployment: Deployment, worker: Process) -> None:
    worker.kill()
    deployment.start("worker", worker_concurrency="4", wait=False)


def _status(client: Client, generation_id: str) -> str | None:
    response = wait_for(lambda: client.request("GET", f"/generations/{generation_id}"), seconds=60)
    return response.json()["status"] if response.status_code == 200 else None
