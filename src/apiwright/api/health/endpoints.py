"""Whether the process lives, whether it can do its work, and its numbers."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Literal

import sqlalchemy as sa
from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict

from apiwright.api.context import Context
from apiwright.api.deps import Shared
from apiwright.api.problems import documented
from apiwright.store import Upkeep

router = APIRouter(tags=["health"])
_METRICS = {"text/plain": {"schema": {"type": "string"}, "example": 'apiwright_generations{status="completed"} 12.0\n'}}
PartState = Literal["up", "down"]
_ALL_UP: dict[str, Any] = {"status": "up", "parts": {"database": "up", "queue": "up", "storage": "up"}, "workers": 1}
_ONE_DOWN: dict[str, Any] = {"status": "down", "parts": {"database": "up", "queue": "up", "storage": "down"}, "workers": 1}


class Liveness(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "up"}]})
    status: Literal["up"] = "up"


class Readiness(BaseModel):
    """`status` is `up` when every part is. `workers` are those alive, in all processes."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ALL_UP]})
    status: PartState
    parts: dict[str, PartState]
    workers: int


@router.get("/health/live")
async def live() -> Liveness:
    """The process answers."""
    return Liveness()


@router.get(
    "/health/ready",
    responses={503: {"model": Readiness, "description": "A part is down.", "content": {"application/json": {"example": _ONE_DOWN}}}},
)
async def ready(shared: Shared, response: Response) -> Readiness:
    """Whether requests can be served: the database, the queue and the storage answer."""
    service = shared.service
    checks: dict[str, Awaitable[Any]] = {
        "database": _database(shared), "queue": service.queue.check(), "storage": service.artifacts.check()
    }  # fmt: skip
    results = await asyncio.gather(*(asyncio.wait_for(check, timeout=5) for check in checks.values()), return_exceptions=True)
    parts: dict[str, PartState] = {
        name: "down" if isinstance(result, BaseException) else "up" for name, result in zip(checks, results, strict=True)
    }
    up = all(state == "up" for state in parts.values()) and not shared.tails.closing
    response.status_code = 200 if up else 503
    workers = results[0] if isinstance(results[0], int) else 0
    return Readiness(status="up" if up else "down", parts=parts, workers=workers)


@router.get("/metrics", response_class=Response, responses={200: {"description": "Numbers.", "content": _METRICS}} | documented(503))
async def metrics(shared: Shared) -> Response:
    """Numbers for Prometheus."""
    return Response(await shared.metrics.read(shared.service.database), media_type="text/plain; version=0.0.4; charset=utf-8")


async def _database(shared: Context) -> int:
    async with shared.service.database.read() as session:
        await session.execute(sa.select(1))
        return len(await Upkeep(session).alive())
