"""Processes that die without a word. The work goes on elsewhere, and nobody who only sees the events can tell."""

import signal
import sqlite3
import time
from pathlib import Path

import pytest
from tests.integration.service.harness import Client, Deployment, assert_sound, wait_for

STAGES = {
    "plan": ("Notes [sleep:plan=1.5]", "analysis", ""),
    "code": ("Notes [sleep:code=1.5]", "code", "main"),
    "review": ("Notes [sleep:review=1.5]", "review", "lint"),
}


@pytest.mark.parametrize("stage", STAGES)
def test_the_embedded_service_killed_in_a_stage_completes_the_generation_when_it_is_back(deployment: Deployment, stage: str) -> None:
    prompt, at, phase = STAGES[stage]
    first = deployment.start()
    client = Client(first.url)
    generation_id = client.generate(prompt)["id"]
    client.reaches(generation_id, at, phase)
    first.kill()
    second = deployment.start()
    client.http.base_url = f"{second.url}/api"
    client.completed(generation_id)
    assert_sound(client.events(generation_id))
    assert _published(deployment.directory) == 1


def test_killed_while_the_files_are_being_published_it_publishes_one_version(deployment: Deployment) -> None:
    first = deployment.start()
    client = Client(first.url)
    accepted = client.generate("Notes [files=1500]")
    storage = deployment.directory / "storage" / "projects"
    wait_for(lambda: storage.exists() and any(storage.rglob("source/**/*.py")), every=0.001)
    first.kill()
    assert not any(storage.rglob("manifest.json")), "it was killed too late for this test"
    second = deployment.start()
    client.http.base_url = f"{second.url}/api"
    done = client.completed(accepted["id"])
    assert done["version"] == 1
    assert_sound(client.events(accepted["id"]))
    assert client.get(f"/generations/{accepted['id']}/files")["count"] == sum(path.is_file() for path in storage.rglob("source/**/*"))


def test_killed_before_the_job_reached_the_queue_it_is_handed_in_later(deployment: Deployment) -> None:
    """The row of a generation is the promise; the queue follows."""
    first = deployment.start()
    client = Client(first.url)
    first.kill()
    queue = deployment.directory / "apiwright-queue.db"
    api = deployment.start("api")
    client.http.base_url = f"{api.url}/api"
    moved = queue.with_suffix(".away")
    _move(queue, moved)
    generation_id = client.generate("Notes")["id"]
    api.kill()
    _move(moved, queue)
    second = deployment.start()
    client.http.base_url = f"{second.url}/api"
    client.completed(generation_id)
    assert_sound(client.events(generation_id))


def test_a_job_that_its_worker_took_and_never_began_is_put_back_into_the_queue(deployment: Deployment) -> None:
    """So it is left when the database goes away just after the worker has taken it."""
    client = Client(deployment.start(worker_concurrency="1").url)
    busy = client.generate("Notes [sleep:review=3]")["id"]
    client.reaches(busy, "review")
    lost = client.generate("Notes")["id"]
    with sqlite3.connect(deployment.directory / "apiwright.db") as ours:
        (worker,) = ours.execute("SELECT id FROM workers").fetchone()
    ours.close()
    with sqlite3.connect(deployment.directory / "apiwright-queue.db", timeout=20) as queue:
        taken = "UPDATE workflow_status SET status = 'PENDING', executor_id = ?, started_at_epoch_ms = 1 WHERE workflow_uuid = ?"
        assert queue.execute(taken, [worker, f"{lost}-1"]).rowcount == 1
    queue.close()
    client.completed(lost)
    assert_sound(client.events(lost))


def test_another_worker_takes_over_from_one_that_died(deployment: Deployment) -> None:
    api = deployment.start()
    api.terminate()
    api = deployment.start("api")
    workers = [deployment.start("worker") for _ in range(2)]
    client = Client(api.url)
    ids = [client.generate("Notes [sleep:review=1]")["id"] for _ in range(4)]
    for generation_id in ids:
        client.reaches(generation_id, "review", "lint")
    workers[0].kill()
    began = time.monotonic()
    for generation_id in ids:
        client.completed(generation_id)
        assert_sound(client.events(generation_id))
    assert time.monotonic() - began < 15
    assert _published(deployment.directory) == 4


def test_a_worker_that_was_only_silent_does_not_write_beside_the_one_that_took_over(deployment: Deployment) -> None:
    deployment.start().terminate()
    api = deployment.start("api")
    frozen = deployment.start("worker")
    client = Client(api.url)
    generation_id = client.generate("Notes [sleep:review=3]")["id"]
    client.reaches(generation_id, "review", "lint")
    frozen.popen.send_signal(signal.SIGSTOP)
    deployment.start("worker")
    # The second one begins the review anew while the first wakes up in the middle of its own.
    time.sleep(4)
    frozen.popen.send_signal(signal.SIGCONT)
    client.completed(generation_id)
    assert_sound(client.events(generation_id))
    assert _published(deployment.directory) == 1
    again = client.generate("Notes")["id"]
    client.completed(again)


def test_a_stage_that_kills_its_process_fails_the_generation_and_not_the_worker(deployment: Deployment) -> None:
    process = deployment.start()
    client = Client(process.url)
    failed = client.ended(client.generate("Notes [crash:code]")["id"])
    assert (failed["status"], failed["error"]["code"]) == ("failed", "internal")
    client.completed(client.generate("Notes")["id"])


def test_a_generation_whose_workers_always_die_is_given_up(deployment: Deployment) -> None:
    client = None
    generation_id = ""
    for _ in range(3):
        process = deployment.start(attempts="2")
        client = client or Client(process.url)
        client.http.base_url = f"{process.url}/api"
        generation_id = generation_id or client.generate("Notes [sleep:review=20]")["id"]
        if client.generation(generation_id)["status"] not in {"pending", "processing"}:
            break
        attempts = _attempts(deployment.directory)
        wait_for(lambda seen=attempts: _attempts(deployment.directory) > seen or seen >= 3)
        client.reaches(generation_id, "review", "lint", seconds=10) if attempts < 2 else None
        if attempts < 2:
            process.kill()
    assert client is not None
    failed = client.ended(generation_id)
    assert (failed["status"], failed["error"]["code"]) == ("failed", "attempts")
    assert_sound(client.events(generation_id), status="failed")


def test_a_generation_that_takes_too_long_is_stopped(deployment: Deployment) -> None:
    process = deployment.start(generation_timeout="1.5")
    client = Client(process.url)
    failed = client.ended(client.generate("Notes [sleep:review=30]")["id"], seconds=8)
    assert (failed["status"], failed["error"]["code"]) == ("failed", "timeout")


def _published(directory: Path) -> int:
    return len(list((directory / "storage" / "projects").rglob("manifest.json")))


def _attempts(directory: Path) -> int:
    connection = sqlite3.connect(directory / "apiwright.db")
    try:
        return int(connection.execute("SELECT coalesce(max(attempts), 0) FROM generations").fetchone()[0])
    finally:
        connection.close()


def _move(source: Path, target: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        part = source.with_name(source.name + suffix)
        if part.exists():
            part.rename(target.with_name(target.name + suffix))
