"""Language models in the service, through real stages and the real clients, against local servers of the vendors."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from tests.fakes.vendors import Answer, Call, HttpFailure, Hung, Reply, vendor_server
from tests.fakes.vendors.library import ENTITIES, OUTLINE, PROMPT, librarian
from tests.fakes.vendors.server import MODELS
from tests.integration.service.harness import Client, assert_sound, wait_for
from tests.integration.service.stand import SERVICE_KEY, Stand, data_of, stand

OWN_KEY = "planted-key-of-the-user-e07d"
OTHER = "anthropic:claude-sonnet-5-5"
LARGER = "google:gemini-2.5-pro"
OPEN = {operation: ["public"] for operation in ("create", "read", "list", "update", "delete")}


@pytest.fixture(scope="module")
def google(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with vendor_server("google", librarian) as vendor:
        made = stand(tmp_path_factory.mktemp("google"), vendor, APIWRIGHT_MODELS_ALLOWED=f"{OTHER},{LARGER}", APIWRIGHT_MODEL_REQUESTS="20")
        yield made
        made.deployment.stop()


def requests_of(client: Client, generation_id: str) -> int:
    """How many requests to a model its usage has."""
    usage: dict[str, Any] | None = client.generation(generation_id)["usage"]
    return usage["requests"] if usage is not None else 0


def obedient(call: Call) -> Reply:
    """Adds a note to loans, and opens them to everybody."""
    if call.unit == "outline":
        return Answer(document=OUTLINE | {"entities": [item | {"ready": item["name"] != "Loan"} for item in OUTLINE["entities"]]})
    loan = ENTITIES["Loan"] | {"access": OPEN}
    return Answer(document=loan | {"fields": [*loan["fields"], {"name": "note", "type": "text"}]})


def noting(call: Call) -> Reply:
    """Adds a note to loans, and nothing else."""
    if call.unit == "Loan":
        return Answer(document=ENTITIES["Loan"] | {"fields": [*ENTITIES["Loan"]["fields"], {"name": "note", "type": "text"}]})
    return obedient(call)


@pytest.fixture(scope="module")
def library(google: Stand) -> tuple[Client, dict[str, Any]]:
    """A generation that Gemini has planned, and its user."""
    return library_built(google, "quick")


def test_from_a_prompt_to_a_proven_version(library: tuple[Client, dict[str, Any]]) -> None:
    client, done = library
    assert client.get(f"/generations/{done['id']}/report")["usage"] == done["usage"]


@pytest.mark.parametrize("vendor", ["openai", "anthropic"])
def test_from_a_prompt_to_a_completed_generation(vendor: str, tmp_path: Path) -> None:
    with vendor_server(vendor, librarian) as server:
        made = stand(tmp_path, server)
        try:
            library_built(made, "none")
        finally:
            made.deployment.stop()


def library_built(made: Stand, verify: str) -> tuple[Client, dict[str, Any]]:
    made.answers(librarian)
    client = made.user()
    accepted = client.generate(PROMPT, mode="enhanced", verify=verify)
    events = list(client.stream(accepted["id"]))
    assert_sound(events)
    done = client.generation(accepted["id"])
    assert done["status"] == "completed"
    assert made.vendor.faults == []
    assert {call.key for call in made.vendor.calls} == {SERVICE_KEY}
    assert done["model"] == MODELS[made.vendor.vendor]
    assert done["usage"]["requests"] == len(made.vendor.calls) == 4
    assert (done["usage"]["input_tokens"], done["usage"]["output_tokens"]) == (4_000, 800)
    assert done["usage"]["stages"]["entities"]["requests"] == 3
    planned = next(event for event in events if event["stage"] == "schema")
    assert planned["data"]["usage"] == done["usage"]
    assert planned["data"]["entities"] == ["Member", "Book", "Loan"]
    assert data_of(events, "partial")
    assert sum(1 for event in events if event["data"].keys() & {"partial", "spent"}) < 40
    blueprint = client.get(f"/generations/{accepted['id']}/blueprint")
    assert [field["name"] for field in blueprint["entities"][1]["fields"]] == ["title", "shelf_mark"]
    return client, done


def test_models_are_told_with_whose_key_and_who_may_ask_for_what(google: Stand) -> None:
    client = google.user()
    told = client.get("/models")
    assert (told["default"], told["own_keys"], told["budget"]["requests"]) == (MODELS["google"], True, 20)
    assert [(item["name"], item["key"], item["usable"]) for item in told["models"]] == [
        (MODELS["google"], "service", True),
        (OTHER, None, False),
        (LARGER, "service", True),
    ]
    assert told["models"][1]["reason"] == "There is no key for anthropic."
    refusals: list[tuple[dict[str, Any], str]] = [
        ({"mode": "enhanced", "model": OTHER}, "enhanced-unavailable"),
        ({"mode": "auto", "model": "openai:gpt-5-mini"}, "model-not-allowed"),
        ({"mode": "classic", "model": MODELS["google"]}, "model-unused"),
        ({"mode": "enhanced", "budget": {"requests": 21}}, "budget-too-high"),
        ({"mode": "enhanced", "budget": {"request": 1}}, "invalid"),
    ]
    for body, code in refusals:
        problem = client.post("/generations/generate", json={"prompt": PROMPT, **body}, expect=422)
        assert problem["code"] == code
        assert problem["detail"]
    client.request("PUT", "/model-keys/anthropic", json={"key": OWN_KEY}, expect=200)
    assert client.get("/models")["models"][1] | {"name": ""} == {
        "name": "", "vendor": "anthropic", "model": "claude-sonnet-5-5", "key": "own", "usable": True, "reason": "",
    }  # fmt: skip
    assert google.user("other").get("/models")["models"][1]["usable"] is False


def test_a_request_is_planned_and_revised_by_the_model_that_it_names(google: Stand) -> None:
    client = google.user()
    google.answers(librarian)
    built = client.completed(client.generate(PROMPT, mode="enhanced", model=LARGER, verify="none")["id"])
    google.vendor.script = noting
    words = {"parent_generation_id": built["id"], "prompt": "one wants a note on loans", "mode": "enhanced", "model": LARGER}
    revised = client.completed(client.post("/generations/iterate", json={**words, "verify": "none"}, expect=201)["id"])
    assert google.vendor.faults == []
    assert {f"google:{call.model}" for call in google.vendor.calls} == {built["model"], built["usage"]["model"]} == {LARGER}
    assert (revised["version"], revised["model"], revised["usage"]["model"]) == (2, LARGER, LARGER)
    assert len(google.vendor.calls) == built["usage"]["requests"] + revised["usage"]["requests"]


def test_without_a_provider_enhanced_says_why_and_auto_is_classic(client: Client) -> None:
    assert client.get("/models")["models"] == []
    problem = client.post("/generations/generate", json={"prompt": "Notes", "mode": "enhanced"}, expect=422)
    assert (problem["code"], problem["detail"]) == (
        "enhanced-unavailable", "No language model is configured; use mode `classic` or `auto`.",
    )  # fmt: skip
    done = client.completed(client.generate()["id"])
    assert (done["mode"], done["model"], done["usage"]) == ("auto", None, None)


def test_auto_goes_on_with_the_rules_and_says_so(google: Stand) -> None:
    client = google.user()
    google.answers(lambda _: HttpFailure(status=401))
    refused = client.generate("A todo list with tags", mode="auto", verify="none")["id"]
    keyless = client.generate("A todo list with tags", mode="auto", model=OTHER, verify="none")["id"]
    for generation_id, reason in ((refused, "refused the key"), (keyless, "There is no key for anthropic.")):
        client.completed(generation_id)
        events = client.events(generation_id)
        assert_sound(events)
        (fallback,) = data_of(events, "fallback")
        assert (fallback["planner"], fallback["code"]) == ("embedded", "access")
        assert reason in fallback["reason"]
        assert any("could not plan this (access)" in item for item in data_of(events, "assumptions")[0])
    assert client.generation(refused)["usage"]["requests"] == 1
    assert client.generation(keyless)["usage"] is None


def test_a_budget_ends_the_models_part(google: Stand) -> None:
    client = google.user()
    google.answers(librarian)
    failed = client.ended(client.generate(PROMPT, mode="enhanced", verify="none", budget={"tokens": 1_000})["id"])
    assert (failed["error"]["code"], failed["usage"]["requests"]) == ("model-budget", 1)
    assert "1,000 tokens" in failed["error"]["message"]


def test_cancelling_in_the_middle_of_a_call_drops_it(google: Stand) -> None:
    client = google.user()
    google.answers(lambda _: Hung(seconds=60))
    before = google.vendor.dropped
    generation_id = client.generate(PROMPT, mode="enhanced", verify="none")["id"]
    wait_for(lambda: google.vendor.calls)
    for child in psutil.Process(google.process.popen.pid).children(recursive=True):
        assert SERVICE_KEY not in " ".join(child.cmdline())
        assert SERVICE_KEY not in str(child.environ())
    began = time.monotonic()
    client.post(f"/generations/{generation_id}/cancel", expect=202)
    client.ended(generation_id)
    took = time.monotonic() - began
    assert took < 2, took
    wait_for(lambda: google.vendor.dropped == before + 1, seconds=2)
    events = client.events(generation_id)
    assert_sound(events, status="cancelled")
    time.sleep(0.5)
    assert client.events(generation_id) == events
    assert len(google.vendor.calls) == 1


def test_a_revision_lets_nobody_in_who_was_not_asked_for(google: Stand, library: tuple[Client, dict[str, Any]]) -> None:
    client, parent = library
    google.answers(obedient)
    body = {"parent_generation_id": parent["id"], "prompt": "one wants a note on loans", "mode": "enhanced", "verify": "none"}
    refused = client.ended(client.post("/generations/iterate", json=body, expect=201)["id"])
    assert (refused["status"], refused["error"]["code"]) == ("failed", "input")
    assert {item["code"] for item in refused["error"]["diagnostics"]} == {"access-widened"}
    assert refused["usage"]["requests"] == 2
    allowed = client.post("/generations/iterate", json={**body, "allow_wider_access": True}, expect=201)
    done = client.completed(allowed["id"])
    assert done["version"] == 2
    events = client.events(allowed["id"])
    assert len(data_of(events, "widened")[0]) == len(OPEN)
    assert data_of(events, "usage")[-1] == done["usage"]


def test_a_killed_worker_costs_what_it_had_spent_and_nothing_else(tmp_path: Path) -> None:
    hanging = True

    def script(call: Call) -> Reply:
        return Hung(seconds=60) if hanging and call.unit == "Loan" else librarian(call)

    with vendor_server("openai", script) as server:
        made = stand(tmp_path, server)
        try:
            client = made.user()
            generation_id = client.generate(PROMPT, mode="enhanced", verify="none", budget={"requests": 8})["id"]
            wait_for(lambda: requests_of(client, generation_id) == 3)
            made.process.kill()
            hanging = False
            again = made.deployment.start(real=True)
            client.http.base_url = httpx.URL(f"{again.url}/api")
            done = client.completed(generation_id)
            assert done["usage"]["requests"] == 3 + 4
            events = client.events(generation_id)
            assert_sound(events)
            assert len(client.get(f"/projects/{done['project_id']}/generations")["items"]) == 1
        finally:
            made.deployment.stop()
