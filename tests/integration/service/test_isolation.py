"""Two users. The probe is made from the OpenAPI document: a path that is added tomorrow is probed tomorrow."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast
from uuid import uuid4

import httpx
import pytest
from tests.integration.service.harness import Client, Process

from apiwright.api.openapi import operations

PUBLIC = {"/health/live", "/health/ready", "/metrics", "/api/auth/register", "/api/auth/login", "/api/auth/refresh", "/api/auth/logout"}


@dataclass(frozen=True)
class Owner:
    """Somebody with one of everything."""

    client: Client
    things: dict[str, list[str]]

    def everything(self) -> str:
        """All that they have, as one text that changes when any of it does."""
        parts: list[Any] = [
            self.client.get("/projects?limit=100"),
            self.client.get("/generations?limit=100"),
            self.client.get("/auth/api-keys"),
            self.client.get("/model-keys"),
        ]
        for generation_id in self.things["generation_id"]:
            parts += [self.client.generation(generation_id), self.client.events(generation_id)]
            parts.append(self.client.request("GET", f"/generations/{generation_id}/blueprint").text)
        return json.dumps([_timeless(part) for part in parts])

    @property
    def traces(self) -> list[str]:
        """What must never show up in somebody else's answers."""
        return [self.client.email, *self.things["generation_id"], *self.things["project_id"], *self.things["key_id"], "hush-hush"]


@pytest.fixture(scope="module")
def owner(shared_service: Process) -> Owner:
    client = Client(shared_service.url, name="owner")
    first = client.generate("hush-hush notes")
    client.completed(first["id"])
    second = client.post("/generations/iterate", json={"parent_generation_id": first["id"], "prompt": "hush-hush entity Tag"}, expect=201)
    client.completed(second["id"])
    waiting = client.generate("hush-hush plan", review=True)
    client.reaches(waiting["id"], "schema")
    while client.generation(waiting["id"])["status"] != "awaiting_approval":
        pass
    key = client.post("/auth/api-keys", json={"name": "hush-hush", "scopes": ["projects:read"]}, expect=201)
    client.request("PUT", "/model-keys/google", json={"key": "hush-hush-key"}, expect=200)
    things = {
        "generation_id": [first["id"], second["id"], waiting["id"]],
        "project_id": [first["project_id"]],
        "key_id": [key["id"]],
        "version": ["1"],
        "from_version": ["1"],
        "to_version": ["2"],
        "path": ["app/models.py"],
        "vendor": ["google"],
    }
    return Owner(client, things)


@pytest.fixture(scope="module")
def document(shared_service: Process) -> dict[str, Any]:
    return httpx.get(f"{shared_service.url}/openapi.json").json()


def test_nobody_reaches_what_belongs_to_another(shared_service: Process, owner: Owner, document: dict[str, Any]) -> None:
    stranger = Client(shared_service.url, name="stranger")
    before = owner.everything()
    probed = 0
    for path, method, operation in operations(document):
        if path in PUBLIC:
            continue
        for url, names in _addresses(path, owner.things):
            body = _body(document, operation, owner.things)
            response = stranger.http.request(method, f"{shared_service.url}{url}", json=body, params=_query(operation, owner.things))
            told = f"{method.upper()} {path}: {response.status_code} {response.text[:300]}"
            assert not any(trace in response.text for trace in owner.traces if trace not in url), told
            points_at_owner = names & {"generation_id", "project_id", "key_id"} or (
                body and body.keys() & {"project_id", "parent_generation_id"}
            )
            if path.endswith("/stream"):
                assert response.status_code == 401, told
            elif points_at_owner:
                assert response.status_code == 404, told
                assert _timeless(response.json()) == _timeless(
                    _of_nothing(stranger, f"{shared_service.url}{path}", method, operation, document)
                ), told
            probed += 1
    assert probed > 40
    assert owner.everything() == before


def test_a_stream_token_opens_one_generation_of_its_owner_alone(client: Client, owner: Owner) -> None:
    own = client.generate("Notes [sleep:review=2]")["id"]
    token = client.post(f"/generations/{own}/stream-token", expect=200)["sse_token"]
    foreign = owner.things["generation_id"][0]
    assert client.http.get(f"/generations/{foreign}/stream", params={"token": token}).status_code == 401
    client.request("POST", f"/generations/{own}/cancel")


def test_nothing_that_is_not_public_answers_without_a_login(shared_service: Process, owner: Owner, document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        if path in PUBLIC:
            continue
        url, _ = next(_addresses(path, owner.things))
        for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Bearer apw_nonsense"}):
            response = httpx.request(method, f"{shared_service.url}{url}", headers=headers, json=_body(document, operation, owner.things))
            expected = {422} if path.endswith("/stream") else {401}
            assert response.status_code in expected, f"{method.upper()} {path}: {response.status_code} {response.text[:200]}"


def _addresses(path: str, things: dict[str, list[str]]) -> Iterator[tuple[str, set[str]]]:
    """The path with every parameter filled in from what the owner has, in every way."""
    names = {part[1:-1].removesuffix(":path") for part in path.split("/") if part.startswith("{")}
    unknown = names - things.keys()
    assert not unknown, f"the probe does not know what to put for {unknown} in {path}"
    several = "generation_id" if "generation_id" in names else None
    for value in things[several] if several else [""]:
        filled = path
        for name in names:
            filled = filled.replace("{" + name + "}", value if name == several else things[name][0])
        yield filled, names


def _body(document: dict[str, Any], operation: dict[str, Any], things: dict[str, list[str]]) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    schema = document["components"]["schemas"].get(content["schema"].get("$ref", "").rsplit("/", 1)[-1], content["schema"])
    body = dict(content.get("example") or schema.get("examples", [{}])[0])
    for name in schema.get("properties", {}):
        if name == "project_id":
            body[name] = things["project_id"][0]
        if name.endswith("generation_id"):
            body[name] = things["generation_id"][0]
    return body


def _query(operation: dict[str, Any], things: dict[str, list[str]]) -> dict[str, str]:
    query = {item["name"]: things.get(item["name"], [""])[0] for item in operation.get("parameters", []) if item["in"] == "query"}
    chosen = {name: value for name, value in query.items() if value}
    chosen |= {item["name"]: "hush" for item in operation.get("parameters", []) if item["name"] == "q"}
    return chosen | {item["name"]: "x" * 20 for item in operation.get("parameters", []) if item["name"] == "token"}


def _of_nothing(client: Client, template: str, method: str, operation: dict[str, Any], document: dict[str, Any]) -> Any:
    """The answer for something that does not exist at all."""
    nothing = {"generation_id": [str(uuid4())], "project_id": [str(uuid4())], "key_id": [str(uuid4())]}
    rest = {"version": ["1"], "from_version": ["1"], "to_version": ["2"], "path": ["app/models.py"], "vendor": ["google"]}
    address, _ = next(_addresses(template, nothing | rest))
    body = _body(document, operation, nothing)
    return client.http.request(method, address, json=body, params=_query(operation, nothing)).json()


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return {key: _timeless(item) for key, item in members.items() if key not in {"request_id", "updated_at"}}
    return [_timeless(item) for item in cast("list[Any]", value)] if isinstance(value, list) else value
