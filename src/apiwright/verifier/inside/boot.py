"""Start the project for real, speak to it, and ask it to stop."""

import contextlib
import http.client
from typing import Any

from .client import Client, Response
from .server import BootError, Server, served
from .world import PASSWORD, Population


def run(account: dict[str, Any] | None, login_field: str, world: dict[str, Any] | None) -> dict[str, Any]:
    """Boot, look at health and documentation, register and log in, then end it.

    Args:
        account: Payload of `POST /auth/register` without the password; None when nobody may register.
        login_field: Which of its members is the name to log in with.
        world: Rows that the account needs, if any; in the payload their names in braces stand for their ids.
    """
    problems: list[str] = []
    done: list[str] = []
    try:
        with served() as server:
            if world is not None:
                with contextlib.closing(Population(world)) as population:
                    account = population.filled(account)
            _talk(server.client(), account, login_field, problems, done)
            problems += _ended(server)
            said = server.said()
    except BootError as error:
        return {"problems": [str(error)], "done": done, "log": ""}
    return {"problems": problems, "done": [*done, "SIGTERM"], "log": said if problems else ""}


def _talk(client: Client, account: dict[str, Any] | None, login_field: str, problems: list[str], done: list[str]) -> None:
    with contextlib.closing(client):
        pages = ("/health/live", "/health/ready", "/docs")  # the document is looked at in a check of its own
        done += [path for path in pages if _expect(client, problems, "GET", path, status=200)]
        if account is not None and (token := _login(client, account, login_field, problems)):
            if _expect(client, problems, "GET", "/auth/me", status=200, token=token):
                done.append("login")
            _expect(client, problems, "GET", "/auth/me", status=401)


def _login(client: Client, account: dict[str, Any], login_field: str, problems: list[str]) -> str | None:
    if not _expect(client, problems, "POST", "/auth/register", status=201, body={**account, "password": PASSWORD}):
        return None
    form = {"username": str(account[login_field]), "password": PASSWORD}
    answer = _expect(client, problems, "POST", "/auth/login", status=200, form=form)
    if answer is None:
        return None
    token = answer.members.get("access_token")
    if not isinstance(token, str):
        problems.append("POST /auth/login answers no access_token.")
        return None
    return token


def _expect(client: Client, problems: list[str], method: str, path: str, *, status: int, **request: Any) -> Response | None:
    """The answer when it has this status; else a problem is noted."""
    try:
        answer = client.request(method, path, **request)
    except (OSError, http.client.HTTPException) as error:
        problems.append(f"{method} {path}: no answer ({type(error).__name__}: {error}).")
        return None
    if answer.status != status:
        problems.append(f"{method} {path} answers {answer.status}, not {status}: {str(answer.body)[:300]}")
        return None
    return answer


def _ended(server: Server) -> list[str]:
    if not server.stop():
        return ["The application does not end within 8 s of SIGTERM."]
    # uvicorn shuts down in order and then raises the signal again, so that its parent sees what ended it.
    if server.status not in {0, -15} or "Application shutdown complete" not in server.said():
        return [f"The application does not shut down in order after SIGTERM: its status is {server.status}."]
    return []
