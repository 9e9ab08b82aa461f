"""Register, log in, generate, follow, download: what a user does first."""

import io
import zipfile

import psutil
from tests.integration.service.harness import Client, Process, assert_sound, wait_for


def test_a_user_follows_a_generation_to_its_end_and_downloads_it(client: Client) -> None:
    accepted = client.generate("Create a todo list CRUD backend with users and tags")
    assert accepted["status"] == "pending"
    assert accepted["project"] == {"id": accepted["project_id"], "name": "Todo List", "auto_created": True}

    events = list(client.stream(accepted["id"]))
    assert_sound(events)
    assert [event["stage"] for event in events][:3] == ["queued", "analysis", "schema"]
    assert events[-1]["progress"] == 1.0
    assert events == client.events(accepted["id"])

    done = client.generation(accepted["id"])
    assert (done["status"], done["version"], done["progress"]) == ("completed", 1, 1.0)
    packed = client.request("GET", f"/generations/{accepted['id']}/download", expect=200).content
    listed = client.get(f"/generations/{accepted['id']}/files")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == [item["path"] for item in listed["files"]]
        assert archive.read("app/models.py") == b"class Note: ...\n"


def test_a_terminal_generation_refuses_a_stream_token_so_that_clients_stop(client: Client) -> None:
    accepted = client.generate("Notes [fail:review]")
    assert client.ended(accepted["id"])["status"] == "failed"
    refused = client.request("POST", f"/generations/{accepted['id']}/stream-token", expect=400).json()
    assert refused["generation_status"] == "failed"
    assert refused["error"]["code"] == "verification-failed"


def test_a_client_that_loses_the_connection_at_any_point_resumes_without_gap_or_repeat(client: Client) -> None:
    accepted = client.generate("Notes [sleep:review=1]")
    url = client.post(f"/generations/{accepted['id']}/stream-token", expect=200)["stream_url"].removeprefix("/api")
    seen: list[int] = []
    # One event per connection: cut, and open again with what was seen last.
    while True:
        headers = {"Last-Event-ID": str(seen[-1])} if seen else {}
        event = next(client.read_stream(url, headers))
        seen.append(event["seq"])
        if event["status"] == "completed":
            break
    assert seen == list(range(1, seen[-1] + 1))
    # Everything was seen: a browser that connects once more is told to stay away.
    assert client.http.get(url, headers={"Last-Event-ID": str(seen[-1])}).status_code == 204
    assert [event["seq"] for event in client.read_stream(f"{url}&after=3")] == list(range(4, seen[-1] + 1))


def test_cancelling_ends_the_work_within_two_seconds(client: Client, shared_service: Process) -> None:
    accepted = client.generate("Notes [stubborn:review]")
    client.reaches(accepted["id"], "review", "lint")
    wait_for(lambda: _stubborn_children(shared_service.popen.pid))
    client.request("POST", f"/generations/{accepted['id']}/cancel", expect=202)
    assert client.ended(accepted["id"], seconds=2)["status"] == "cancelled"
    assert not _stubborn_children(shared_service.popen.pid)
    assert_sound(client.events(accepted["id"]), status="cancelled")
    assert client.request("POST", f"/generations/{accepted['id']}/cancel").status_code == 409


def test_cancelling_what_waits_in_the_queue_takes_it_out(client: Client) -> None:
    busy = [client.generate("Notes [sleep:review=3]")["id"] for _ in range(2)]
    waiting = client.generate("Notes")["id"]
    client.request("POST", f"/generations/{waiting}/cancel", expect=202)
    assert client.generation(waiting)["status"] == "cancelled"
    for generation_id in busy:
        client.request("POST", f"/generations/{generation_id}/cancel")
    events = client.events(waiting)
    assert [event["status"] for event in events] == ["pending", "cancelled"]


def _stubborn_children(pid: int) -> list[int]:
    found: list[int] = []
    for child in psutil.Process(pid).children(recursive=True):
        try:
            if any("stubborn" in part for part in child.cmdline()):
                found.append(child.pid)
        except psutil.NoSuchProcess:
            continue
    return found
