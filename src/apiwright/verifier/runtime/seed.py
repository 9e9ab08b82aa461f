"""What tools would work out anew in each proof, worked out once.

What mypy knows of the libraries: its cache takes ten seconds to fill, and less than one to use. And what hypothesis knows of Unicode, which
takes it more than half a second of each process.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from apiwright.errors import VerificationUnavailableError
from apiwright.verifier.runtime.cache import made_once, open_to_all
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

_CHARACTERS = """\
import os, sys
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = sys.argv[1]
from hypothesis.internal import charmap
charmap.charmap()
charmap.intervals_from_codec("utf-8")
"""


@dataclass(frozen=True, slots=True)
class Seed:
    """A directory that nobody writes to.

    Attributes:
        root: That directory.
    """

    root: Path

    @property
    def mypy(self) -> Path:
        """A cache that knows the libraries."""
        return self.root / "mypy"

    @property
    def hypothesis(self) -> Path:
        """A storage that knows the characters."""
        return self.root / "hypothesis"


def mypy(tools: Environment, runtime: Environment) -> list[str]:
    """How mypy is started, to look at what runs in `runtime`."""
    return [str(tools.python), "-m", "mypy", "--python-executable", str(runtime.python), "--no-color-output", "--no-error-summary"]


def seed(tools: Environment, runtime: Environment, *, cache: Path) -> Seed:
    """What the tools know of the libraries of `runtime`, and of characters; made on first use, in a sandbox.

    Raises:
        VerificationUnavailableError: The sandbox does not start, or a tool in it.
    """
    key = hashlib.sha256("\0".join([tools.key, runtime.key, _LIBRARIES, _CHARACTERS]).encode()).hexdigest()[:20]
    return Seed(made_once(cache / "seeds" / key, lambda staging: _make(Seed(staging), tools, runtime)))


def _make(made: Seed, tools: Environment, runtime: Environment) -> None:
    made.root.chmod(0o777)
    types = [*mypy(tools, runtime), "--strict", "--cache-dir", str(made.mypy), "libraries.py"]
    characters = [str(tools.python), "-I", "characters.py", str(made.hypothesis)]
    readable = [tools.root, runtime.root, *interpreter_parts()]
    with Sandbox(tools.python, readable=readable, writable=[made.root], limits=Limits()) as sandbox:
        sandbox.write({"libraries.py": _LIBRARIES, "characters.py": _CHARACTERS})
        began = [sandbox.execute(argv, seconds=300, memory=4096 * MIB) for argv in (types, characters)]
        for name, answer, fine in zip(("mypy", "hypothesis"), (job.result() for job in began), ({0, 1}, {0}), strict=True):
            if answer.code not in fine:
                raise VerificationUnavailableError(f"{name} does not start here:\n{answer.output[-2_000:]}")
    open_to_all(made.root)
