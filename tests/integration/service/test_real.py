"""The story that started this, with the product's own planner, compiler and verifier behind the API."""

import io
import subprocess
import zipfile
from pathlib import Path

import psutil
import pytest
from tests.integration.service.harness import Client, Deployment, assert_sound

from apiwright.kit.places import cache_root
from apiwright.verifier.runtime.environment import environment
from apiwright.verifier.sandbox.bubblewrap import availability

PROMPT = "Create a todo list CRUD backend with users and tags"


@pytest.mark.timeout(600)
def test_the_same_prompt_through_the_api_gives_a_project_that_passes_its_own_tests(deployment: Deployment, tmp_path: Path) -> None:
    process = deployment.start(real=True)
    client = Client(process.url)
    accepted = client.generate(PROMPT)
    events = list(client.stream(accepted["id"]))
    assert_sound(events)
    assert {event["stage"] for event in events} == {"queued", "analysis", "schema", "code", "review", "complete"}
    assert {"entity:Todo", "entity:Tag", "entity:User"} <= {event["phase"] for event in events}
    assert client.get(f"/generations/{accepted['id']}/report")["ok"] is True

    project = tmp_path / "project"
    with zipfile.ZipFile(io.BytesIO(client.request("GET", f"/generations/{accepted['id']}/download", expect=200).content)) as archive:
        archive.extractall(project)
    python = environment((project / "requirements-dev.txt").read_text(), cache=cache_root()).python
    tests = subprocess.run([python, "-m", "pytest", "-q"], cwd=project, capture_output=True, text=True, timeout=300, check=False)
    assert tests.returncode == 0, tests.stdout[-3000:]

    waiting = [child for child in psutil.Process(process.popen.pid).children(recursive=True) if child.name() == "bwrap"]
    assert bool(waiting) == (availability().program is not None), "the next proof finds its sandbox ready"
    process.kill()
    assert not psutil.wait_procs(waiting, timeout=10)[1]


@pytest.mark.timeout(300)
def test_cancelling_a_verification_leaves_no_process_behind(deployment: Deployment) -> None:
    process = deployment.start(real=True)
    client = Client(process.url)
    accepted = client.generate(PROMPT)
    client.reaches(accepted["id"], "review", seconds=120)
    own = psutil.Process(process.popen.pid)
    client.request("POST", f"/generations/{accepted['id']}/cancel", expect=202)
    assert client.ended(accepted["id"], seconds=10)["status"] == "cancelled"
    gone = [child for child in own.children(recursive=True) if "stage_child" not in " ".join(child.cmdline())]
    assert [child.name() for child in gone if child.status() != psutil.STATUS_ZOMBIE] == []
    assert_sound(client.events(accepted["id"]), status="cancelled")
