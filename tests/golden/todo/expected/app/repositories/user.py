"""Queries on users."""

from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from app.core.security import Principal
from app.models.base import table_of
from app.models.user import User
from app.repositories.base import Repository
from app.schemas.user import UserPage, UserRead

users = table_of(User)


class UserRepository(Repository[UserRead]):
    """The table of users."""

    label = "user"
    table = users
    read_schema = UserRead
    page_schema = UserPage
    columns = (
        users.c.id,
        users.c.email,
        users.c.name,
        users.c.created_at,
        users.c.updated_at,
    )
    searched = (
        users.c.email,
        users.c.name,
    )

    @classmethod
    def owned_by(cls, account_id: UUID) -> ColumnElement[bool]:
        """The condition on users of this account."""
        return users.c.id == account_id

    async def credentials(self, login: str) -> tuple[UUID, str] | None:
        """Id and password hash of the account of that name."""
        statement = select(users.c.id, users.c.hashed_password).where(users.c.email == login)
        row = (await self.connection.execute(statement)).one_or_none()
        return None if row is None else (row[0], row[1])

    async def password_of(self, account_id: UUID) -> str | None:
        """The password hash of an account."""
        statement = select(users.c.hashed_password).where(users.c.id == account_id)
        hashed: str | None = await self.connection.scalar(statement)
        return hashed

    async def set_password(self, account_id: UUID, hashed: str) -> None:
        """Store another password hash."""
        statement = update(users).where(users.c.id == account_id)
        await self.connection.execute(statement.values(hashed_password=hashed))

    async def principal(self, account_id: UUID) -> Principal | None:
        """What a token says of an account, if there still is one."""
        statement = select(users.c.id).where(users.c.id == account_id)
        found: UUID | None = await self.connection.scalar(statement)
        return None if found is None else Principal(id=found)
