"""The ORM twin with accounts: a JWT is checked and its user loaded on each request, as the well-known templates do it."""

import os
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import jwt
from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel
from schema import Todo, TodoCreate, TodoPage, TodoRead, User
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

SECRET = "a secret of at least thirty-two bytes for the benchmark"
sessions = async_sessionmaker(create_async_engine(os.environ["DATABASE_URL"], pool_size=10), expire_on_commit=False)
app = FastAPI()
bearer = OAuth2PasswordBearer(tokenUrl="/auth/login")


async def get_session() -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session)]


async def get_user(session: Session, token: Annotated[str, Depends(bearer)]) -> User:
    try:
        subject = uuid.UUID(jwt.decode(token, SECRET, algorithms=["HS256"])["sub"])
    except (jwt.InvalidTokenError, ValueError) as error:
        raise HTTPException(401) from error
    user = await session.get(User, subject)
    if user is None or not user.is_active:
        raise HTTPException(401)
    return user


CurrentUser = Annotated[User, Depends(get_user)]


class Registration(BaseModel):
    email: str
    password: str


@app.post("/auth/register", status_code=201)
async def register(session: Session, payload: Registration) -> dict[str, str]:
    """Answers with a token at once; passwords are not what is measured here."""
    user = User(email=payload.email, hashed_password="")
    session.add(user)
    await session.commit()
    claims = {"sub": str(user.id), "exp": datetime.now(UTC) + timedelta(hours=1)}
    return {"access_token": jwt.encode(claims, SECRET, algorithm="HS256")}


@app.get("/todos", response_model=TodoPage)
async def list_todos(
    session: Session, user: CurrentUser, limit: Annotated[int, Query(ge=1, le=100)] = 20, offset: Annotated[int, Query(ge=0)] = 0
) -> Any:
    own = select(Todo).where(Todo.owner_id == user.id)
    todos = (await session.scalars(own.order_by(Todo.created_at.desc(), Todo.id.desc()).limit(limit).offset(offset))).all()
    total = await session.scalar(select(func.count()).select_from(own.subquery()))
    return {"items": todos, "total": total, "limit": limit, "offset": offset}


@app.get("/todos/{todo_id}", response_model=TodoRead)
async def get_todo(session: Session, user: CurrentUser, todo_id: uuid.UUID) -> Any:
    todo = await session.get(Todo, todo_id)
    if todo is None or todo.owner_id != user.id:
        raise HTTPException(404)
    return todo


@app.post("/todos", status_code=201, response_model=TodoRead)
async def create_todo(session: Session, user: CurrentUser, payload: TodoCreate) -> Any:
    todo = Todo(**payload.model_dump(), owner_id=user.id)
    session.add(todo)
    await session.commit()
    await session.refresh(todo)
    return todo
