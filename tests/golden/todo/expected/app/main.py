"""The application, put together."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.core.config import Settings
from app.core.database import Database
from app.core.errors import install_error_handlers
from app.core.limits import BodyLimitMiddleware
from app.core.logging import RequestLogMiddleware, configure_logging
from app.core.openapi import DocumentedAPI
from app.core.security import AttemptLimiter, Passwords, Tokens
from app.routers import auth, health, tags, todos, users


def create_app(settings: Settings | None = None) -> FastAPI:
    """A new application. Nothing is connected before it starts."""
    settings = settings or Settings()
    configure_logging(settings.log_level)
    app = DocumentedAPI(
        title="Todo List",
        description="Keeps to-dos of its users, sorted by tags.",
        version="1.0.0",
        lifespan=_lifespan,
        generate_unique_id_function=_operation_id,
    )
    app.state.database = Database(settings.database_url, pool_size=settings.database_pool_size)
    app.state.passwords = Passwords(settings)
    app.state.tokens = Tokens(settings)
    app.state.attempts = AttemptLimiter(
        attempts=settings.login_attempts, window_seconds=settings.login_window_seconds
    )
    app.add_middleware(BodyLimitMiddleware, max_bytes=settings.max_body_bytes)
    app.add_middleware(RequestLogMiddleware)
    install_error_handlers(app)
    app.include_router(health.router)
    app.include_router(auth.router)
    app.include_router(users.router)
    app.include_router(tags.router)
    app.include_router(todos.router)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    database: Database = app.state.database
    yield
    await database.close()


def _operation_id(route: APIRoute) -> str:
    return route.name
