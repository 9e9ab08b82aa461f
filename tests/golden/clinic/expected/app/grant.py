"""Gives an account a role: `python -m app.grant EMAIL ROLE`."""

import argparse
import asyncio
from typing import get_args

from app.core.config import Settings
from app.core.database import Database
from app.core.security import Role
from app.repositories.staff import StaffRepository


async def grant(login: str, role: str) -> bool:
    """Set the role of the account of that name; False when there is none."""
    settings = Settings()
    database = Database(settings.database_url, pool_size=1)
    try:
        async with database.write() as connection:
            return await StaffRepository(connection).grant(login, role)
    finally:
        await database.close()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m app.grant", description="Give an account a role."
    )
    parser.add_argument("login", help="what the account logs in with")
    parser.add_argument("role", choices=get_args(Role))
    arguments = parser.parse_args()
    if not asyncio.run(grant(arguments.login, arguments.role)):
        parser.error(f"there is no account {arguments.login!r}")


if __name__ == "__main__":
    main()
