"""Accounts, logins and the keys of programs."""

import base64
import json
import sqlite3
import time

import httpx
from tests.integration.service.harness import Client, Deployment, Process


def test_a_refresh_token_works_once_and_its_second_use_ends_the_login(client: Client) -> None:
    first = client.tokens["refresh_token"]
    second = client.post("/auth/refresh", json={"refresh_token": first}, expect=200)["refresh_token"]
    third = client.post("/auth/refresh", json={"refresh_token": second}, expect=200)["refresh_token"]
    assert client.request("POST", "/auth/refresh", json={"refresh_token": first}).status_code == 401
    # Whoever stole the first one, or the one who was robbed: neither goes on.
    assert client.request("POST", "/auth/refresh", json={"refresh_token": third}).status_code == 401


def test_logging_out_ends_the_login(client: Client) -> None:
    client.request("POST", "/auth/logout", json={"refresh_token": client.tokens["refresh_token"]}, expect=204)
    assert client.request("POST", "/auth/refresh", json={"refresh_token": client.tokens["refresh_token"]}).status_code == 401


def test_login_takes_json_and_the_form_of_oauth2(client: Client) -> None:
    form = client.post("/auth/login", data={"username": client.email.upper(), "password": client.password}, expect=200)
    assert form["token_type"] == "bearer"
    me = client.get("/auth/me", headers={"Authorization": f"Bearer {form['access_token']}"})
    assert me["email"] == client.email


def test_an_unknown_account_and_a_wrong_password_get_the_same_answer_in_the_same_time(client: Client) -> None:
    def attempt(email: str) -> tuple[httpx.Response, float]:
        began = time.perf_counter()
        response = client.request("POST", "/auth/login", json={"email": email, "password": "not the one"})
        return response, time.perf_counter() - began

    wrong = [attempt(client.email) for _ in range(5)]
    unknown = [attempt(f"nobody-{number}@example.com") for number in range(5)]
    assert {item[0].status_code for item in wrong + unknown} == {401}
    assert wrong[0][0].json()["detail"] == unknown[0][0].json()["detail"]
    fastest_wrong, fastest_unknown = min(item[1] for item in wrong), min(item[1] for item in unknown)
    assert fastest_unknown > fastest_wrong / 5  # without the hash it would be a fiftieth; a busy machine is no fault


def test_an_address_registers_once_whatever_its_case(client: Client) -> None:
    again = client.request("POST", "/auth/register", json={"email": client.email.upper(), "password": client.password})
    assert (again.status_code, again.json()["code"]) == (409, "email-taken")


def test_forged_and_foreign_tokens_are_refused(client: Client) -> None:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    head, claims, signature = client.tokens["access_token"].split(".")
    payload = json.loads(base64.urlsafe_b64decode(claims + "=="))
    forged = [
        f"{part({'alg': 'none', 'typ': 'JWT'})}.{claims}.",
        f"{head}.{part(payload | {'exp': payload['exp'] + 9999})}.{signature}",
        f"{head}.{part(payload | {'sub': '0193f2b0-8a6e-7c44-9d6b-5f3a2c1e0d9f'})}.{signature}",
        client.tokens["refresh_token"],
        "x",
    ]
    for token in forged:
        assert client.request("GET", "/auth/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_programs_key_does_what_its_scopes_say_until_it_is_revoked(client: Client) -> None:
    made = client.post("/auth/api-keys", json={"name": "CI", "scopes": ["generations:read"]}, expect=201)
    program = {"Authorization": f"Bearer {made['key']}"}
    assert client.request("GET", "/generations", headers=program).status_code == 200
    assert client.request("GET", "/projects", headers=program).status_code == 403
    assert client.request("POST", "/generations/generate", json={"prompt": "Notes"}, headers=program).status_code == 403
    assert client.request("POST", "/auth/api-keys", json={"name": "x", "scopes": ["projects:read"]}, headers=program).status_code == 403
    listed = client.get("/auth/api-keys")
    assert [item["id"] for item in listed] == [made["id"]]
    assert made["key"] not in json.dumps(listed)
    client.request("DELETE", f"/auth/api-keys/{made['id']}", expect=204)
    assert client.request("GET", "/generations", headers=program).status_code == 401


def test_no_secret_of_an_account_is_kept_as_it_is(shared_service: Process) -> None:
    client = Client(shared_service.url)
    program = client.post("/auth/api-keys", json={"name": "CI", "scopes": ["generations:read"]}, expect=201)["key"]
    files = [path.read_bytes() for path in shared_service.log.parent.glob("*") if path.is_file()]
    secrets = (client.password, client.tokens["access_token"], client.tokens["refresh_token"], program)
    assert [secret for secret in secrets if any(secret.encode() in content for content in files)] == []
    with sqlite3.connect(shared_service.log.parent / "apiwright.db") as connection:
        (kept,) = connection.execute("SELECT password_hash FROM users WHERE email = ?", [client.email]).fetchone()
    connection.close()
    assert kept.startswith("$argon2id$")


def test_limits_answer_with_the_seconds_to_wait(deployment: Deployment) -> None:
    process = deployment.start(logins_per_minute="3", generations_per_minute="2", requests_per_minute="60", registration="true")
    client = Client(process.url)
    refused = [client.request("POST", "/auth/login", json={"email": client.email, "password": "wrong one"}) for _ in range(4)]
    assert [item.status_code for item in refused][-1] == 429
    assert 1 <= int(refused[-1].headers["retry-after"]) <= 60
    answers = [client.request("POST", "/generations/generate", json={"prompt": "Notes [sleep:review=9]"}).status_code for _ in range(3)]
    assert answers == [201, 201, 429]
    generation_id = client.get("/generations")["items"][0]["id"]
    tokens = [client.request("POST", f"/generations/{generation_id}/stream-token") for _ in range(11)]
    assert [item.status_code for item in tokens] == [200] * 10 + [429]
    assert "retry-after" in tokens[-1].headers


def test_registration_can_be_closed_and_origins_allowed(deployment: Deployment) -> None:
    process = deployment.start("all", registration="false", cors_origins="https://app.example, https://other.example")
    closed = httpx.post(f"{process.url}/api/auth/register", json={"email": "a@example.com", "password": "long enough"})
    assert (closed.status_code, closed.json()["code"]) == (403, "registration-closed")
    asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    allowed = httpx.options(f"{process.url}/api/projects", headers=asked)
    assert allowed.headers["access-control-allow-origin"] == "https://app.example"
    foreign = httpx.options(f"{process.url}/api/projects", headers=asked | {"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in foreign.headers
