"""The same service on PostgreSQL, with API and worker processes apart."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.integration.service.harness import Client, Deployment, assert_sound, wait_for
from tests.integration.service.test_crashes import STAGES


def test_a_stream_opened_at_one_process_tells_what_a_worker_in_another_does(on_postgres: Deployment) -> None:
    apis = [on_postgres.start("api") for _ in range(2)]
    on_postgres.start("worker")
    client = Client(apis[0].url)
    generation_id = client.generate("Notes [sleep:review=0.5]")["id"]
    client.http.base_url = f"{apis[1].url}/api"
    with ThreadPoolExecutor(max_workers=4) as pool:
        streams = [pool.submit(lambda: list(client.stream(generation_id))) for _ in range(4)]
    for stream in streams:
        assert_sound(stream.result())


@pytest.mark.parametrize("stage", [pytest.param("plan", marks=pytest.mark.soak), pytest.param("code", marks=pytest.mark.soak), "review"])
def test_a_worker_killed_in_a_stage_is_followed_by_another_one(on_postgres: Deployment, stage: str) -> None:
    prompt, at, phase = STAGES[stage]
    api = on_postgres.start("api")
    client = Client(api.url)
    doomed = on_postgres.start("worker")
    generation_id = client.generate(prompt)["id"]
    client.reaches(generation_id, at, phase)
    on_postgres.start("worker")
    doomed.kill()
    began = time.monotonic()
    client.completed(generation_id)
    assert time.monotonic() - began < 15
    assert_sound(client.events(generation_id))


def test_a_worker_killed_while_it_publishes_is_followed_by_another_that_publishes_once(on_postgres: Deployment) -> None:
    client = Client(on_postgres.start("api").url)
    doomed = on_postgres.start("worker")
    generation_id = client.generate("Notes [files=1500]")["id"]
    storage = on_postgres.directory / "storage" / "projects"
    wait_for(lambda: storage.exists() and any(storage.rglob("source/**/*.py")), every=0.001)
    doomed.kill()
    assert not any(storage.rglob("manifest.json")), "it was killed too late for this test"
    on_postgres.start("worker")
    assert client.completed(generation_id)["version"] == 1
    assert_sound(client.events(generation_id))
    assert client.get(f"/generations/{generation_id}/files")["count"] == sum(path.is_file() for path in storage.rglob("source/**/*"))


def test_a_user_has_no_more_running_than_is_allowed_and_others_get_their_turn(on_postgres: Deployment) -> None:
    api = on_postgres.start("api")
    greedy, modest = Client(api.url, name="greedy"), Client(api.url, name="modest")
    ids = [greedy.generate("Notes [sleep:review=1]")["id"] for _ in range(6)]
    late = modest.generate("Notes")["id"]
    on_postgres.start("worker", worker_concurrency="3", user_concurrency="1", concurrency="3")
    modest.completed(late)
    states = [greedy.generation(generation_id)["status"] for generation_id in ids]
    assert states.count("processing") <= 1
    assert "pending" in states
    for generation_id in ids:
        greedy.request("POST", f"/generations/{generation_id}/cancel")


def test_a_request_limit_is_shared_by_all_processes(on_postgres: Deployment) -> None:
    apis = [on_postgres.start("api", requests_per_minute="10") for _ in range(2)]
    client = Client(apis[0].url)
    answers: list[int] = []
    for number in range(14):
        client.http.base_url = f"{apis[number % 2].url}/api"
        answers.append(client.request("GET", "/projects").status_code)
    assert 429 in answers
    assert answers.count(200) <= 20
    refused = client.request("GET", "/projects")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60
