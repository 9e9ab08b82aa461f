"""The application: everything that answers HTTP."""

from collections.abc import AsyncGenerator, MutableMapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware

from apiwright import __version__
from apiwright.api.auth import endpoints as auth
from apiwright.api.context import Context
from apiwright.api.generations import edits, files, revisions, streaming
from apiwright.api.generations import endpoints as generations
from apiwright.api.health import endpoints as health
from apiwright.api.limiting import RequestLimits
from apiwright.api.metrics import Metrics
from apiwright.api.middleware import Surroundings
from apiwright.api.models import endpoints as models
from apiwright.api.openapi import document
from apiwright.api.page import add_page
from apiwright.api.problems import install
from apiwright.api.projects import endpoints as projects
from apiwright.api.security import AccessTokens, Passwords
from apiwright.api.tails import Tails
from apiwright.bootstrap.service import Service

BODY_LIMIT = 5 * 1024 * 1024


def create_app(service: Service) -> FastAPI:
    """The application over a service that has been started. A process that only works answers for its health alone."""
    context = Context(
        service=service,
        limits=RequestLimits(service.database),
        tokens=AccessTokens(service.secret, timedelta(minutes=service.settings.access_token_minutes)),
        passwords=Passwords(),
        metrics=Metrics(),
        tails=Tails(service.database, service.changes),
    )
    app = FastAPI(
        title="Apiwright",
        version=__version__,
        summary="Describe a backend in plain words and get a complete FastAPI project that has been booted, migrated and tested.",
        lifespan=_lifespan,
        generate_unique_id_function=_operation_id,
        redirect_slashes=False,
        telemetry={"auto_configure": service.settings.telemetry, "exclude": _is_probe},
    )
    app.state.context = context
    install(app)
    app.include_router(health.router)
    app.include_router(health.router, prefix="/api", include_in_schema=False)
    if service.settings.role != "worker":
        api = APIRouter(prefix="/api", max_body_size=BODY_LIMIT)
        for part in (auth, generations, revisions, edits, streaming, files, projects, models):
            api.include_router(part.router)
        app.include_router(api)
        add_page(app)
    app.openapi = document(app)
    if service.settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(service.settings.cors_origins),
            allow_methods=["*"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "X-Request-Id"],
            expose_headers=["Location", "Retry-After", "X-Request-Id", "Idempotent-Replayed"],
        )
    app.add_middleware(Surroundings, metrics=context.metrics, body_limit=BODY_LIMIT)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    context: Context = app.state.context
    context.tails.start()
    yield
    await context.tails.stop()


def _is_probe(scope: MutableMapping[str, Any]) -> bool:
    return str(scope["path"]).endswith(("/health/live", "/health/ready", "/metrics"))


def _operation_id(route: APIRoute) -> str:
    return f"{route.tags[0]}-{route.name}" if route.tags else route.name
