"""What a blueprint only names, written by a model in the service: tried in the sandbox, published or left out, and told."""

import contextlib
import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from tests.fakes.vendors import Answer, Call, Hung, Reply, vendor_server
from tests.fakes.vendors.orders import ENTITIES, LIMIT, OUTLINE, PROMPT, TOTAL, WRONG_TOTAL, clerk
from tests.integration.service.harness import Client, assert_sound, wait_for
from tests.integration.service.stand import SERVICE_KEY, Stand, data_of, stand

from apiwright.kit.stubs import is_written

MODULES = "app/extensions/order"
ORDER = {name: value for name, value in ENTITIES["Order"].items() if name != "endpoints"}
UNFIT_TOTAL = {**TOTAL, "module": TOTAL["module"].replace("rows: Sequence", "orders: Sequence")}
ENDLESS = {**LIMIT, "module": LIMIT["module"].replace("    if payload", "    while True:\n        pass\n    if payload")}


def planner(call: Call) -> Reply:
    """Orders, with a total and a limit, which are written rightly."""
    return Answer(document=ORDER) if call.unit == "Order" else clerk(call)


def bad_at_sums(call: Call) -> Reply:
    if call.unit == "Order.total":
        return Answer(document=UNFIT_TOTAL if call.repairs else WRONG_TOTAL)
    return planner(call)


def reviser(call: Call) -> Reply:
    """Adds a reference to orders, and is good at sums."""
    if call.unit == "outline":
        return Answer(document=OUTLINE | {"entities": [item | {"ready": item["name"] != "Order"} for item in OUTLINE["entities"]]})
    reference = {"name": "reference", "type": "string", "max_length": 40}
    return Answer(document=ORDER | {"fields": [*ORDER["fields"], reference]}) if call.unit == "Order" else planner(call)


@pytest.fixture(scope="module")
def google(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with vendor_server("google", planner) as vendor:
        made = stand(tmp_path_factory.mktemp("google"), vendor)
        yield made
        made.deployment.stop()


def written(client: Client, generation_id: str) -> dict[str, bool]:
    zipped = zipfile.ZipFile(io.BytesIO(client.request("GET", f"/generations/{generation_id}/download", expect=200).content))
    found = [name for name in zipped.namelist() if f"{MODULES}/" in name and not name.endswith("__init__.py")]
    return {Path(name).stem: is_written(zipped.read(name).decode()) for name in found}


def stubs_of(made: Stand, generation_id: str) -> dict[str, bool]:
    """The same of the version as it was generated."""
    (kept,) = made.deployment.directory.rglob(f"*__{generation_id}/generated.json")
    files: list[dict[str, str]] = json.loads(kept.read_text())
    texts = {file["path"]: file["text"] for file in files}
    return {name: is_written(texts[f"{MODULES}/{name}.py"]) for name in ("total", "limit_discount")}


def units(made: Stand) -> list[str]:
    return sorted(call.unit for call in made.vendor.calls if call.words["task"] == "write the extension")


def outcomes(events: list[dict[str, Any]]) -> dict[str, str]:
    told = [event for event in events if "outcome" in event["data"]]
    assert {event["stage"] for event in told} <= {"code"}
    found = {event["phase"]: event["data"]["outcome"] for event in told}
    assert len(found) == len(told), "an outcome was told twice"
    return found


def test_what_holds_is_published_and_what_does_not_is_told_until_a_revision_writes_it(google: Stand) -> None:
    client = google.user()
    google.answers(bad_at_sums)
    done = client.completed(client.generate(PROMPT, mode="enhanced", verify="quick")["id"], seconds=120)
    assert google.vendor.faults == []
    assert units(google) == ["Order.limit_discount"] + ["Order.total"] * 4
    events, report = client.events(done["id"]), client.get(f"/generations/{done['id']}/report")
    assert_sound(events)
    assert outcomes(events) == {"extension:Order.limit_discount": "done", "extension:Order.total": "left-out"}
    (reason,) = data_of(events, "reason")
    assert "after 3 repairs" in reason
    assert f"Not done: Order.total: {reason}" in report["notes"]
    assert done["usage"]["stages"]["extensions"]["requests"] == 5
    assert data_of(events, "usage")[-1] == done["usage"] == report["usage"]
    assert written(client, done["id"]) == {"limit_discount": True, "total": False}
    assert stubs_of(google, done["id"]) == {"limit_discount": False, "total": False}

    google.answers(reviser)
    body = {"parent_generation_id": done["id"], "prompt": "one wants a reference on each order, whatever its form", "mode": "enhanced"}
    accepted = client.post("/generations/iterate", json={**body, "verify": "none"}, expect=201)
    client.completed(accepted["id"], seconds=120)
    assert units(google) == ["Order.total"]
    assert_sound(client.events(accepted["id"]))
    assert outcomes(client.events(accepted["id"])) == {"extension:Order.total": "done"}
    assert written(client, accepted["id"]) == {"limit_discount": True, "total": True}
    assert stubs_of(google, accepted["id"]) == {"limit_discount": False, "total": False}
    differing = {item["path"]: item["status"] for item in client.get(f"/generations/{accepted['id']}/revision")["files"]}
    assert differing[f"{MODULES}/total.py"] == "changed"
    assert f"{MODULES}/limit_discount.py" not in differing


def test_what_is_on_trial_sees_no_key_and_ends_with_a_cancelled_generation(google: Stand) -> None:
    client = google.user()
    google.answers(lambda call: Answer(document=ENDLESS) if call.unit == "Order.limit_discount" else planner(call))
    generation_id = client.generate(PROMPT, mode="enhanced", verify="none")["id"]
    zygote = wait_for(lambda: zygote_of(google.process.popen.pid), seconds=60)
    # Jobs are forks of the zygote, and have no more than it has.
    parents = zygote.parents()
    stage = next(parent for parent in parents if "apiwright.workflows.stage_child" in said(parent))
    for process in (zygote, *parents[: parents.index(stage) + 1]):
        assert SERVICE_KEY not in str(process.environ())
        assert SERVICE_KEY not in said(process)
    descriptors = [path.readlink() for path in Path(f"/proc/{zygote.pid}/fd").iterdir()]
    assert Path(f"/proc/{stage.pid}/fd/0").readlink() not in descriptors
    assert Path(f"/proc/{zygote.pid}/ns/pid").readlink() != Path(f"/proc/{stage.pid}/ns/pid").readlink()
    began = time.monotonic()
    client.post(f"/generations/{generation_id}/cancel", expect=202)
    client.ended(generation_id)
    wait_for(lambda: not any(process.is_running() for process in (stage, zygote)), seconds=2)
    assert time.monotonic() - began < 2
    assert_sound(client.events(generation_id), status="cancelled")


def test_a_worker_killed_while_code_is_written_costs_what_it_had_spent_and_nothing_else(tmp_path: Path) -> None:
    hanging = True

    def script(call: Call) -> Reply:
        return Hung(seconds=60) if hanging and call.unit == "Order.total" else planner(call)

    with vendor_server("openai", script) as server:
        made = stand(tmp_path, server)
        try:
            client = made.user()
            generation_id = client.generate(PROMPT, mode="enhanced", verify="none")["id"]
            wait_for(lambda: "extensions" in json.dumps(client.generation(generation_id)["usage"]))
            made.process.kill()
            hanging = False
            client.http.base_url = httpx.URL(f"{made.deployment.start(real=True).url}/api")
            done = client.completed(generation_id, seconds=120)
            events = client.events(generation_id)
            assert_sound(events)
            assert set(outcomes(events).values()) == {"done"}
            assert done["usage"]["requests"] == 3 + 1 + 2
            assert written(client, generation_id) == {"limit_discount": True, "total": True}
        finally:
            made.deployment.stop()


def zygote_of(service: int) -> psutil.Process | None:
    """What all jobs of a sandbox are forks of, once it has any."""
    for process in psutil.Process(service).children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if "inside.zygote" in said(process) and process.name() != "bwrap" and process.children():
                return process
    return None


def said(process: psutil.Process) -> str:
    return " ".join(process.cmdline())
