"""A revision on SQLite, which alters next to nothing: a table is made anew beside the old one, filled from it, and takes its place."""

from collections.abc import Iterator, Mapping, Sequence

from apiwright.compiler.migrations.calls import create_indexes, create_table, drop_table, execute, rename_table
from apiwright.compiler.migrations.origins import Move, name
from apiwright.compiler.migrations.shape import Shape
from apiwright.compiler.python_source import Code

PREFIX = "new_"


def statements(moves: Sequence[Move], old: Mapping[str, Shape], inline: Mapping[str, tuple[Code, ...]]) -> Iterator[Code]:
    """The statements, in order.

    Args:
        moves: Every table of the new project.
        old: Every table of the old one, by name.
        inline: Arguments of `op.create_table` by name of the table, circles of foreign keys included.
    """
    rebuilt = [move for move in moves if move.changed]
    for move in moves:
        if move.old is None:
            yield create_table(_free(move.new.name, old), inline[move.new.name])
            if move.pairs is not None:
                yield _linked(move, _free(move.new.name, old))
    for move in rebuilt:
        yield create_table(PREFIX + move.new.name, inline[move.new.name])
        yield _filled(move)
    kept = {move.old.name for move in moves if move.old is not None and not move.changed}
    for table in old:
        if table not in kept:
            yield drop_table(table)
    for move in moves:
        made = PREFIX + move.new.name if move in rebuilt else _free(move.new.name, old) if move.old is None else move.new.name
        if made != move.new.name:
            yield rename_table(made, move.new.name)
        if move.old is None or move.changed:
            yield from create_indexes(move.new)


def _free(table: str, old: Mapping[str, Shape]) -> str:
    """The name under which a new table is made: its own, unless an old one still has it."""
    return PREFIX + table if table in old else table


def _filled(move: Move) -> Code:
    assert move.old is not None  # noqa: S101 - for the type checker
    table = move.old.name
    columns = ", ".join(name(origin.column.name) for origin in move.origins)
    values = ", ".join(origin.value("sqlite", table) for origin in move.origins)
    return execute(f"INSERT INTO {name(PREFIX + move.new.name)} ({columns}) SELECT {values} FROM {name(table)}")


def _linked(move: Move, table: str) -> Code:
    return execute(linked(move, table))


def linked(move: Move, table: str) -> str:
    """Pairs out of single links."""
    assert move.pairs is not None  # noqa: S101 - for the type checker
    source, key = move.pairs
    columns = ", ".join(name(column) for column in move.new.columns)
    return f"INSERT INTO {name(table)} ({columns}) SELECT {name('id')}, {name(key)} FROM {name(source)} WHERE {name(key)} IS NOT NULL"
