"""`apiwright db`."""

import asyncio
from typing import Annotated, Literal

import typer

from apiwright.bootstrap.service import Settings, database_url, upgrade
from apiwright.bootstrap.settings import settings_from
from apiwright.store import Database, schema


def command(
    action: Annotated[Literal["upgrade", "downgrade", "current"], typer.Argument(help="What to do.")],
    revision: Annotated[str | None, typer.Argument(help="`head` for the newest, `base` for none.")] = None,
) -> None:
    """Bring the service's database to the state that this version needs (or another revision), or tell where it is."""
    if action == "downgrade" and revision is None:
        raise typer.BadParameter("say to which revision")
    print(asyncio.run(_run(settings_from(), action, revision)))


async def _run(settings: Settings, action: str, revision: str | None) -> str:
    database = Database(database_url(settings))
    try:
        match action:
            case "upgrade":
                await upgrade(settings, database, revision or "head")
            case "downgrade":
                await schema.downgrade(database, revision or "base")
            case _:
                pass
        return await schema.current_revision(database) or "base"
    finally:
        await database.close()
