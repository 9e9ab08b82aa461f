"""Runs revisions on real databases, within the environment of a generated project: `python schema_driver.py < cases.json`.

A case has the texts of three Alembic modules: `base` (the first migration of the old blueprint), `revision` (from it to the new one) and
`fresh` (the first migration of the new blueprint). The answer is a list of differences per case: between the upgraded and the fresh
database, and between the downgraded and the old one. Rows are put in before (`rows`: statements) and looked at afterwards (`queries`).
"""

import asyncio
import json
import sys
import types

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import MetaData, create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


def run(connection, source, direction):
    """Execute `upgrade` or `downgrade` of a module on a connection."""
    context = MigrationContext.configure(connection, opts={"target_metadata": MetaData(naming_convention=NAMING)})
    module = types.ModuleType("revision")
    exec(compile(source, "revision.py", "exec"), module.__dict__)
    with Operations.context(context):
        getattr(module, direction)()


def wipe(connection):
    """Drop everything."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        return
    for (table,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")).all():
        connection.exec_driver_sql(f'DROP TABLE "{table}"')


def schema(connection):
    """Everything that the database knows of its tables, as sorted text."""
    if connection.dialect.name == "postgresql":
        columns = (
            "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid) "
            "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
            "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped"
        )
        rules = (
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace AND contype <> 'n'"
        )
        indexes = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        return sorted(repr(tuple(row)) for query in (columns, rules, indexes) for row in connection.execute(text(query)).all())
    found = []
    for kind, name, table, sql in connection.execute(
        text("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    ).all():
        if kind == "table":
            found += [repr((name, item)) for item in parts(sql[sql.index("(") + 1 : sql.rindex(")")])]
        else:
            found.append(repr((kind, name, table, sql)))
    return sorted(found)


def parts(body):
    """What stands between the commas of a CREATE TABLE, blanks evened out."""
    items, depth, quote, start = [], 0, "", 0
    for place, letter in enumerate(body):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "," and depth == 0:
            items.append(body[start:place])
            start = place + 1
    return sorted(" ".join(item.replace('"', "").split()) for item in [*items, body[start:]])


def difference(one, other):
    return [f"- {item}" for item in one if item not in other] + [f"+ {item}" for item in other if item not in one]


def one(connection, case):
    wipe(connection)
    run(connection, case["fresh"], "upgrade")
    fresh = schema(connection)
    wipe(connection)
    run(connection, case["base"], "upgrade")
    base = schema(connection)
    for statement in case.get("rows", []):
        connection.execute(text(statement))
    answer = {"error": None}
    try:
        if case["revision"]:
            run(connection, case["revision"], "upgrade")
        answer["upgraded"] = difference(fresh, schema(connection))
        answer["found"] = [[list(row) for row in connection.execute(text(query)).all()] for query in case.get("queries", [])]
        if case["revision"]:
            run(connection, case["revision"], "downgrade")
        answer["downgraded"] = difference(base, schema(connection))
        answer["back"] = [[list(row) for row in connection.execute(text(query)).all()] for query in case.get("back", [])]
    except Exception as error:
        answer["error"] = f"{type(error).__name__}: {error}"
        answer["unchanged"] = "nothing was changed" in answer["error"] and not difference(base, schema(connection))
    return answer


async def on_postgresql(url, cases):
    engine = create_async_engine(url)
    answers = []
    for case in cases:
        async with engine.connect() as connection:
            answers.append(await connection.run_sync(one, case))
            await connection.rollback()
    await engine.dispose()
    return answers


def on_sqlite(cases):
    """With the driver that aiosqlite hands everything to, in half the time."""
    engine = create_engine("sqlite://")
    answers = []
    for case in cases:
        with engine.connect() as connection:
            answers.append(one(connection, case))
            connection.rollback()
    return answers


def main():
    work = json.load(sys.stdin)
    url, cases = work["url"], work["cases"]
    json.dump(on_sqlite(cases) if url == "sqlite" else asyncio.run(on_postgresql(url, cases)), sys.stdout, default=str)


if __name__ == "__main__":
    main()
