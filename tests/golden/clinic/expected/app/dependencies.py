"""What routes ask for: a connection, and the caller."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import OAuth2PasswordBearer
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.database import Database
from app.core.errors import ForbiddenError, UnauthorizedError
from app.core.security import AttemptLimiter, Passwords, Principal, Tokens
from app.repositories.staff import StaffRepository


async def _reader(request: Request) -> AsyncIterator[AsyncConnection]:
    database: Database = request.app.state.database
    async with database.read() as connection:
        yield connection


async def _writer(request: Request) -> AsyncIterator[AsyncConnection]:
    database: Database = request.app.state.database
    async with database.write() as connection:
        yield connection


# The scope makes the transaction end before the answer is sent: what was answered is stored.
Reader = Annotated[AsyncConnection, Depends(_reader, scope="function")]
Writer = Annotated[AsyncConnection, Depends(_writer, scope="function")]

bearer = OAuth2PasswordBearer(tokenUrl="auth/login", auto_error=False)


async def current_principal(
    request: Request, token: Annotated[str | None, Depends(bearer)]
) -> Principal:
    """Who makes the request; 401 without a valid token."""
    if token is None:
        raise UnauthorizedError("An access token is needed.")
    tokens: Tokens = request.app.state.tokens
    return tokens.read(token)


# As the token has it: enough to read with.
CurrentUser = Annotated[Principal, Depends(current_principal)]


async def _known(connection: AsyncConnection, caller: Principal) -> Principal:
    """The caller as the account is now; 401 when it is gone."""
    principal = await StaffRepository(connection).principal(caller.id)
    if principal is None:
        raise UnauthorizedError("The account is gone.")
    return principal


async def _reading_user(connection: Reader, caller: CurrentUser) -> Principal:
    return await _known(connection, caller)


async def _writing_user(connection: Writer, caller: CurrentUser) -> Principal:
    return await _known(connection, caller)


# As the account is now: a token outlives an account that is deleted, and a role that is taken away.
ReadingUser = Annotated[Principal, Depends(_reading_user)]
WritingUser = Annotated[Principal, Depends(_writing_user)]


class RequireRole:
    """Dependency: the caller, who must have one of these roles; 403 for everybody else."""

    def __init__(self, *roles: str) -> None:
        self.roles = frozenset(roles)

    async def __call__(self, caller: WritingUser) -> Principal:
        """The caller."""
        return self._checked(caller)

    def _checked(self, caller: Principal) -> Principal:
        if caller.role not in self.roles:
            raise ForbiddenError("Your role does not allow this.")
        return caller


class RequireRoleToRead(RequireRole):
    """The same for a route that reads."""

    async def __call__(self, caller: ReadingUser) -> Principal:
        """The caller."""
        return self._checked(caller)


async def _passwords(request: Request) -> Passwords:
    passwords: Passwords = request.app.state.passwords
    return passwords


async def _tokens(request: Request) -> Tokens:
    tokens: Tokens = request.app.state.tokens
    return tokens


async def _attempts(request: Request) -> AttemptLimiter:
    attempts: AttemptLimiter = request.app.state.attempts
    return attempts


PasswordHashing = Annotated[Passwords, Depends(_passwords)]
TokenIssuing = Annotated[Tokens, Depends(_tokens)]
LoginAttempts = Annotated[AttemptLimiter, Depends(_attempts)]
