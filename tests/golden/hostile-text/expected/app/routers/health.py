"""Whether the process lives, and whether it can do its work."""

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from app.core.database import Database
from app.core.errors import ServiceUnavailableError
from app.core.openapi import problems

router = APIRouter(prefix="/health", tags=["health"])


class Health(BaseModel):
    """What a probe is told."""

    status: Literal["ok"] = "ok"


@router.get("/live")
async def health_live() -> Health:
    """The process answers."""
    return Health()


@router.get("/ready", responses=problems(503))
async def health_ready(request: Request) -> Health:
    """The database answers too."""
    database: Database = request.app.state.database
    try:
        await database.check()
    except (SQLAlchemyError, OSError) as error:
        raise ServiceUnavailableError("The database is not available.") from error
    return Health()
