"""The HTTP contract as a whole: what is documented is what happens, whatever is sent."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.integration.service.harness import Client, Process

from apiwright.api.openapi import operations

# Answers that depend on what is there, or on what is configured, and not on the request alone: a generation that has ended has no
# stream, mode `enhanced` needs a provider.
EXCLUDED = "positive_data_acceptance"


@pytest.fixture(scope="module")
def document(shared_service: Process) -> dict[str, Any]:
    return httpx.get(f"{shared_service.url}/openapi.json").json()


def test_every_operation_has_examples_and_documented_errors(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        named = f"{method.upper()} {path}"
        for media in operation.get("requestBody", {}).get("content", {}).values():
            assert "example" in media or "form" in str(operation["requestBody"]), f"{named}: no example of the request"
        for status, response in operation["responses"].items():
            content = response.get("content", {})
            assert content or status == "204", f"{named}: {status} has no content"
            assert all("example" in media for media in content.values()), f"{named}: no example of {status}"
            if status.startswith("4"):
                assert list(content) == ["application/problem+json"], f"{named}: {status} is no problem document"
        if path.startswith("/api"):
            assert any(status.startswith("4") for status in operation["responses"]), f"{named}: no documented error"


def test_the_contract_has_every_path_of_the_product(document: dict[str, Any]) -> None:
    generation, project = "/api/generations/{generation_id}", "/api/projects/{project_id}"
    expected = {
        "/api/auth/register", "/api/auth/login", "/api/auth/refresh", "/api/auth/me", "/api/generations/generate", "/api/generations",
        "/api/generations/iterate", generation, *(f"{generation}/{part}" for part in (
            "stream-token", "stream", "events", "cancel", "files", "files/{path}", "download", "search", "blueprint", "report", "approve",
        )),
        "/api/projects", project, f"{project}/generations", f"{project}/generations/{{version}}", f"{project}/generations/active",
        f"{project}/generations/{{generation_id}}/activate", f"{project}/compare/{{from_version}}/{{to_version}}",
        "/health/live", "/health/ready", "/metrics",
    }  # fmt: skip
    assert expected <= document["paths"].keys()


def test_fuzzing_finds_no_fault_and_no_undocumented_answer(shared_service: Process, tmp_path: Path) -> None:
    client = Client(shared_service.url)
    client.completed(client.generate()["id"])
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{shared_service.url}/openapi.json"]
    options = ["--header", f"Authorization: Bearer {client.tokens['access_token']}", "--max-examples", "4", "--no-color"]
    options += ["--phases", "examples,coverage,fuzzing", "--seed", "1", "--exclude-checks", EXCLUDED, "--request-timeout", "20"]
    ran = subprocess.run([*command, *options], capture_output=True, text=True, timeout=200, cwd=tmp_path, check=False)
    assert ran.returncode == 0, ran.stdout[-6000:]
    assert not [line for line in shared_service.errors if "unhandled" in line.lower()]


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (b'{"prompt": 7}', {}, 422),
        (b'{"prompt": ["a"]}', {}, 422),
        (b'{"prompt": ""}', {}, 422),
        (b'{"prompt": "  \\n\\t "}', {}, 422),
        (b'{"prompt": "a", "surprise": 1}', {}, 422),
        (b'{"prompt": "nul \\u0000"}', {}, 422),
        (b'{"prompt": "half \\ud800 of a pair"}', {}, 422),
        (b'{"prompt": "\xff\xfe"}', {}, 400),
        (b"{", {}, 422),
        (b"[]", {}, 422),
        (b"", {}, 422),
        (b'{"prompt": "' + b"a" * 20_001 + b'"}', {}, 422),
        (b'{"prompt": "' + b"a" * 300_000 + b'"}', {}, 422),
        (b'{"prompt": "' + b"a" * 6_000_000 + b'"}', {}, 413),
        (b"[" * 100_000 + b"]" * 100_000, {}, 422),
        (b'{"prompt": "a", "project_id": "no-uuid"}', {}, 422),
        (b'{"prompt": "a", "mode": "enhanced"}', {}, 422),
        (b'{"prompt": "a"}', {"Idempotency-Key": "x" * 300}, 422),
        (b'{"prompt": "a"}', {"Content-Type": "text/plain"}, 422),
    ],
)
def test_bad_bodies_get_a_helpful_answer(client: Client, body: bytes, headers: dict[str, str], expected: int) -> None:
    response = client.http.post("/generations/generate", content=body, headers={"Content-Type": "application/json"} | headers)
    assert response.status_code in {expected, 400} if expected == 422 else response.status_code == expected, response.text[:300]
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["detail"]
    assert problem["request_id"] == response.headers["x-request-id"]


@pytest.mark.parametrize(
    "path",
    ["../manifest.json", "..%2f..%2fmanifest.json", "/etc/passwd", "app/../app/models.py", "app//models.py", "%00", "app/models.py/", "."],
)
def test_only_files_of_the_version_can_be_read(client: Client, path: str) -> None:
    generation = client.generate()
    client.completed(generation["id"])
    host, port = str(client.http.base_url.host), client.http.base_url.port or 80
    # Over a plain socket: a client would tidy the path up first.
    lines = [f"GET /api/generations/{generation['id']}/files/{path} HTTP/1.1", f"Host: {host}", "Connection: close"]
    lines.append(f"Authorization: Bearer {client.tokens['access_token']}")
    with socket.create_connection((host, port), timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.split(b" ", 2)[1] == b"404", answer[:200]


def test_slow_clients_keep_nobody_waiting(client: Client) -> None:
    host, port = str(client.http.base_url.host), client.http.base_url.port or 80
    slow = [socket.create_connection((host, port), timeout=10) for _ in range(200)]
    try:
        for connection in slow:
            connection.sendall(b"POST /api/generations/generate HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        began = time.monotonic()
        for _ in range(10):
            client.get("/projects")
        assert time.monotonic() - began < 5
    finally:
        for connection in slow:
            connection.close()


def test_answers_carry_safe_headers_and_the_callers_own_request_id(client: Client, shared_service: Process) -> None:
    response = client.http.get("/projects", headers={"X-Request-Id": "trace-7"})
    assert response.headers["x-request-id"] == "trace-7"
    for name, value in {"x-content-type-options": "nosniff", "x-frame-options": "DENY", "cache-control": "no-store"}.items():
        assert response.headers[name] == value
    assert "server" not in response.headers
    assert client.http.get("/projects", headers={"X-Request-Id": "bad\tid"}).headers["x-request-id"] != "bad\tid"
    (logged,) = (json.loads(line) for line in shared_service.log.read_text().splitlines() if '"trace-7"' in line)
    assert logged | {"ms": 0, "timestamp": ""} == {
        "event": "request", "level": "info", "logger": "apiwright.access", "method": "GET", "path": "/api/projects", "status": 200,
        "request_id": "trace-7", "ms": 0, "timestamp": "",
    }  # fmt: skip


def test_other_methods_are_refused_with_those_that_are_allowed(client: Client) -> None:
    response = client.http.request("PUT", "/projects")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")
    assert response.headers["content-type"] == "application/problem+json"
