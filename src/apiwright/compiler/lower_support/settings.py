"""Settings of a generated project; the same as in its `app/core/config.py`."""

from apiwright.compiler.project_model import ProjectModel
from apiwright.compiler.python_source import Code
from apiwright.compiler.support_model import Setting

_COMMON = (
    ("DATABASE_POOL_SIZE", "20", "Connections to the database that one process keeps."),
    ("LOG_LEVEL", "INFO", "`DEBUG`, `INFO`, `WARNING` or `ERROR`."),
    ("MAX_BODY_BYTES", "2000000", "Largest request body."),
)
_AUTH = (
    ("SECRET_KEY", "", "Signs access tokens; at least 32 characters, e.g. of `openssl rand -hex 32`. Must be set in production."),
    ("ACCESS_TOKEN_MINUTES", "15", "How long an access token is good."),
    ("REFRESH_TOKEN_DAYS", "30", "How long a refresh token is good."),
    ("PASSWORD_TIME_COST", "3", "Argon2: passes."),
    ("PASSWORD_MEMORY_KIB", "65536", "Argon2: memory."),
    ("LOGIN_ATTEMPTS", "10", "Failed logins per name and per address before the answer is 429 ..."),
    ("LOGIN_WINDOW_SECONDS", "60", "... within this time."),
)


def settings_of(project: ProjectModel, database: str) -> tuple[Setting, ...]:
    """Every setting, in the order of the README."""
    url = (
        f"postgresql+asyncpg://postgres:postgres@localhost:5432/{database}"
        if project.database == "postgresql"
        else "sqlite+aiosqlite:///./app.db"
    )
    rows = [
        ("ENVIRONMENT", "development", "`development`, `test` or `production`."),
        ("DATABASE_URL", url, "`sqlite+aiosqlite:///./app.db` or `postgresql+asyncpg://user:password@host:5432/name`."),
        *_COMMON,
        *(_AUTH if project.auth else ()),
    ]
    return tuple(
        Setting(
            name=Code(name),
            default=Code(f"`{default}`" if default else "an example"),
            meaning=Code(meaning),
            example=Code(f"{name}={default or 'change-me-this-is-only-an-example-secret'}"),
        )
        for name, default, meaning in rows
    )
