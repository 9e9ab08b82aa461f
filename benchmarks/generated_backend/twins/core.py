"""FastAPI that reads Core rows and answers with one `dump_json`: the careful engineer's version."""

import os
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query, Response
from pydantic import TypeAdapter
from schema import Todo, TodoCreate, TodoPage, TodoRead
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=10)
app = FastAPI()
one: TypeAdapter[TodoRead] = TypeAdapter(TodoRead)
page: TypeAdapter[TodoPage] = TypeAdapter(TodoPage)
columns = [Todo.__table__.c[name] for name in TodoRead.model_fields]


async def connect() -> AsyncIterator[AsyncConnection]:
    async with engine.connect() as connection:
        yield connection


Connected = Annotated[AsyncConnection, Depends(connect)]


def answer(content: bytes, status_code: int = 200) -> Response:
    return Response(content, status_code, media_type="application/json")


@app.get("/todos", response_model=TodoPage)
async def list_todos(
    connection: Connected, limit: Annotated[int, Query(ge=1, le=100)] = 20, offset: Annotated[int, Query(ge=0)] = 0
) -> Any:
    statement = select(*columns).order_by(Todo.created_at.desc(), Todo.id.desc()).limit(limit).offset(offset)
    rows = (await connection.execute(statement)).all()
    total = await connection.scalar(select(func.count()).select_from(Todo)) or 0
    items = [TodoRead.model_construct(**row._mapping) for row in rows]
    return answer(page.dump_json(TodoPage.model_construct(items=items, total=total, limit=limit, offset=offset)))


@app.get("/todos/{todo_id}", response_model=TodoRead)
async def get_todo(connection: Connected, todo_id: uuid.UUID) -> Any:
    row = (await connection.execute(select(*columns).where(Todo.id == todo_id))).one_or_none()
    if row is None:
        raise HTTPException(404)
    return answer(one.dump_json(TodoRead.model_construct(**row._mapping)))


@app.post("/todos", status_code=201, response_model=TodoRead)
async def create_todo(connection: Connected, payload: TodoCreate) -> Any:
    now = datetime.now(UTC)
    values = {"id": uuid.uuid4(), "created_at": now, "updated_at": now, **dict(payload)}
    await connection.execute(insert(Todo).values(**values))
    await connection.commit()
    return answer(one.dump_json(TodoRead.model_construct(**values)), 201)
