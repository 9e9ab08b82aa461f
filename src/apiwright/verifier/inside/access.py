"""Carries out probes of access against the running application, and tells what should not have happened."""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import time
from typing import Any

from .client import Client, Response
from .server import BootError, served
from .world import PASSWORD, Population

_NAMES = frozenset({"unchanged", "unlisted", "unseen", "meanwhile", "title"})
"""Members of a probe in which names of rows stay names."""


def run(world: dict[str, Any], probes: list[dict[str, Any]]) -> dict[str, Any]:
    """Serve the project, populate it, and try every probe."""
    try:
        with served() as server, contextlib.closing(Population(world)) as population, contextlib.closing(server.client()) as client:
            tokens = {name: log_in(client, login) for name, login in population.logins.items()}
            problems = [told for probe in probes for told in _tried(probe, client, population, tokens)]
            return {"problems": problems, "probes": len(probes), "log": server.said()[-4_000:] if problems else ""}
    except BootError as error:
        return {"problems": [str(error)], "probes": 0, "log": ""}


def log_in(client: Client, login: str) -> str:
    """An access token of the account."""
    answer = client.request("POST", "/auth/login", form={"username": login, "password": PASSWORD})
    if answer.status != 200:
        raise BootError(f"POST /auth/login answers {answer.status} to the right password: {answer.body}")
    return str(answer.body["access_token"])


def _tried(probe: dict[str, Any], client: Client, population: Population, tokens: dict[str, str]) -> list[str]:
    probe = {key: value if key in _NAMES else population.filled(value) for key, value in probe.items()}
    guarded = [name for name in (probe["unchanged"], *probe["unseen"]) if name]
    before = {name: population.row(name) for name in guarded}
    token = tokens.get(probe["who"])
    if token is not None and probe["token"]:
        token = forged(token, probe["token"])

    def ask() -> Response:
        return client.request(probe["method"].upper(), probe["path"], token=token, body=probe["body"], query=probe["query"] or None)

    answer = ask()
    problems: list[str] = []
    if answer.status not in probe["expect"]:
        expected = " or ".join(str(status) for status in probe["expect"])
        problems.append(f"It answers {answer.status}, not {expected}.")
    problems += [
        f"It changed the row: {_difference(before[name], now)}." for name in guarded if (now := population.row(name)) != before[name]
    ]
    problems += _shown(probe, answer, population)
    if probe["meanwhile"] and answer.status == 200 and ask().body == answer.body:
        with population.more(probe["meanwhile"]):
            changed = ask().body != answer.body
        problems += ["The answer changes with rows that are somebody else's."] if changed else []
    return [f"{probe['title']}: {problem}" for problem in problems]


def _shown(probe: dict[str, Any], answer: Response, population: Population) -> list[str]:
    """What the answer shows and should not."""
    problems: list[str] = []
    text = json.dumps(answer.body)
    if probe["unlisted"] and population.ids[probe["unlisted"]] in text:
        problems.append("The answer lists the row.")
    problems += [f"The answer shows {name}, which is somebody else's." for name in probe["unseen"] if _is_shown(name, text, population)]
    body = answer.members
    problems += [f"The answer shows {name}." for name in probe["hidden"] if name in body]
    if answer.status in {200, 201}:
        problems += [f"{name} became {body[name]}." for name, value in probe["stays"].items() if name in body and str(body[name]) != value]
    return problems


def _is_shown(name: str, text: str, population: Population) -> bool:
    """Whether a text has the id of a row in it, or a value that tells whose it is."""
    who = name.partition(":")[0]
    row = population.row(name) or {}
    told = [value for value in row.values() if any(f"{who}{mark}" in value for mark in "-./")]
    return population.ids[name] in text or any(json.dumps(value)[1:-1] in text for value in told)


def _difference(before: dict[str, str] | None, after: dict[str, str] | None) -> str:
    if before is None or after is None:
        return "it is gone"
    changed = [key for key in before if before[key] != after.get(key)]
    return ", ".join(f"{key} is {after.get(key)}" for key in changed)


def forged(token: str, kind: str) -> str:
    """A token that must not be believed, made from one that is."""
    head, payload, signature = token.split(".")
    claims = json.loads(_decoded(payload))
    header = json.loads(_decoded(head))
    match kind:
        case "none":
            return f"{_encoded({**header, 'alg': 'none'})}.{payload}."
        case "expired":
            claims |= {"exp": int(time.time()) - 3_600, "iat": int(time.time()) - 7_200}
            return _signed(header, claims, os.environ["SECRET_KEY"])
        case "tampered":
            claims |= {"exp": int(time.time()) + 999_999, "role": "admin"}
            return f"{head}.{_encoded(claims)}.{signature}"
        case _:
            return _signed(header, claims, "somebody-else-has-made-this-secret-up")


def _signed(header: dict[str, Any], claims: dict[str, Any], secret: str) -> str:
    text = f"{_encoded(header)}.{_encoded(claims)}"
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def _encoded(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
