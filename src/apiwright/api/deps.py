"""What endpoints ask for: the service, who calls, and whether they may."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AfterValidator

from apiwright.api.context import Context
from apiwright.api.problems import ProblemError
from apiwright.api.security import SCOPES, Scope
from apiwright.store import Accounts
from apiwright.store.accounts import KEY_PREFIX

_bearer = HTTPBearer(auto_error=False, description="An access token, or an API key (`apw_...`).")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls. A program has the scopes of its key; a person all of them."""

    user_id: UUID
    scopes: frozenset[str]
    is_program: bool = False


def context(request: Request) -> Context:
    """Everything that endpoints share."""
    found: Context = request.app.state.context
    return found


Shared = Annotated[Context, Depends(context)]


async def caller(shared: Shared, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Caller:
    """Who calls, within their limit of requests."""
    found = await _identify(shared, credentials.credentials) if credentials is not None else None
    if found is None:
        raise ProblemError(401, "unauthenticated", "Log in, or send an API key: `Authorization: Bearer ...`.")
    await shared.limits.count("requests", shared.service.settings.requests_per_minute, found.user_id)
    return found


async def _identify(shared: Context, credential: str) -> Caller | None:
    if credential.startswith(KEY_PREFIX):
        async with shared.service.database.read() as session:
            key = await Accounts(session).key(credential)
        return Caller(key.user_id, frozenset(map(str, key.scopes)), is_program=True) if key is not None else None
    user_id = shared.tokens.read(credential)
    return Caller(user_id, frozenset(SCOPES)) if user_id is not None else None


def person(who: Annotated[Caller, Depends(caller)]) -> Caller:
    """Somebody who logged in: programs don't change accounts or keys."""
    if who.is_program:
        raise ProblemError(403, "forbidden", "This needs a login; an API key does not do.")
    return who


def scoped(scope: Scope) -> object:
    """A dependency on a caller who has `scope`."""

    def check(who: Annotated[Caller, Depends(caller)]) -> Caller:
        if scope not in who.scopes:
            raise ProblemError(403, "forbidden", f"This API key lacks the scope `{scope}`.")
        return who

    return Depends(check)


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("NUL cannot be part of a text")
    return text


Plain = AfterValidator(_storable)
Person = Annotated[Caller, Depends(person)]
GenerationsReader = Annotated[Caller, scoped("generations:read")]
GenerationsWriter = Annotated[Caller, scoped("generations:write")]
ProjectsReader = Annotated[Caller, scoped("projects:read")]
ProjectsWriter = Annotated[Caller, scoped("projects:write")]
Limit = Annotated[int, Query(ge=1, le=100, description="Most items to answer with.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="Items to pass over.")]
