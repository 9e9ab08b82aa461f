"""Alembic calls as Python source."""

import re
from collections.abc import Iterable, Iterator

from apiwright.compiler.migrations.shape import Constraint, Shape
from apiwright.compiler.python_source import Code, join, literal, source

_CLAUSES = re.compile(r" (?=(?:SELECT|FROM|WHERE|SET|ELSE|GROUP BY) )")
_LONG = 80


def statement(sql: str) -> Code:
    """SQL as a literal, a clause to the line where it is long. A colon in it is escaped, for it would name a parameter."""
    parts = _CLAUSES.split(sql.replace(":", "\\:")) if len(sql) > _LONG else [sql.replace(":", "\\:")]
    return join([literal(f"{part} ") for part in parts[:-1]] + [literal(parts[-1])], " ")


def execute(sql: str) -> Code:
    """Run SQL."""
    return source("op.execute(<sql>)", sql=statement(sql))


def create_table(table: str, arguments: Iterable[Code]) -> Code:
    """Make a table."""
    return source("op.create_table(<parts>)", parts=join([literal(table), *arguments]))


def drop_table(table: str) -> Code:
    """Drop a table, its indexes included."""
    return source("op.drop_table(<table>)", table=literal(table))


def rename_table(table: str, to: str) -> Code:
    """Give a table another name."""
    return source("op.rename_table(<table>, <to>)", table=literal(table), to=literal(to))


def create_indexes(shape: Shape) -> Iterator[Code]:
    """Make every index of a table."""
    yield from (index.code for index in shape.indexes.values())


def drop_index(index: str, table: str) -> Code:
    """Drop an index."""
    return source("op.drop_index(op.f(<index>), table_name=<table>)", index=literal(index), table=literal(table))


def drop_constraint(constraint: Constraint, table: str) -> Code:
    """Drop a named rule."""
    parts = {"name": literal(constraint.name), "table": literal(table), "kind": literal(constraint.kind)}
    return source("op.drop_constraint(op.f(<name>), <table>, type_=<kind>)", **parts)


def create_constraint(constraint: Constraint, table: str) -> Code:
    """Make a named rule on a table that is there."""
    parts = {"name": literal(constraint.name), "table": literal(table), "columns": literal(list(constraint.columns))}
    match constraint.kind:
        case "unique":
            return source("op.create_unique_constraint(op.f(<name>), <table>, <columns>)", **parts)
        case "primary":
            return source("op.create_primary_key(op.f(<name>), <table>, <columns>)", **parts)
        case "check":
            return source("op.create_check_constraint(op.f(<name>), <table>, <rule>)", **parts, rule=Code(constraint.rule))
        case _:
            target, columns = constraint.target or ("", ())
            call = "op.create_foreign_key(op.f(<name>), <table>, <target>, <columns>, <keys>, ondelete=<rule>)"
            return source(call, **parts, target=literal(target), keys=literal(list(columns)), rule=literal(constraint.rule or None))
