"""Users, their logins and their programs' keys. Secrets are stored as hashes."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from apiwright.kit.clock import now
from apiwright.kit.ids import new_id
from apiwright.store.models import ApiKey, RefreshToken, StreamToken, User

KEY_PREFIX = "apw_"


def digest(secret: str) -> str:
    """SHA-256 in hex. Enough for secrets that are random themselves; passwords get Argon2."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Accounts:
    """Queries over accounts, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, *, email: str, name: str, password_hash: str) -> User | None:
        """A new user, or None when the address is taken."""
        if await self.by_email(email):
            return None
        user = User(email=email.lower(), name=name, password_hash=password_hash)
        self._session.add(user)
        await self._session.flush()
        return user

    async def by_email(self, email: str) -> User | None:
        return await self._session.scalar(sa.select(User).where(User.email == email.lower()))

    async def by_id(self, user_id: UUID) -> User | None:
        return await self._session.get(User, user_id)

    async def set_password(self, user_id: UUID, password_hash: str) -> None:
        await self._session.execute(sa.update(User).where(User.id == user_id).values(password_hash=password_hash))

    async def begin_login(self, user_id: UUID, *, lifetime: timedelta, family: UUID | None = None) -> str:
        """A refresh token, known in clear only here."""
        token = secrets.token_urlsafe(32)
        self._session.add(RefreshToken(user_id=user_id, family=family or new_id(), token_hash=digest(token), expires_at=now() + lifetime))
        await self._session.flush()
        return token

    async def rotate(self, token: str, *, lifetime: timedelta) -> tuple[UUID, str] | None:
        """The user and the next refresh token, or None when this one is not good. One that was used before ends its whole family."""
        moment = now()
        used = await self._session.execute(
            sa.update(RefreshToken)
            .where(
                RefreshToken.token_hash == digest(token),
                RefreshToken.used_at.is_(None),
                RefreshToken.revoked_at.is_(None),
                RefreshToken.expires_at > moment,
            )
            .values(used_at=moment)
            .returning(RefreshToken.user_id, RefreshToken.family)
        )
        row = used.one_or_none()
        if row is not None:
            return row.user_id, await self.begin_login(row.user_id, lifetime=lifetime, family=row.family)
        await self.end_login(token)
        return None

    async def end_login(self, token: str) -> None:
        """Revoke the token's family; unknown tokens are ignored."""
        family = sa.select(RefreshToken.family).where(RefreshToken.token_hash == digest(token)).scalar_subquery()
        await self._session.execute(sa.update(RefreshToken).where(RefreshToken.family == family).values(revoked_at=now()))

    async def add_key(self, user_id: UUID, *, name: str, scopes: Sequence[str], expires_at: datetime | None) -> tuple[ApiKey, str]:
        """A key of a program, and the key itself in clear, which is known only here."""
        clear = KEY_PREFIX + secrets.token_urlsafe(32)
        key = ApiKey(user_id=user_id, name=name, prefix=clear[:12], key_hash=digest(clear), scopes=sorted(scopes), expires_at=expires_at)
        self._session.add(key)
        await self._session.flush()
        return key, clear

    async def keys(self, user_id: UUID) -> Sequence[ApiKey]:
        return (await self._session.scalars(sa.select(ApiKey).where(ApiKey.user_id == user_id).order_by(ApiKey.id))).all()

    async def drop_key(self, user_id: UUID, key_id: UUID) -> bool:
        """Revoke a key. False when the user has no such key."""
        gone = await self._session.execute(sa.delete(ApiKey).where(ApiKey.id == key_id, ApiKey.user_id == user_id).returning(ApiKey.id))
        return gone.one_or_none() is not None

    async def key(self, clear: str) -> ApiKey | None:
        """The key, when it is known and has not expired."""
        found = await self._session.scalar(sa.select(ApiKey).where(ApiKey.key_hash == digest(clear)))
        return found if found is not None and (found.expires_at is None or found.expires_at > now()) else None

    async def add_stream_token(self, user_id: UUID, generation_id: UUID, *, lifetime: timedelta) -> str:
        """Leave to open one stream for a short time."""
        token = secrets.token_urlsafe(32)
        self._session.add(StreamToken(token_hash=digest(token), user_id=user_id, generation_id=generation_id, expires_at=now() + lifetime))
        await self._session.flush()
        return token

    async def may_stream(self, token: str, generation_id: UUID) -> bool:
        """Whether the token opens the stream of this generation, now."""
        found = await self._session.scalar(sa.select(StreamToken).where(StreamToken.token_hash == digest(token)))
        return found is not None and found.generation_id == generation_id and found.expires_at > now()
