"""What a generation promises: one per idempotency key, approval when asked for, versions that stay, files that go with their rows."""

import hashlib
import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.integration.service.harness import Client, Deployment, Process, assert_sound, wait_for


def test_one_idempotency_key_makes_one_generation_even_at_once(client: Client) -> None:
    def ask(prompt: str) -> Any:
        return client.http.post("/generations/generate", json={"prompt": prompt}, headers={"Idempotency-Key": "once"})

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(ask, ["Notes"] * 8))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotent-replayed" in answer.headers for answer in answers) == 7
    assert client.get("/generations")["total"] == 1
    other = ask("Something else")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


def test_a_similar_project_is_suggested_and_a_new_one_is_made_all_the_same(client: Client) -> None:
    first = client.generate("Create a todo list CRUD backend with users and tags")
    second = client.generate("A todo list API with tags and reminders")
    assert second["project_id"] != first["project_id"]
    assert second["project"]["auto_created"] is True
    assert [item["id"] for item in second["similar_projects"]] == [first["project_id"]]
    assert client.generate("A clinic with doctors and appointments")["similar_projects"] == []
    own = client.post("/projects", json={"name": "Mine"}, expect=201)
    third = client.generate("Todo list again", project_id=own["id"])
    assert third["project"] == {"id": own["id"], "name": "Mine", "auto_created": False}
    assert third["similar_projects"] == []


def test_a_plan_waits_for_its_user_who_edits_and_approves_it(client: Client) -> None:
    accepted = client.generate("Notes", review=True)
    waiting = wait_for(lambda: _with_status(client, accepted["id"], "awaiting_approval"))
    assert waiting["stage"] == "schema"
    assert client.request("GET", f"/generations/{accepted['id']}/files").status_code == 409
    blueprint = client.get(f"/generations/{accepted['id']}/blueprint")
    broken = json.loads(json.dumps(blueprint))
    broken["entities"][0]["relations"] = [{"name": "owner", "target": "Nobody"}]
    refused = client.request("PUT", f"/generations/{accepted['id']}/blueprint", content=json.dumps(broken))
    assert refused.status_code == 422
    assert any("Nobody" in item["message"] and item["where"] for item in refused.json()["errors"])
    as_yaml = client.request("GET", f"/generations/{accepted['id']}/blueprint", headers={"Accept": "application/yaml"}).text
    edited = as_yaml.replace("name: Note\n", "name: Memo\n")
    assert edited != as_yaml
    client.request("PUT", f"/generations/{accepted['id']}/blueprint", content=edited, expect=200)
    assert client.request("POST", f"/generations/{accepted['id']}/approve").status_code == 202
    client.completed(accepted["id"])
    assert client.request("GET", f"/generations/{accepted['id']}/files/app/models.py").text == "class Memo: ...\n"
    assert_sound(client.events(accepted["id"]))
    statuses = [event["status"] for event in client.events(accepted["id"])]
    assert statuses.index("awaiting_approval") < len(statuses) - 1
    assert client.request("POST", f"/generations/{accepted['id']}/approve").status_code == 409


def test_a_plan_that_waits_can_be_cancelled(client: Client) -> None:
    accepted = client.generate("Notes", review=True)
    wait_for(lambda: _with_status(client, accepted["id"], "awaiting_approval"))
    client.request("POST", f"/generations/{accepted['id']}/cancel", expect=202)
    assert_sound(client.events(accepted["id"]), status="cancelled")
    assert client.request("PUT", f"/generations/{accepted['id']}/blueprint", content="{}").status_code == 409


def test_iterating_adds_to_what_was_there_as_the_next_version(client: Client) -> None:
    first = client.generate("Notes")
    assert client.request("POST", "/generations/iterate", json={"parent_generation_id": first["id"], "prompt": "x"}).status_code in {
        201,
        409,
    }
    client.completed(first["id"])
    ask = {"parent_generation_id": first["id"], "prompt": "entity Tag"}
    second = client.post("/generations/iterate", json=ask, expect=201)
    client.completed(second["id"])
    assert client.request("GET", f"/generations/{second['id']}/files/app/models.py").text == "class Note: ...\nclass Tag: ...\n"
    project = f"/projects/{first['project_id']}"
    number = client.generation(second["id"])["version"]
    compared = client.get(f"{project}/compare/1/{number}")
    changes = {item["path"]: item for item in compared["files"]}
    assert changes["app/models.py"]["change"] == "changed"
    assert "+class Tag: ...\n" in changes["app/models.py"]["diff"]
    assert compared["unchanged"] >= 4
    assert client.get(f"{project}/generations/active")["id"] in {second["id"], client.get(f"{project}/generations")["items"][0]["id"]}
    client.request("POST", f"{project}/generations/{first['id']}/activate", expect=200)
    assert client.get(f"{project}/generations/active")["id"] == first["id"]
    assert client.get(f"{project}/generations/1")["id"] == first["id"]


def test_versions_of_one_project_are_numbered_once_each_however_many_run(client: Client) -> None:
    project = client.post("/projects", json={"name": "Busy"}, expect=201)["id"]
    ids = [client.generate(f"Notes {number}", project_id=project)["id"] for number in range(8)]
    assert sorted(client.completed(generation_id)["version"] for generation_id in ids) == list(range(1, 9))


def test_a_download_is_the_same_bytes_every_time_and_matches_its_manifest(client: Client) -> None:
    accepted = client.generate("Notes [files=20]")
    client.completed(accepted["id"])
    packed = [client.request("GET", f"/generations/{accepted['id']}/download").content for _ in range(2)]
    assert packed[0] == packed[1]
    entries = {item["path"]: item for item in client.get(f"/generations/{accepted['id']}/files")["files"]}
    with zipfile.ZipFile(io.BytesIO(packed[0])) as archive:
        for path in archive.namelist():
            content = archive.read(path)
            assert (len(content), hashlib.sha256(content).hexdigest()) == (entries[path]["size"], entries[path]["sha256"])
    found = client.get(f"/generations/{accepted['id']}/search", params={"q": "CLASS note"})
    assert found["hits"] == [{"path": "app/models.py", "line": 1, "text": "class Note: ..."}]
    assert client.get(f"/generations/{accepted['id']}/report")["ok"] is True


def test_what_is_deleted_takes_its_files_along(deployment: Deployment) -> None:
    client = Client(deployment.start().url)
    storage = deployment.directory / "storage" / "projects"
    first = client.generate("Notes")
    client.completed(first["id"])
    second = client.generate("Notes", project_id=first["project_id"])
    client.completed(second["id"])
    running = client.generate("Notes [sleep:review=30]", project_id=first["project_id"])
    assert client.request("DELETE", f"/projects/{first['project_id']}").status_code == 409
    assert client.request("DELETE", f"/generations/{running['id']}").status_code == 409
    client.request("POST", f"/generations/{running['id']}/cancel")
    client.ended(running["id"])
    client.request("DELETE", f"/generations/{second['id']}", expect=204)
    assert [path.name for path in _versions(storage)] == [f"v1__{first['id']}"]
    assert client.get(f"/projects/{first['project_id']}/generations/active")["id"] == first["id"]
    assert client.request("GET", f"/generations/{second['id']}").status_code == 404
    client.request("DELETE", f"/projects/{first['project_id']}", expect=204)
    assert _versions(storage) == []
    assert client.request("GET", f"/generations/{first['id']}").status_code == 404


def test_files_that_could_not_be_removed_go_when_the_storage_is_back(deployment: Deployment) -> None:
    """The rows and the promise to remove the files are one transaction."""
    process = deployment.start()
    client = Client(process.url)
    accepted = client.generate("Notes")
    client.completed(accepted["id"])
    storage = deployment.directory / "storage"
    away = deployment.directory / "away"
    storage.rename(away)
    storage.write_text("no directory")
    client.http.timeout = 90
    client.request("DELETE", f"/projects/{accepted['project_id']}", expect=204)
    storage.unlink()
    away.rename(storage)
    process.kill()
    deployment.start()
    wait_for(lambda: not _versions(storage / "projects"), seconds=40)


def test_a_failed_verification_publishes_nothing_and_says_why(client: Client, shared_service: Process) -> None:
    accepted = client.generate("Notes [fail:review]")
    failed = client.ended(accepted["id"])
    assert (failed["status"], failed["version"]) == ("failed", None)
    assert failed["error"] == {"code": "verification-failed", "message": "Verification failed: tests", "checks": ["tests"]}
    assert failed["progress"] < 1
    assert client.get(f"/generations/{accepted['id']}/report")["ok"] is False
    assert client.request("GET", f"/generations/{accepted['id']}/download").status_code == 409
    assert client.request("GET", f"/projects/{accepted['project_id']}/generations/active").status_code == 404
    assert_sound(client.events(accepted["id"]), status="failed")


@pytest.mark.parametrize("prompt", ["😀 😀", "!!! ???"])
def test_a_prompt_that_names_nothing_fails_with_what_to_do(client: Client, prompt: str) -> None:
    failed = client.ended(client.generate(prompt)["id"])
    assert failed["status"] == "failed"
    assert failed["error"]["diagnostics"][0]["hint"]


def _with_status(client: Client, generation_id: str, status: str) -> dict[str, Any] | None:
    found = client.generation(generation_id)
    return found if found["status"] == status else None


def _versions(storage: Path) -> list[Path]:
    return sorted(storage.glob("*/generations/v*"))
