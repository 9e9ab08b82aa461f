"""Where checks work: the environments made, the sandbox started, the project laid out in it."""

import secrets
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from apiwright.kit.places import cache_root
from apiwright.verifier.application import Application
from apiwright.verifier.known import Known
from apiwright.verifier.passed import Passed
from apiwright.verifier.postgres import given_url, postgres
from apiwright.verifier.project import Project, read_project
from apiwright.verifier.protocol import Bench
from apiwright.verifier.report import Level
from apiwright.verifier.runtime import environment
from apiwright.verifier.runtime.interpreter import interpreter_parts
from apiwright.verifier.runtime.seed import seed
from apiwright.verifier.sandbox import Limits, Sandbox

_TOOLS = Path(__file__).with_name("requirements.txt")
_LIBRARIES = (
    "asyncio", "pydantic_core", "pydantic.main", "anyio", "pydantic_settings", "httpx", "starlette.requests", "sqlalchemy.ext.asyncio",
    "fastapi", "fastapi.openapi.utils", "fastapi.testclient", "aiosqlite", "asyncpg", "sqlalchemy.dialects.sqlite.aiosqlite",
    "alembic.command", "alembic.config", "alembic.autogenerate", "uvicorn", "uvicorn.lifespan.on", "uvicorn.protocols.http.auto",
    "uvicorn.loops.auto", "jwt", "pwdlib.hashers.argon2", "python_multipart", "email_validator", "pytest", "_pytest.assertion.rewrite",
    "anyio.pytest_plugin", "anyio._backends._asyncio",
)  # fmt: skip
"""The small ones first: between two imports, what needs no library is started, and what has ended makes room."""
_JOBS = ("source", "types", "migrations", "tests", "boot", "access", "injection", "fuzz", "postgres", "upgrade")
_PRELOADED = (*_LIBRARIES, *(f"inside.{name}" for name in _JOBS))


@contextmanager
def bench_for(  # noqa: PLR0913 - options, keyword-only
    project: Project,
    *,
    level: Level,
    cache: Path | None = None,
    limits: Limits | None = None,
    postgres_url: str | None = None,
    standing_on: Callable[[Project], Mapping[str, str]] | None = None,
    reuse: bool = False,
    former: Path | None = None,
) -> Generator[Bench]:
    """A bench for `project`; everything that was started on it ends with the context. Arguments as in `verify`.

    Raises:
        VerificationUnavailableError: The environments cannot be made, or the sandbox does not start.
    """
    root = cache or cache_root()
    runtime = environment(project.files["requirements-dev.txt"], cache=root)
    tools = environment(_TOOLS.read_text("utf-8"), cache=root)
    libraries = None if level == "quick" else seed(tools, runtime, cache=root)

    def known(of: Project) -> Known:
        return Known(of, cache=root, environments=(runtime.key, tools.key))

    with postgres(postgres_url or given_url(), wanted=level == "deep") as server:
        readable = [runtime.root, tools.root, *([libraries] if libraries else []), *interpreter_parts(), *server.readable]
        with Sandbox(runtime.python, readable=readable, preload=_PRELOADED, limits=limits) as sandbox:
            sandbox.write(project.files)
            settings = _settings()
            yield Bench(
                project=project,
                sandbox=sandbox,
                runtime=runtime,
                tools=tools,
                seed=libraries,
                postgres=server,
                environment=settings,
                application=Application(project, sandbox, settings),
                passed=Passed(lambda: standing_on(project) if standing_on else {}, cache=root, runtime=runtime.key, reuse=reuse),
                known=known(project),
                former=known(read_project(former)) if former else None,
                cache=root,
            )
            sandbox.require_ready()


def _settings() -> dict[str, str]:
    """What the project's code is given: cheap password hashes, a secret of this run, no limit on logins."""
    return {
        "ENVIRONMENT": "test",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "PASSWORD_TIME_COST": "1",
        "PASSWORD_MEMORY_KIB": "64",
        "LOGIN_ATTEMPTS": "1000",
        "LOG_LEVEL": "WARNING",
    }
