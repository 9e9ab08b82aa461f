"""Hostile values in filters, sorting, search and ids: each must be taken as the text it is, or refused; never run, never a 500."""

import contextlib
import http.client
from typing import Any

from .access import log_in
from .client import Client
from .server import BootError, served
from .world import Population

_VALUES = (
    "' OR '1'='1", "' OR 1=1 --", '" OR ""="', "x'); DROP TABLE users; --", "1; SELECT pg_sleep(3)", "%27%20OR%201=1", "\\", "'", '"', "%",
    "_", "\x00", "{{7*7}}", "../../etc/passwd", "\ud7ff\U0001f600", "null", "NaN", "-1", "1e999", "a" * 3_000,
)  # fmt: skip
_NO_TEXT = (
    "' OR '1'='1",
    '" OR ""="',
    "x'); DROP TABLE users; --",
    "1; SELECT pg_sleep(3)",
    "\\",
    "\x00",
    "NaN",
    "-1",
    "1e999",
    "a" * 3_000,
)
"""What is left of them for a parameter that takes no text: it is refused before it gets anywhere, whichever it is, or is not."""
_ORDERS = (
    "id; DROP TABLE users", "(SELECT 1)", "id--", "-id' OR '1'='1", "hashed_password", "-hashed_password", "__class__", "id NULLS FIRST",
    "CASE WHEN 1=1 THEN 1 END", "metadata", "random()",
)  # fmt: skip
_KEYS = (
    "id'--",
    "1=1",
    "hashed_password",
    "hashed_password__icontains",
    "__class__",
    "owner__email",
    "title__regex",
    "$where",
    "id__in__in",
)
_TOO_SHORT = 2
"""A search for so little may find something by chance."""
_REFUSED, _TAKEN = {422, 400, 404}, {200, 422, 400, 404}
_WILDCARDS = ("%", "_")


def run(world: dict[str, Any], lists: list[dict[str, Any]]) -> dict[str, Any]:
    """Serve the project, populate it, and attack every list.

    Args:
        world: The population; see `world`.
        lists: Per list its `path`, who asks (`who`), who may read a row of it (`reader`), what it may be sorted and filtered by though it
            sounds as if it may not (`own`), its `texts` (filters that take text), its `filters`, and its `searches`.
    """
    try:
        with served() as server, contextlib.closing(Population(world)) as population, contextlib.closing(server.client()) as client:
            tokens = {name: log_in(client, login) for name, login in population.logins.items()}
            attack = _Attack(client, tokens)
            for item in lists:
                attack.list(item)
            missing = [name for name in population.ids if population.row(name) is None]
            attack.problems += [f"After the attacks the row {name} is gone." for name in missing]
            return {"problems": attack.problems, "requests": attack.requests, "log": server.said()[-4_000:] if attack.problems else ""}
    except BootError as error:
        return {"problems": [str(error)], "requests": 0, "log": ""}


class _Attack:
    """The requests, and what came of them."""

    def __init__(self, client: Client, tokens: dict[str, str]) -> None:
        self._client, self._tokens = client, tokens
        self.problems: list[str] = []
        self.requests = 0

    def list(self, item: dict[str, Any]) -> None:
        """Everything at one list, and at the ids below it."""
        path, who = item["path"], item["who"]
        total = self._total(path, who, {})
        if total is None:
            self.problems.append(f"GET {path} by {who or 'anybody'} does not list anything to begin with.")
            return
        for parameter in item["filters"]:
            for value in _VALUES if parameter in (*item["texts"], *item["searches"]) else _NO_TEXT:
                found = self._total(path, who, {parameter: value})
                if found and parameter in item["texts"] and len(value) > _TOO_SHORT:
                    self.problems.append(f"GET {path}?{parameter}={value[:60]!r} finds {found} rows; none has that value.")
        for parameter in item["searches"]:
            for wildcard in _WILDCARDS:
                if found := self._total(path, who, {parameter: wildcard * 2}):
                    self.problems.append(f"GET {path}?{parameter}={wildcard * 2} takes the sign for a wildcard: it finds {found} rows.")
        for order in (order for order in _ORDERS if order.removeprefix("-") not in item["own"]):
            self._send(path, who, {"sort": order}, _REFUSED)
        for key in (key for key in _KEYS if key not in item["own"]):
            self._send(path, who, {key: "1"}, _REFUSED)
        for text in ("1 OR 1=1", "%27", "..%2f..%2fetc%2fpasswd", "00000000-0000-0000-0000-000000000000'--", "%00", "a" * 500):
            self._send(f"{path}/{text.replace(' ', '%20')}", item["reader"], {}, {401, 404, 405, 422})

    def _total(self, path: str, who: str, query: dict[str, str]) -> int | None:
        return self._send(path, who, query, _TAKEN).get("total")

    def _send(self, path: str, who: str, query: dict[str, str], right: set[int]) -> dict[str, Any]:
        """The answer's members when its status is 200; a problem is noted when it is none of `right`."""
        self.requests += 1
        told = f"GET {path}{'?' if query else ''}{'&'.join(f'{key}={value[:60]!r}' for key, value in query.items())}"
        try:
            answer = self._client.request("GET", path, token=self._tokens.get(who), query=query or None)
        except (OSError, http.client.HTTPException) as error:
            self.problems.append(f"{told}: no answer ({type(error).__name__}).")
            return {}
        if answer.status not in right:
            self.problems.append(f"{told}: it answers {answer.status}.")
        return answer.members if answer.status == 200 else {}
