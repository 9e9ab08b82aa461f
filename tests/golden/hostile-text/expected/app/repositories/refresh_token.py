"""Queries on refresh tokens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models.base import table_of, utc_now, uuid7
from app.models.refresh_token import RefreshToken

tokens = table_of(RefreshToken)


class RefreshTokenRepository:
    """Families of refresh tokens: each token is good once."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def add(
        self,
        account_id: UUID,
        fingerprint: str,
        *,
        expires_at: datetime,
        family_id: UUID | None = None,
    ) -> None:
        """Store the next token of a family, or the first one of a new family."""
        await self.connection.execute(
            delete(tokens).where(tokens.c.account_id == account_id, tokens.c.expires_at < utc_now())
        )
        values = {
            "account_id": account_id,
            "family_id": family_id or uuid7(),
            "fingerprint": fingerprint,
            "expires_at": expires_at,
        }
        await self.connection.execute(insert(tokens).values(values))

    async def use(self, fingerprint: str) -> tuple[UUID, UUID] | None:
        """Use a token up, and answer its account and family; None when it is unknown, expired or was used before.

        One that was used before has been copied: its whole family is revoked, for the thief and the robbed alike.
        """
        statement = update(tokens).where(
            tokens.c.fingerprint == fingerprint,
            tokens.c.used_at.is_(None),
            tokens.c.expires_at > utc_now(),
        )
        statement = statement.values(used_at=utc_now())
        row = (
            await self.connection.execute(
                statement.returning(tokens.c.account_id, tokens.c.family_id)
            )
        ).one_or_none()
        if row is not None:
            return row[0], row[1]
        await self.revoke(fingerprint)
        return None

    async def revoke(self, fingerprint: str) -> None:
        """Revoke the family of a token. Committed at once: the request that brings a stolen token is refused."""
        family = (
            select(tokens.c.family_id).where(tokens.c.fingerprint == fingerprint).scalar_subquery()
        )
        await self.connection.execute(delete(tokens).where(tokens.c.family_id == family))
        await self.connection.commit()

    async def revoke_all(self, account_id: UUID) -> None:
        """Revoke every token of an account."""
        await self.connection.execute(delete(tokens).where(tokens.c.account_id == account_id))
