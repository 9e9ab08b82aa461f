"""What the project requires: with bounds for its `pyproject.toml`, and pinned."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from apiwright.compiler.python_source import Code

# Names and extras as `scripts/refresh-pins` resolves them; the lower bound is what the templates were proven with.
_DIRECT = {
    "base": ("aiosqlite", "alembic", "asyncpg", "fastapi", "httptools", "pydantic", "pydantic-settings", "sqlalchemy[asyncio]", "uvicorn", "uvloop"),
    "email": ("email-validator",),
    "auth": ("pwdlib[argon2]", "pyjwt", "python-multipart"),
    "dev": ("httpx", "mypy", "pytest", "ruff"),
}  # fmt: skip


def pinned(groups: Sequence[str]) -> tuple[Code, ...]:
    """Every pin of these groups, sorted."""
    return tuple(Code(line) for line in sorted(line for group in groups for line in _pins(group)))


def bounded(groups: Sequence[str]) -> tuple[Code, ...]:
    """What is required directly, from the pinned version up to the next major one, in double quotes."""
    return tuple(_bounded(requirement, group) for group in groups for requirement in _DIRECT[group])


def _bounded(requirement: str, group: str) -> Code:
    name = requirement.partition("[")[0]
    pin = next(line for line in _pins(group) if line.startswith(f"{name}=="))
    version, _, marker = pin.removeprefix(f"{name}==").partition(" ; ")
    major, minor = (int(part) for part in version.split(".")[:2])
    below = f"{major + 1}" if major else f"0.{minor + 1}"
    return Code(f'"{requirement}>={version},<{below}{f"; {marker}" if marker else ""}"')


@cache
def _pins(group: str) -> tuple[str, ...]:
    text = files("apiwright.compiler").joinpath("pins", f"{group}.txt").read_text("utf-8")
    return tuple(text.splitlines())
