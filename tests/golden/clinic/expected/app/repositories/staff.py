"""Queries on staff members."""

from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from app.core.security import Principal
from app.models.base import table_of
from app.models.staff import Staff
from app.repositories.base import Repository
from app.schemas.staff import StaffPage, StaffRead

staff_members = table_of(Staff)


class StaffRepository(Repository[StaffRead]):
    """The table of staff members."""

    label = "staff"
    table = staff_members
    read_schema = StaffRead
    page_schema = StaffPage
    columns = (
        staff_members.c.id,
        staff_members.c.email,
        staff_members.c.name,
        staff_members.c.role,
        staff_members.c.created_at,
        staff_members.c.updated_at,
    )
    searched = (
        staff_members.c.email,
        staff_members.c.name,
    )
    open_reading = True

    @classmethod
    def owned_by(cls, account_id: UUID) -> ColumnElement[bool]:
        """The condition on staff members of this account."""
        return staff_members.c.id == account_id

    async def credentials(self, login: str) -> tuple[UUID, str] | None:
        """Id and password hash of the account of that name."""
        statement = select(staff_members.c.id, staff_members.c.hashed_password).where(
            staff_members.c.email == login
        )
        row = (await self.connection.execute(statement)).one_or_none()
        return None if row is None else (row[0], row[1])

    async def password_of(self, account_id: UUID) -> str | None:
        """The password hash of an account."""
        statement = select(staff_members.c.hashed_password).where(staff_members.c.id == account_id)
        hashed: str | None = await self.connection.scalar(statement)
        return hashed

    async def set_password(self, account_id: UUID, hashed: str) -> None:
        """Store another password hash."""
        statement = update(staff_members).where(staff_members.c.id == account_id)
        await self.connection.execute(statement.values(hashed_password=hashed))

    async def principal(self, account_id: UUID) -> Principal | None:
        """What a token says of an account, if there still is one."""
        statement = select(staff_members.c.id, staff_members.c.role).where(
            staff_members.c.id == account_id
        )
        row = (await self.connection.execute(statement)).one_or_none()
        return None if row is None else Principal(id=row[0], role=row[1])

    async def grant(self, login: str, role: str) -> bool:
        """Give an account a role; False when there is no account of that name."""
        statement = update(staff_members).where(staff_members.c.email == login).values(role=role)
        return (await self.connection.execute(statement)).rowcount > 0

    async def set_role(self, account_id: UUID, role: str) -> StaffRead:
        """Give an account a role."""
        return await self.update(account_id, {"role": role})
