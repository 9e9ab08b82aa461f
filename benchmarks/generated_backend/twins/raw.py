"""The limit: Starlette and asyncpg, SQL by hand, no validation to speak of."""

import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
from pydantic_core import from_json, to_json
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

COLUMNS = "id, created_at, updated_at, title, description, status, priority, due_date"


async def list_todos(request: Request) -> Response:
    pool: asyncpg.Pool[Any] = request.app.state.pool
    limit = int(request.query_params.get("limit", "20"))
    async with pool.acquire() as connection:
        rows = await connection.fetch(f"SELECT {COLUMNS} FROM todos ORDER BY created_at DESC, id DESC LIMIT $1", limit)
        total = await connection.fetchval("SELECT count(*) FROM todos")
    body = {"items": [dict(row) for row in rows], "total": total, "limit": limit, "offset": 0}
    return Response(to_json(body), media_type="application/json")


async def get_todo(request: Request) -> Response:
    pool: asyncpg.Pool[Any] = request.app.state.pool
    async with pool.acquire() as connection:
        row = await connection.fetchrow(f"SELECT {COLUMNS} FROM todos WHERE id = $1", uuid.UUID(request.path_params["id"]))
    return Response(to_json(dict(row)), media_type="application/json") if row else Response(status_code=404)


async def create_todo(request: Request) -> Response:
    pool: asyncpg.Pool[Any] = request.app.state.pool
    payload = from_json(await request.body())
    now = datetime.now(UTC)
    values = (
        uuid.uuid4(), now, now, payload["title"], payload["description"], payload["status"], payload["priority"],
        date.fromisoformat(payload["due_date"]),
    )  # fmt: skip
    async with pool.acquire() as connection:
        await connection.execute(f"INSERT INTO todos ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", *values)
    body = dict(zip(COLUMNS.split(", "), values, strict=True))
    return Response(to_json(body), status_code=201, media_type="application/json")


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    async with asyncpg.create_pool(os.environ["DATABASE_URL"].replace("+asyncpg", ""), min_size=5, max_size=10) as pool:
        app.state.pool = pool
        yield


app = Starlette(
    lifespan=lifespan,
    routes=[
        Route("/todos", list_todos, methods=["GET"]),
        Route("/todos", create_todo, methods=["POST"]),
        Route("/todos/{id}", get_todo, methods=["GET"]),
    ],
)
