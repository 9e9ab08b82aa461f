"""Accounts, logins and the keys of programs."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from apiwright.api.auth.schemas import KeyCreate, KeyCreated, KeyRead, Login, Refresh, Registration, Tokens, UserRead
from apiwright.api.context import Context
from apiwright.api.deps import Person, Shared
from apiwright.api.problems import ProblemError, documented, not_found
from apiwright.kit.clock import now
from apiwright.store import Accounts

router = APIRouter(prefix="/auth", tags=["accounts"])
_FORM = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "required": ["username", "password"], "properties": {
    "username": {"type": "string", "minLength": 1, "maxLength": 320}, "password": {"type": "string", "minLength": 1, "maxLength": 256},
}}}}  # fmt: skip


@router.post("/register", status_code=201, responses=documented(400, 403, 409, 413, 422, 429, 503))
async def register(shared: Shared, request: Request, body: Registration) -> UserRead:
    """Make an account."""
    settings = shared.service.settings
    if not settings.registration:
        raise ProblemError(403, "registration-closed", "This service takes no registrations.")
    await shared.limits.count("registrations", settings.logins_per_minute, _address(request))
    password_hash = await shared.passwords.hash(body.password.get_secret_value())
    async with shared.service.database.write() as session:
        user = await Accounts(session).add(email=body.email, name=body.name, password_hash=password_hash)
    if user is None:
        raise ProblemError(409, "email-taken", "There is an account with this address already.")
    return UserRead.model_validate(user)


async def login_body(request: Request) -> Login:
    """The login, from JSON or from the form that OAuth2 clients send (`username` is the address)."""
    try:
        if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            form = await request.form()
            return Login.model_validate({"email": form.get("username"), "password": form.get("password")})
        return Login.model_validate_json(await request.body())
    except ValidationError as error:
        raise RequestValidationError([{**item, "loc": ("body", *item["loc"])} for item in error.errors(include_context=False)]) from error


@router.post(
    "/login",
    responses=documented(400, 401, 413, 422, 429, 503),
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": Login.model_json_schema()}, **_FORM}},
    },
)
async def login(shared: Shared, request: Request, body: Annotated[Login, Depends(login_body)]) -> Tokens:
    """Log in with address and password, as JSON or as an OAuth2 form."""
    limit = shared.service.settings.logins_per_minute
    await shared.limits.count("attempts to log in", limit, "account", body.email.lower())
    await shared.limits.count("attempts to log in", limit * 3, "address", _address(request))
    async with shared.service.database.read() as session:
        user = await Accounts(session).by_email(body.email)
    password = body.password.get_secret_value()
    if not await shared.passwords.verify(password, user.password_hash if user is not None else None) or user is None:
        raise ProblemError(401, "wrong-credentials", "Address or password is wrong.")
    outdated = shared.passwords.outdated(user.password_hash)
    renewed = await shared.passwords.hash(password) if outdated else None
    async with shared.service.database.write() as session:
        if renewed is not None:
            await Accounts(session).set_password(user.id, renewed)
        refresh_token = await Accounts(session).begin_login(user.id, lifetime=_refresh_lifetime(shared))
    return _tokens(shared, user.id, refresh_token)


@router.post("/refresh", responses=documented(400, 401, 413, 422, 429, 503))
async def refresh(shared: Shared, request: Request, body: Refresh) -> Tokens:
    """Trade a refresh token for new tokens. One that was used before ends the login that it belongs to."""
    await shared.limits.count("refreshes", shared.service.settings.logins_per_minute * 10, _address(request))
    async with shared.service.database.write() as session:
        rotated = await Accounts(session).rotate(body.refresh_token, lifetime=_refresh_lifetime(shared))
    if rotated is None:
        raise ProblemError(401, "refresh-token-invalid", "The refresh token is unknown, expired, revoked, or was used before.")
    return _tokens(shared, *rotated)


@router.post("/logout", status_code=204, responses=documented(400, 413, 422, 429, 503))
async def logout(shared: Shared, request: Request, body: Refresh) -> Response:
    """End the login that a refresh token belongs to."""
    await shared.limits.count("refreshes", shared.service.settings.logins_per_minute * 10, _address(request))
    async with shared.service.database.write() as session:
        await Accounts(session).end_login(body.refresh_token)
    return Response(status_code=204)


@router.get("/me", responses=documented(401, 403, 429, 503))
async def me(shared: Shared, caller: Person) -> UserRead:
    """The account that is logged in."""
    async with shared.service.database.read() as session:
        user = await Accounts(session).by_id(caller.user_id)
    if user is None:
        raise ProblemError(401, "unauthenticated", "This account is gone.")
    return UserRead.model_validate(user)


@router.get("/api-keys", responses=documented(401, 403, 429, 503))
async def keys(shared: Shared, caller: Person) -> list[KeyRead]:
    """The keys of one's programs."""
    async with shared.service.database.read() as session:
        return [KeyRead.model_validate(key) for key in await Accounts(session).keys(caller.user_id)]


@router.post("/api-keys", status_code=201, responses=documented(400, 401, 403, 413, 422, 429, 503))
async def add_key(shared: Shared, caller: Person, body: KeyCreate) -> KeyCreated:
    """Make a key for a program. It is shown this once."""
    expires_at = now() + timedelta(days=body.days) if body.days is not None else None
    async with shared.service.database.write() as session:
        if await Accounts(session).by_id(caller.user_id) is None:
            raise ProblemError(401, "unauthenticated", "This account is gone.")
        key, clear = await Accounts(session).add_key(caller.user_id, name=body.name, scopes=sorted(set(body.scopes)), expires_at=expires_at)
    return KeyCreated.model_validate({**KeyRead.model_validate(key).model_dump(), "key": clear})


@router.delete("/api-keys/{key_id:uuid}", status_code=204, responses=documented(401, 403, 404, 422, 429, 503))
async def drop_key(shared: Shared, caller: Person, key_id: UUID) -> Response:
    """Revoke a key, at once."""
    async with shared.service.database.write() as session:
        if not await Accounts(session).drop_key(caller.user_id, key_id):
            raise not_found("key")
    return Response(status_code=204)


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else "unknown"


def _refresh_lifetime(shared: Context) -> timedelta:
    return timedelta(days=shared.service.settings.refresh_token_days)


def _tokens(shared: Context, user_id: UUID, refresh_token: str) -> Tokens:
    expires_in = int(shared.tokens.lifetime.total_seconds())
    return Tokens(access_token=shared.tokens.issue(user_id), refresh_token=refresh_token, expires_in=expires_in)
