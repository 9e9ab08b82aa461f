"""Limits on work and the order of it, each alone; and what is forgotten after its time."""

import sqlite3
from itertools import pairwise

import pytest
from tests.integration.service.harness import Client, Deployment, wait_for


@pytest.mark.parametrize(
    "settings",
    [
        {"concurrency": "1", "worker_concurrency": "4", "user_concurrency": "8"},
        {"concurrency": "8", "worker_concurrency": "1", "user_concurrency": "8"},
        {"concurrency": "8", "worker_concurrency": "4", "user_concurrency": "1"},
    ],
    ids=["global", "worker", "user"],
)
def test_each_limit_alone_lets_one_run_at_a_time(deployment: Deployment, settings: dict[str, str]) -> None:
    deployment.environment |= {f"APIWRIGHT_{name.upper()}": value for name, value in settings.items()}
    client = Client(deployment.start().url)
    ids = [client.generate("Notes [sleep:review=0.5]", verify="quick")["id"] for _ in range(3)]
    ended = [client.completed(generation_id) for generation_id in ids]
    spans = sorted((item["started_at"], item["finished_at"]) for item in ended)
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans)), spans


def test_people_are_served_before_programs(deployment: Deployment) -> None:
    client = Client(deployment.start(concurrency="1").url)
    key = client.post("/auth/api-keys", json={"name": "ci", "scopes": ["generations:write", "generations:read"]}, expect=201)["key"]
    busy = client.generate("Notes [sleep:review=3]")["id"]
    client.reaches(busy, "review")
    as_program = {"Authorization": f"Bearer {key}"}
    program = client.post("/generations/generate", json={"prompt": "Notes"}, headers=as_program, expect=201)["id"]
    person = client.generate("Notes")["id"]
    assert client.completed(person)["started_at"] < client.completed(program)["started_at"]


def test_what_failed_is_forgotten_after_its_time_and_what_completed_is_not(deployment: Deployment) -> None:
    process = deployment.start()
    client = Client(process.url)
    kept = client.generate("Notes")["id"]
    old, young = (client.generate("Notes [fail:plan]")["id"] for _ in range(2))
    client.completed(kept)
    assert {client.ended(item)["status"] for item in (old, young)} == {"failed"}
    process.kill()
    with sqlite3.connect(deployment.directory / "apiwright.db") as connection:
        for item in (kept, old):
            connection.execute("UPDATE generations SET finished_at = '2020-01-01 00:00:00.000000' WHERE id = ?", [item.replace("-", "")])
    connection.close()
    client.http.base_url = f"{deployment.start(retention_days='30').url}/api"
    wait_for(lambda: client.request("GET", f"/generations/{old}").status_code == 404)
    assert client.generation(young)["status"] == "failed"
    assert client.generation(kept)["status"] == "completed"
