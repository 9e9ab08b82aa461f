"""What mypy knows of the libraries, worked out once: its cache takes ten seconds to fill, and less than one to use."""

import hashlib
from pathlib import Path

from apiwright.errors import VerificationUnavailableError
from apiwright.verifier.runtime.cache import made_once
from apiwright.verifier.runtime.environment import Environment
from apiwright.verifier.runtime.interpreter import interpreter_parts
from apiwright.verifier.sandbox import Limits, Sandbox
from apiwright.verifier.sandbox.limits import MIB

_LIBRARIES = """\
import aiosqlite, alembic.command, alembic.config, alembic.context, alembic.op, alembic.script, anyio, anyio.to_thread, email_validator
import fastapi, fastapi.exceptions, fastapi.openapi.utils, fastapi.responses, fastapi.routing, fastapi.security, fastapi.testclient
import httpx, jwt
import pwdlib, pwdlib.exceptions, pwdlib.hashers.argon2, pydantic, pydantic_settings, pytest, sqlalchemy, sqlalchemy.dialects.postgresql
import sqlalchemy.dialects.sqlite, sqlalchemy.engine.interfaces, sqlalchemy.exc, sqlalchemy.ext.asyncio, sqlalchemy.orm, sqlalchemy.pool
import starlette.types, uvicorn
"""


def mypy(tools: Environment, runtime: Environment) -> list[str]:
    """How mypy is started, to look at what runs in `runtime`."""
    return [str(tools.python), "-m", "mypy", "--python-executable", str(runtime.python), "--no-color-output", "--no-error-summary"]


def seed(tools: Environment, runtime: Environment, *, cache: Path) -> Path:
    """A mypy cache that knows the libraries of `runtime`; made on first use, in a sandbox.

    Raises:
        VerificationUnavailableError: The sandbox does not start.
    """
    key = hashlib.sha256("\0".join([tools.key, runtime.key, _LIBRARIES]).encode()).hexdigest()[:20]
    return made_once(cache / "seeds" / key, lambda staging: _make(staging, tools, runtime))


def _make(staging: Path, tools: Environment, runtime: Environment) -> None:
    staging.chmod(0o777)
    argv = [*mypy(tools, runtime), "--strict", "--cache-dir", str(staging), "libraries.py"]
    readable = [tools.root, runtime.root, *interpreter_parts()]
    with Sandbox(tools.python, readable=readable, writable=[staging], limits=Limits()) as sandbox:
        sandbox.write({"libraries.py": _LIBRARIES})
        answer = sandbox.execute(argv, seconds=300, memory=4096 * MIB).result()
    if answer.code not in {0, 1}:
        raise VerificationUnavailableError(f"mypy does not start here:\n{answer.output[-2_000:]}")
    staging.chmod(0o755)
