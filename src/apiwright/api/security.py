"""Passwords and access tokens."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID, uuid4

import jwt
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from apiwright.kit.clock import now

Scope = Literal["generations:read", "generations:write", "projects:read", "projects:write"]
SCOPES: tuple[Scope, ...] = ("generations:read", "generations:write", "projects:read", "projects:write")
_ALGORITHM = "HS256"
_ISSUER = "apiwright"


class Passwords:
    """Argon2id, off the event loop. An unknown account costs as much time as a wrong password."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._decoy: str | None = None

    async def hash(self, password: str) -> str:
        return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Whether the password is right; False when there is no account (`password_hash` None)."""
        if password_hash is None and self._decoy is None:
            self._decoy = await self.hash("decoy")
        try:
            right = await asyncio.to_thread(self._hasher.verify, password_hash or self._decoy or "", password)
        except (VerificationError, InvalidHashError):
            return False
        return right and password_hash is not None

    def outdated(self, password_hash: str) -> bool:
        """Whether the hash was made at a lower cost than today's."""
        return self._hasher.check_needs_rehash(password_hash)


@dataclass(frozen=True, slots=True)
class AccessTokens:
    """Signed, short-lived, checked without asking the database."""

    secret: str
    lifetime: timedelta

    def issue(self, user_id: UUID) -> str:
        moment = now()
        claims: dict[str, Any] = {"sub": str(user_id), "iss": _ISSUER, "typ": "access", "jti": uuid4().hex}
        return jwt.encode(claims | {"iat": moment, "exp": moment + self.lifetime}, self.secret, algorithm=_ALGORITHM)

    def read(self, token: str) -> UUID | None:
        """Whose token it is; None when it is forged, expired, or something else."""
        try:
            claims = jwt.decode(
                token, self.secret, algorithms=[_ALGORITHM], issuer=_ISSUER, options={"require": ["exp", "iat", "sub", "iss"]}
            )
            return UUID(claims["sub"]) if claims.get("typ") == "access" else None
        except (jwt.InvalidTokenError, ValueError):
            return None
