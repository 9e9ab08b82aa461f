"""A revision on PostgreSQL, which alters tables in place."""

from collections.abc import Iterator, Mapping, Sequence

from apiwright.compiler.migrations.calls import (
    create_constraint,
    create_table,
    drop_constraint,
    drop_index,
    drop_table,
    execute,
    rename_table,
)
from apiwright.compiler.migrations.origins import Move, Origin, name
from apiwright.compiler.migrations.shape import Constraint, Shape
from apiwright.compiler.migrations.sqlite import linked
from apiwright.compiler.python_source import Code, literal, source

ASIDE = "old_"


class Plan:
    """What happens to each named rule and index: `kept` (old table, old name) -> new name."""

    def __init__(self, moves: Sequence[Move], old: Mapping[str, Shape]) -> None:
        self.moves = [move for move in moves if move.old is not None]
        self.tables = {move.old.name: move.new.name for move in self.moves if move.old is not None}
        self.gone = [table for table in old if table not in self.tables]
        self.aside = [table for table in self.gone if any(move.new.name == table for move in moves)]
        self.kept: dict[tuple[str, str], str] = {}
        for move in self.moves:
            self._keep(move)

    def _keep(self, move: Move) -> None:
        assert move.old is not None  # noqa: S101 - for the type checker
        converted = {origin.former for origin in move.origins if origin.former and not _in_place(move, origin)}
        columns = move.renamed_columns
        gone = {key for key in move.old.columns if key not in columns}
        rules = {_identity(rule, {}, {}): rule.name for rule in move.new.constraints.values()}
        for rule in move.old.constraints.values():
            to = rules.get(_identity(rule, columns, self.tables))
            named = {key for key in move.old.columns if f"'{key}'" in rule.rule} if rule.kind == "check" else set(rule.columns)
            renamed = {key for key in named if columns.get(key) != key} if rule.kind == "check" else set[str]()
            if to is not None and not renamed and not named & gone and not (rule.kind == "check" and named & converted):
                self.kept[move.old.name, rule.name] = to
        indexes = {(index.columns, index.rest): index.name for index in move.new.indexes.values()}
        for index in move.old.indexes.values():
            to = indexes.get((tuple(columns.get(key, "") for key in index.columns), index.rest))
            if to is not None:
                self.kept[move.old.name, index.name] = to


def statements(moves: Sequence[Move], old: Mapping[str, Shape], tables: Mapping[str, tuple[Code, ...]]) -> Iterator[Code]:
    """The statements, in order. `tables` has the arguments of `op.create_table` of each new table."""
    plan = Plan(moves, old)
    yield from _drop_rules(plan, old)
    for table in plan.aside:
        yield rename_table(table, ASIDE + table)
        yield from (
            _rename_rule(ASIDE + table, rule.name, ASIDE + rule.name) for rule in old[table].constraints.values() if rule.kind == "primary"
        )
    yield from _rename_tables(plan)
    for move in plan.moves:
        yield from _rename_columns(move)
    yield from _rename_rules(plan)
    former = {table: ASIDE + table for table in plan.aside} | plan.tables
    for move in moves:
        if move.old is None:
            yield create_table(move.new.name, tables[move.new.name])
            if move.pairs is not None:
                yield execute(linked(_renamed_source(move, plan), move.new.name))
    for move in plan.moves:
        yield from _alter_columns(move, former)
    for move in plan.moves:
        yield from _drop_columns(move)
    yield from (drop_table(ASIDE + table if table in plan.aside else table) for table in reversed(plan.gone))
    yield from _make_rules(moves, plan)


def _in_place(move: Move, origin: Origin) -> bool:
    """Whether values and type stay as they are."""
    return origin.plain and move.old is not None and origin.column.type == move.old.columns[origin.former].type


def _identity(rule: Constraint, columns: Mapping[str, str], tables: Mapping[str, str]) -> tuple[object, ...]:
    target = (tables.get(rule.target[0], rule.target[0]), rule.target[1]) if rule.target else None
    return rule.kind, tuple(columns.get(key, key) for key in rule.columns), target, rule.rule, rule.dialect


def _here(rule: Constraint) -> bool:
    return rule.dialect in {"", "postgresql"}


def _drop_rules(plan: Plan, old: Mapping[str, Shape]) -> Iterator[Code]:
    """Rules and indexes that do not stay, foreign keys first, since they need what they point to."""
    for kind in ("foreignkey", "check", "unique", "primary"):
        for shape in old.values():
            for rule in shape.constraints.values():
                if rule.kind == kind and _here(rule) and _leaves(plan, shape, rule):
                    yield drop_constraint(rule, shape.name)
    for shape in old.values():
        if shape.name not in plan.gone or shape.name in plan.aside:
            yield from (drop_index(index, shape.name) for index in shape.indexes if (shape.name, index) not in plan.kept)


def _leaves(plan: Plan, shape: Shape, rule: Constraint) -> bool:
    if shape.name in plan.gone:  # the table takes its rules along, but for what others would trip over
        return rule.later or (shape.name in plan.aside and rule.kind in {"unique", "foreignkey"})
    return (shape.name, rule.name) not in plan.kept


def _rename_tables(plan: Plan) -> Iterator[Code]:
    """Tables whose new name is still taken by another one wait under a name of their own."""
    renames = [(was, now) for was, now in plan.tables.items() if was != now]
    taken = {was for was, _ in renames}
    waiting = [(was, now) for was, now in renames if now in taken]
    yield from (rename_table(was, f"moved_{was}") for was, _ in waiting)
    yield from (rename_table(was, now) for was, now in renames if (was, now) not in waiting)
    yield from (rename_table(f"moved_{was}", now) for was, now in waiting)


def _rename_columns(move: Move) -> Iterator[Code]:
    assert move.old is not None  # noqa: S101 - for the type checker
    table = move.new.name
    lost = set(move.old.columns) - set(move.renamed_columns)
    taken = {column for column in lost if column in move.new.columns}
    yield from (_rename_column(table, column, ASIDE + column) for column in sorted(taken))
    renames = [(was, now) for was, now in move.renamed_columns.items() if was != now]
    waiting = [(was, now) for was, now in renames if now in {other for other, _ in renames}]
    yield from (_rename_column(table, was, f"moved_{was}") for was, _ in waiting)
    yield from (_rename_column(table, was, now) for was, now in renames if (was, now) not in waiting)
    yield from (_rename_column(table, f"moved_{was}", now) for was, now in waiting)


def _rename_rules(plan: Plan) -> Iterator[Code]:
    """Rules and indexes that stay under another name; where that name is still taken, they wait under a number."""
    renames: list[tuple[str, str, str]] = []
    for move in plan.moves:
        assert move.old is not None  # noqa: S101 - for the type checker
        rules = {rule.name: move.new.name for rule in move.old.constraints.values() if _here(rule)}
        for was, table in (rules | dict.fromkeys(move.old.indexes, "")).items():
            to = plan.kept.get((move.old.name, was), was)
            renames += [(table, was, to)] if to != was else []
    taken = {was for _, was, _ in renames}
    waiting = {item: f"moved_{number}" for number, item in enumerate(renames) if item[2] in taken}
    yield from (_rename_rule(table, was, aside) for (table, was, _), aside in waiting.items())
    yield from (_rename_rule(table, was, to) for table, was, to in renames if (table, was, to) not in waiting)
    yield from (_rename_rule(table, aside, to) for (table, _, to), aside in waiting.items())


def _alter_columns(move: Move, former: Mapping[str, str]) -> Iterator[Code]:
    assert move.old is not None  # noqa: S101 - for the type checker
    table = move.new.name
    for origin in move.origins:
        column = origin.column
        if not origin.former:
            yield _add_column(table, column.name, column.type)
            value = _placed(origin, former).value("postgresql", table)
            if value != "NULL":
                yield execute(f"UPDATE {name(table)} SET {name(column.name)} = {value}")
            if not column.nullable:
                yield _alter(table, column.name, Code("nullable=False"))
            continue
        was = move.old.columns[origin.former]
        moved = _at(origin, column.name)
        if column.type != was.type or not _same_value(moved, column.name):
            using = literal(moved.value("postgresql", table))
            given = Code("") if _same_value(moved, column.name) else source(", postgresql_using=<using>", using=using)
            yield _alter(table, column.name, source("type_=<type><given>", type=column.type, given=given))
        if column.nullable != was.nullable:
            yield _alter(table, column.name, source("nullable=<nullable>", nullable=literal(column.nullable)))


def _at(origin: Origin, column: str) -> Origin:
    """The origin once its column has been renamed."""
    return Origin(column=origin.column, former=column, old=origin.old, new=origin.new, how=origin.how, fill=origin.fill)


def _same_value(origin: Origin, column: str) -> bool:
    return origin.value("postgresql", "") == name(column)


def _placed(origin: Origin, former: Mapping[str, str]) -> Origin:
    """The origin once the table of its links has been put aside or renamed."""
    if origin.links is None:
        return origin
    table, source_column, target = origin.links
    return Origin(column=origin.column, fill=origin.fill, links=(former.get(table, table), source_column, target))


def _renamed_source(move: Move, plan: Plan) -> Move:
    assert move.pairs is not None  # noqa: S101 - for the type checker
    table, key = move.pairs
    holder = next(item for item in plan.moves if item.old is not None and item.old.name == table)
    column = ASIDE + key if key in holder.new.columns and key not in holder.renamed_columns else key
    return Move(new=move.new, old=None, origins=(), pairs=(plan.tables[table], column))


def _drop_columns(move: Move) -> Iterator[Code]:
    assert move.old is not None  # noqa: S101 - for the type checker
    for column in move.old.columns:
        if column not in move.renamed_columns:
            shown = ASIDE + column if column in move.new.columns else column
            yield source("op.drop_column(<table>, <column>)", table=literal(move.new.name), column=literal(shown))


def _make_rules(moves: Sequence[Move], plan: Plan) -> Iterator[Code]:
    kept = {(plan.tables[table], to) for (table, _), to in plan.kept.items()}
    for kind in ("primary", "unique", "check", "foreignkey"):
        for move in moves:
            for rule in move.new.constraints.values():
                missing = rule.later if move.old is None else (move.new.name, rule.name) not in kept
                if rule.kind == kind and missing and _here(rule):
                    yield create_constraint(rule, move.new.name)
    for move in moves:
        for index in move.new.indexes.values():
            if move.old is None or (move.new.name, index.name) not in kept:
                yield index.code


def _add_column(table: str, column: str, kind: Code) -> Code:
    return source("op.add_column(<table>, sa.Column(<column>, <kind>))", table=literal(table), column=literal(column), kind=kind)


def _alter(table: str, column: str, what: Code) -> Code:
    return source("op.alter_column(<table>, <column>, <what>)", table=literal(table), column=literal(column), what=what)


def _rename_column(table: str, column: str, to: str) -> Code:
    return _alter(table, column, source("new_column_name=<to>", to=literal(to)))


def _rename_rule(table: str, rule: str, to: str) -> Code:
    """Rename a constraint of a table, or an index when no table is given."""
    what = f"TABLE {name(table)} RENAME CONSTRAINT {name(rule)}" if table else f"INDEX {name(rule)} RENAME"
    return execute(f"ALTER {what} TO {name(to)}")
