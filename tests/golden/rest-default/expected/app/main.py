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
from app.routers import health, items


def create_app(settings: Settings | None = None) -> FastAPI:
    """A new application. Nothing is connected before it starts."""
    settings = settings or Settings()
    configure_logging(settings.log_level)
    app = DocumentedAPI(
        title="Rest Api",
        description="",
        version="1.0.0",
        lifespan=_lifespan,
        generate_unique_id_function=_operation_id,
    )
    app.state.database = Database(settings.database_url, pool_size=settings.database_pool_size)
    app.add_middleware(BodyLimitMiddleware, max_bytes=settings.max_body_bytes)
    app.add_middleware(RequestLogMiddleware)
    install_error_handlers(app)
    app.include_router(health.router)
    app.include_router(items.router)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    database: Database = app.state.database
    yield
    await database.close()


def _operation_id(route: APIRoute) -> str:
    return route.name
