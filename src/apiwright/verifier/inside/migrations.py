"""Alembic, in process: up, no drift, down to nothing, up again."""

import asyncio
import importlib
import os
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from .source import described


def run() -> dict[str, Any]:
    """Take the database named by `DATABASE_URL` through its life. Answers what went wrong, and after which steps."""
    command, config = importlib.import_module("alembic.command"), configuration()
    script = importlib.import_module("alembic.script").ScriptDirectory.from_config(config)
    heads = script.get_heads()
    if len(heads) != 1:
        return {"done": [], "problem": f"There are {len(heads)} head revisions; there must be one."}
    steps: list[tuple[str, Callable[[], object]]] = [
        ("upgrade to head", lambda: command.upgrade(config, "head")),
        ("check for drift", lambda: (command.check(config), _same_rules())),
        ("downgrade to base", lambda: command.downgrade(config, "base")),
        ("nothing left over", _nothing_left),
        ("upgrade again", lambda: command.upgrade(config, "head")),
    ]
    done: list[str] = []
    for name, step in steps:
        try:
            step()
        except BaseException as error:
            told = described(error, "migrations.env")
            return {"done": done, "problem": f"{name}: {told['message']}", "path": told["path"], "line": told["line"]}
        done.append(name)
    return {"done": done, "problem": None}


def upgrade() -> None:
    """Bring the database named by `DATABASE_URL` to the newest revision."""
    importlib.import_module("alembic.command").upgrade(configuration(), "head")


def configuration() -> Any:
    """Alembic's configuration of this project; its talk goes to standard error."""
    config = importlib.import_module("alembic.config").Config("alembic.ini", stdout=StringIO(), output_buffer=sys.stderr)
    config.attributes["configure_logger"] = False
    return config


def _same_rules() -> None:
    """Alembic does not look at CHECK constraints: on SQLite, those of the migrated tables must be those that the models would make."""
    url = os.environ["DATABASE_URL"]
    if not url.startswith("sqlite"):
        return
    create_engine = importlib.import_module("sqlalchemy").create_engine
    made = create_engine("sqlite://")
    importlib.import_module("app.models").Base.metadata.create_all(made)
    of_models, of_migrations = _rules(made), _rules(create_engine(f"sqlite:///{url.partition(':///')[2]}"))
    problems = [f"{rule} of the models is in no migration" for rule in sorted(of_models - of_migrations)]
    problems += [f"{rule} of the migrations is not in the models" for rule in sorted(of_migrations - of_models)]
    if problems:
        raise RuntimeError("; ".join(problems))


def _rules(engine: Any) -> set[str]:
    found = importlib.import_module("sqlalchemy").inspect(engine)
    rules = {f"{table}: CHECK {rule['name']}" for table in found.get_table_names() for rule in found.get_check_constraints(table)}
    engine.dispose()
    return rules


def _nothing_left() -> None:
    left = sorted(set(tables()) - {"alembic_version"})
    if left:
        raise RuntimeError(f"tables are still there: {', '.join(left)}")


def tables() -> list[str]:
    """Names of all tables of the database named by `DATABASE_URL`."""
    url = os.environ["DATABASE_URL"]
    if url.startswith("sqlite"):
        sqlite3 = importlib.import_module("sqlite3")
        path = url.partition(":///")[2]
        if not Path(path).exists():
            return []
        connection = sqlite3.connect(path)
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
        connection.close()
        return [row[0] for row in rows]
    return asyncio.run(_postgres_tables(url))


async def _postgres_tables(url: str) -> list[str]:
    connection = await importlib.import_module("asyncpg").connect(url.replace("+asyncpg", ""))
    try:
        rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    finally:
        await connection.close()
    return [row["tablename"] for row in rows]
