"""FastAPI with the async ORM and response models, as its tutorial does it; no accounts."""

import os
import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query
from schema import Todo, TodoCreate, TodoPage, TodoRead
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

sessions = async_sessionmaker(create_async_engine(os.environ["DATABASE_URL"], pool_size=10), expire_on_commit=False)
app = FastAPI()


async def get_session() -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session)]


@app.get("/todos", response_model=TodoPage)
async def list_todos(session: Session, limit: Annotated[int, Query(ge=1, le=100)] = 20, offset: Annotated[int, Query(ge=0)] = 0) -> Any:
    todos = (await session.scalars(select(Todo).order_by(Todo.created_at.desc(), Todo.id.desc()).limit(limit).offset(offset))).all()
    total = await session.scalar(select(func.count()).select_from(Todo))
    return {"items": todos, "total": total, "limit": limit, "offset": offset}


@app.get("/todos/{todo_id}", response_model=TodoRead)
async def get_todo(session: Session, todo_id: uuid.UUID) -> Any:
    todo = await session.get(Todo, todo_id)
    if todo is None:
        raise HTTPException(404)
    return todo


@app.post("/todos", status_code=201, response_model=TodoRead)
async def create_todo(session: Session, payload: TodoCreate) -> Any:
    todo = Todo(**payload.model_dump())
    session.add(todo)
    await session.commit()
    await session.refresh(todo)
    return todo
