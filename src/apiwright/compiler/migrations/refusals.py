"""What rows must fulfil before a revision alters anything, as queries that count the rows which do not."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from apiwright.compiler.migrations.calls import statement
from apiwright.compiler.migrations.origins import Move, Origin, name
from apiwright.compiler.migrations.values import Dialect
from apiwright.compiler.project_model import ProjectModel
from apiwright.compiler.python_source import Code, literal

BOTH: tuple[Dialect, Dialect] = ("sqlite", "postgresql")


class Refusal(Struct, frozen=True, kw_only=True):
    """Rows that stand in the way.

    Attributes:
        reason: A clause such as `the title of todos has more than 20 characters`.
        sqlite, postgresql: The query that counts them; for a pattern, the one that lists the values.
        pattern: A regular expression that each value must match as a whole; empty when counting is enough.
    """

    reason: str
    sqlite: str
    postgresql: str
    pattern: str = ""


class Question(Struct, frozen=True, kw_only=True):
    """A refusal as the template prints it, and as it is `told` to people.

    Attributes:
        sqlite: Empty where one query does for both databases.
        pattern: Empty where counting is enough.
    """

    told: str
    reason: Code
    query: Code
    sqlite: Code
    pattern: Code


def questions(moves: Sequence[Move], old: ProjectModel, new: ProjectModel, kept_roles: frozenset[str]) -> tuple[Question, ...]:
    """Everything to look for before anything is altered."""
    found = dict.fromkeys((*refusals(moves), *roles_gone(old, new, kept_roles)))
    return tuple(
        Question(
            told=item.reason,
            reason=literal(item.reason),
            query=statement(item.postgresql),
            sqlite=statement(item.sqlite) if item.sqlite != item.postgresql else Code(""),
            pattern=literal(item.pattern) if item.pattern else Code(""),
        )
        for item in found
    )


def refusals(moves: Sequence[Move]) -> Iterator[Refusal]:
    """Everything to look for, in the order of tables and columns."""
    for move in moves:
        if move.old is None:
            continue
        for origin in move.origins:
            yield from _column(move, origin, move.old.name)
        yield from _unique(move, move.old.name)


def roles_gone(old: ProjectModel, new: ProjectModel, kept: frozenset[str]) -> Iterator[Refusal]:
    """Accounts whose role is no longer there."""
    if old.auth is None or new.auth is None or not old.auth.roles or not new.auth.roles:
        return
    gone = [role for role in old.auth.roles if role not in kept and role != "user"]
    if gone:
        listed = ", ".join(f"'{role}'" for role in gone)
        yield _counted(f"accounts still have a role that goes ({listed})", old.auth.entity.table, f"{name('role')} IN ({listed})")


def _column(move: Move, origin: Origin, table: str) -> Iterator[Refusal]:
    key, former = origin.column.name, origin.former
    if origin.links is not None:
        pairs, source, _ = origin.links
        query = f"SELECT count(*) FROM (SELECT 1 FROM {name(pairs)} GROUP BY {name(source)} HAVING count(*) > 1) AS several"
        yield Refusal(reason=f"rows of {table} have more than one of {pairs}", sqlite=query, postgresql=query)
    if not origin.column.nullable and origin.fill is None:
        yield from _missing(move, origin, table)
    if origin.how.unfit == "refuse":
        pairs_of = zip(origin.unfit("sqlite"), origin.unfit("postgresql"), strict=False)
        for (words, sqlite), (_, postgresql) in pairs_of if _same_length(origin) else ():
            reason = f"{key} of {table} {words}"
            yield Refusal(reason=reason, sqlite=_count(table, sqlite), postgresql=_count(table, postgresql))
        if not _same_length(origin):
            yield from _apart(origin, table)
    old, new = origin.old, origin.new
    if new is not None and old is not None and new.pattern is not None and new.pattern != old.pattern and new.type != "secret":
        query = f"SELECT DISTINCT {name(former)} FROM {name(table)} WHERE {name(former)} IS NOT NULL"
        reason = f"{key} of {table} does not match the new pattern"
        yield Refusal(reason=reason, sqlite=query, postgresql=query, pattern=new.pattern)


def _same_length(origin: Origin) -> bool:
    return [words for words, _ in origin.unfit("sqlite")] == [words for words, _ in origin.unfit("postgresql")]


def _apart(origin: Origin, table: str) -> Iterator[Refusal]:
    """Where the databases must look for different things, each looks for nothing in the other's place."""
    for dialect in BOTH:
        for words, condition in origin.unfit(dialect):
            none = "SELECT 0"
            query = _count(table, condition)
            yield Refusal(
                reason=f"{origin.column.name} of {table} {words}",
                sqlite=query if dialect == "sqlite" else none,
                postgresql=query if dialect == "postgresql" else none,
            )


def _missing(move: Move, origin: Origin, table: str) -> Iterator[Refusal]:
    key = origin.column.name
    if origin.former and move.old is not None:
        if move.old.columns[origin.former].nullable:
            yield _counted(f"rows of {table} have no {key}", table, f"{name(origin.former)} IS NULL")
    elif origin.links is not None:
        query = f"{origin.value('postgresql', table)} IS NULL"
        yield _counted(f"rows of {table} have no {key}", table, query)
    else:
        yield _counted(f"rows of {table} are there, and nothing tells their {key}", table, "1 = 1")


def _unique(move: Move, table: str) -> Iterator[Refusal]:
    if move.old is None:
        return
    forward = move.renamed_columns
    before = {frozenset(forward.get(key, "") for key in rule.columns) for rule in move.old.constraints.values() if rule.kind == "unique"}
    origins = {origin.column.name: origin for origin in move.origins}
    for rule in move.new.constraints.values():
        if rule.kind != "unique":
            continue
        touched = [origins[key] for key in rule.columns]
        if frozenset(rule.columns) in before and all(origin.plain for origin in touched):
            continue
        queries: dict[Dialect, str] = {}
        for dialect in BOTH:
            values = [origin.value(dialect, table) for origin in touched]
            groups = ", ".join(str(place) for place in range(1, len(values) + 1))
            listed = ", ".join(f"{value} AS v{place}" for place, value in enumerate(values, start=1))
            present = " AND ".join(f"v{place} IS NOT NULL" for place in range(1, len(values) + 1))
            names = ", ".join(f"v{place}" for place in range(1, len(values) + 1))
            inner = f"SELECT {names} FROM (SELECT {listed} FROM {name(table)}) AS found"
            queries[dialect] = f"SELECT count(*) FROM ({inner} WHERE {present} GROUP BY {groups} HAVING count(*) > 1) AS twice"
        reason = f"{' and '.join(rule.columns)} would be the same in several rows of {table}"
        yield Refusal(reason=reason, sqlite=queries["sqlite"], postgresql=queries["postgresql"])


def _counted(reason: str, table: str, condition: str) -> Refusal:
    query = _count(table, condition)
    return Refusal(reason=reason, sqlite=query, postgresql=query)


def _count(table: str, condition: str) -> str:
    return f"SELECT count(*) FROM {name(table)} WHERE {condition}"
