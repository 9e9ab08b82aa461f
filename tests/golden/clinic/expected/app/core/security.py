"""Passwords, tokens, and the limit on guessing them."""

import hashlib
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

import jwt
from anyio import to_thread
from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from app.core.config import Settings
from app.core.errors import TooManyRequestsError, UnauthorizedError

ALGORITHM = "HS256"
Role = Literal["user", "admin", "doctor", "receptionist"]


@dataclass(frozen=True, slots=True)
class Principal:
    """Who makes the request, as the access token proves it. No query is needed to know this much."""

    id: UUID
    role: str


class Passwords:
    """Argon2, in a thread of its own: a hash takes a tenth of a second, which the event loop does not have."""

    def __init__(self, settings: Settings) -> None:
        hasher = Argon2Hasher(
            time_cost=settings.password_time_cost,
            memory_cost=settings.password_memory_kib,
            parallelism=1,
        )
        self._hash = PasswordHash((hasher,))
        self._decoy = self._hash.hash(secrets.token_urlsafe())

    async def hash(self, password: str) -> str:
        """The salted hash to store."""
        return await to_thread.run_sync(self._hash.hash, password)

    async def verify(self, password: str, hashed: str | None) -> bool:
        """Whether the password is right. Without a hash it takes as long, and is wrong."""
        try:
            right = await to_thread.run_sync(self._hash.verify, password, hashed or self._decoy)
        except UnknownHashError:
            return False
        return right and hashed is not None


class Tokens:
    """Signed access tokens, and opaque refresh tokens, of which only a hash is stored."""

    def __init__(self, settings: Settings) -> None:
        self._secret = settings.secret_key.get_secret_value()
        self.access_lifetime = timedelta(minutes=settings.access_token_minutes)
        self.refresh_lifetime = timedelta(days=settings.refresh_token_days)

    def issue(self, principal: Principal) -> str:
        """An access token for `principal`."""
        now = datetime.now(UTC)
        claims = {"sub": principal.id.hex, "iat": now, "exp": now + self.access_lifetime}
        claims["role"] = principal.role
        return jwt.encode(claims, self._secret, algorithm=ALGORITHM)

    def read(self, token: str) -> Principal:
        """Who the token was issued to; `UnauthorizedError` when it is forged, expired or no token at all."""
        try:
            claims = jwt.decode(
                token, self._secret, algorithms=[ALGORITHM], options={"require": ["sub", "exp"]}
            )
            return Principal(id=UUID(claims["sub"]), role=claims["role"])
        except (jwt.InvalidTokenError, ValueError, KeyError) as error:
            raise UnauthorizedError("The access token is not valid.") from error


def new_refresh_token() -> str:
    """A refresh token: 256 random bits."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is stored of a refresh token. It is random, so a plain hash hides it well enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class AttemptLimiter:
    """Counts failed logins per name and per address, in this process: with several workers each has its own count."""

    CAPACITY = 10_000

    def __init__(self, *, attempts: int, window_seconds: int) -> None:
        self._attempts = attempts
        self._window = window_seconds
        self._failures: OrderedDict[str, list[float]] = OrderedDict()

    def check(self, key: str) -> None:
        """Raise `TooManyRequestsError` when `key` has failed too often lately."""
        recent = self._recent(key)
        if len(recent) >= self._attempts:
            wait = int(recent[0] + self._window - time.monotonic()) + 1
            raise TooManyRequestsError("Too many failed logins; try again later.", retry_after=wait)

    def fail(self, key: str) -> None:
        """Count a failure."""
        self._failures[key] = [*self._recent(key), time.monotonic()]
        self._failures.move_to_end(key)
        if len(self._failures) > self.CAPACITY:
            self._failures.popitem(last=False)

    def succeed(self, key: str) -> None:
        """Forget the failures of `key`."""
        self._failures.pop(key, None)

    def _recent(self, key: str) -> list[float]:
        since = time.monotonic() - self._window
        return [moment for moment in self._failures.get(key, ()) if moment > since]
