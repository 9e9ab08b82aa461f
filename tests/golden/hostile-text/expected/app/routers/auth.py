"""Accounts: registering, logging in and out, changing the password."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.security import OAuth2PasswordRequestForm
from pydantic import BaseModel, Field

from app.core.errors import ForbiddenError, NotFoundError, UnauthorizedError
from app.core.openapi import problems
from app.core.security import Principal, Tokens, fingerprint, new_refresh_token
from app.dependencies import (
    CurrentUser,
    LoginAttempts,
    PasswordHashing,
    Reader,
    TokenIssuing,
    Writer,
    WritingUser,
)
from app.models.base import utc_now
from app.repositories.refresh_token import RefreshTokenRepository
from app.repositories.user import UserRepository
from app.schemas.base import Password, Payload
from app.schemas.user import UserCreate, UserRead

router = APIRouter(prefix="/auth", tags=["auth"])

WRONG_CREDENTIALS = "The name or the password is wrong."


class TokenPair(BaseModel):
    """A short access token, and a refresh token that is good once."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = "bearer"
    expires_in: int


class RefreshRequest(Payload):
    """A refresh token."""

    refresh_token: Annotated[str, Field(max_length=512, repr=False)]


class PasswordChange(Payload):
    """The password there is, and the one there shall be."""

    current_password: Annotated[str, Field(max_length=128, repr=False)]
    new_password: Password


@router.post("/register", status_code=201, responses=problems(400, 409, 413, 422))
async def register(payload: UserCreate, connection: Writer, passwords: PasswordHashing) -> UserRead:
    """Make an account."""
    values = payload.model_dump(by_alias=True, exclude={"password"})
    values["hashed_password"] = await passwords.hash(payload.password)
    return await UserRepository(connection).create(values)


@router.post("/login", responses=problems(400, 401, 413, 422, 429))
async def login(
    request: Request,
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    connection: Writer,
    passwords: PasswordHashing,
    tokens: TokenIssuing,
    attempts: LoginAttempts,
) -> TokenPair:
    """Exchange a name and a password for tokens."""
    name = form.username.lower()
    keys = (f"name:{name}", f"address:{request.client.host if request.client else ''}")
    attempts.check(keys[0])
    attempts.check(keys[1], patience=10)  # many people may share an address
    accounts = UserRepository(connection)
    found = await accounts.credentials(name) if "\x00" not in name else None
    account_id, hashed = found or (None, None)
    right = await passwords.verify(form.password, hashed)
    principal = await accounts.principal(account_id) if right and account_id else None
    if principal is None:
        for key in keys:
            attempts.fail(key)
        raise UnauthorizedError(WRONG_CREDENTIALS)
    attempts.succeed(keys[0])
    return await _issue(RefreshTokenRepository(connection), tokens, principal)


@router.post("/refresh", responses=problems(400, 401, 413, 422))
async def refresh(payload: RefreshRequest, connection: Writer, tokens: TokenIssuing) -> TokenPair:
    """Exchange a refresh token, which is used up, for new tokens."""
    refresh_tokens = RefreshTokenRepository(connection)
    used = await refresh_tokens.use(fingerprint(payload.refresh_token))
    principal = await UserRepository(connection).principal(used[0]) if used else None
    if used is None or principal is None:
        raise UnauthorizedError("The refresh token is not valid.")
    return await _issue(refresh_tokens, tokens, principal, family_id=used[1])


@router.post("/logout", status_code=204, responses=problems(400, 413, 422))
async def logout(payload: RefreshRequest, connection: Writer) -> None:
    """Revoke a refresh token and all that came from the same login."""
    await RefreshTokenRepository(connection).revoke(fingerprint(payload.refresh_token))


@router.get("/me", responses=problems(401))
async def me(connection: Reader, caller: CurrentUser) -> UserRead:
    """The account of the caller."""
    try:
        return await UserRepository(connection).get(caller.id)
    except NotFoundError as error:
        raise UnauthorizedError("The account is gone.") from error


@router.post("/password", status_code=204, responses=problems(400, 401, 403, 413, 422))
async def change_password(
    payload: PasswordChange, connection: Writer, caller: WritingUser, passwords: PasswordHashing
) -> None:
    """Set another password, and revoke every refresh token."""
    accounts = UserRepository(connection)
    hashed = await accounts.password_of(caller.id)
    if not await passwords.verify(payload.current_password, hashed):
        raise ForbiddenError("The current password is wrong.")
    await accounts.set_password(caller.id, await passwords.hash(payload.new_password))
    await RefreshTokenRepository(connection).revoke_all(caller.id)


async def _issue(
    refresh_tokens: RefreshTokenRepository,
    tokens: Tokens,
    principal: Principal,
    *,
    family_id: UUID | None = None,
) -> TokenPair:
    refresh_token = new_refresh_token()
    expires_at = utc_now() + tokens.refresh_lifetime
    await refresh_tokens.add(
        principal.id, fingerprint(refresh_token), expires_at=expires_at, family_id=family_id
    )
    return TokenPair(
        access_token=tokens.issue(principal),
        refresh_token=refresh_token,
        expires_in=int(tokens.access_lifetime.total_seconds()),
    )
