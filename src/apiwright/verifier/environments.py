"""What proofs run in: the project's environment, that of the tools, and what mypy knows of the libraries."""

from dataclasses import dataclass
from pathlib import Path

from apiwright.verifier.report import Level
from apiwright.verifier.runtime import environment
from apiwright.verifier.runtime.environment import Environment, is_made
from apiwright.verifier.runtime.interpreter import interpreter_parts
from apiwright.verifier.runtime.seed import Seed, seed

_TOOLS = Path(__file__).with_name("requirements.txt")
_LIBRARIES = (
    "asyncio", "pydantic_core", "pydantic.main", "anyio", "pydantic_settings", "httpx", "starlette.requests", "sqlalchemy",
    "sqlalchemy.ext.asyncio", "fastapi", "fastapi.openapi.utils", "fastapi.testclient", "pydantic.v1", "aiosqlite",
    "sqlalchemy.dialects.sqlite.aiosqlite", "alembic.command", "alembic.config", "alembic.autogenerate", "uvicorn", "uvicorn.lifespan.on",
    "uvicorn.protocols.http.auto", "uvicorn.loops.auto", "jwt", "pwdlib.hashers.argon2", "python_multipart", "email_validator", "pytest",
    "_pytest.assertion.rewrite", "anyio.pytest_plugin", "anyio._backends._asyncio",
)  # fmt: skip
"""The small ones first: between two imports, what needs no library is started, and what has ended makes room."""
_JOBS = ("application", "source", "types", "migrations", "tests", "boot", "access", "injection", "fuzz", "postgres", "upgrade")
PRELOADED = (*_LIBRARIES, *(f"inside.{name}" for name in _JOBS))
"""Modules that a sandbox imports before the first call is run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environments:
    """`seed` is what the tools know already; None below the levels that run them."""

    runtime: Environment
    tools: Environment
    seed: Seed | None

    @property
    def readable(self) -> tuple[Path, ...]:
        """What a sandbox may read of it."""
        return (self.runtime.root, self.tools.root, *([self.seed.root] if self.seed else []), *interpreter_parts())


def environments(requirements: str, *, level: Level, cache: Path) -> Environments:
    """Those of a level for projects with these requirements (text of `requirements-dev.txt`), made where they are not there yet.

    Raises:
        VerificationUnavailableError: They cannot be made.
    """
    runtime = environment(requirements, cache=cache)
    tools = environment(_TOOLS.read_text("utf-8"), cache=cache)
    return Environments(runtime=runtime, tools=tools, seed=None if level == "quick" else seed(tools, runtime, cache=cache))


def are_made(requirements: str, *, cache: Path) -> bool:
    """Whether nothing of it would have to be made first, but for the seed, which takes seconds."""
    return is_made(requirements, cache=cache) and is_made(_TOOLS.read_text("utf-8"), cache=cache)
