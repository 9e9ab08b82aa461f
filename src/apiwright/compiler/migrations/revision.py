"""The file of a revision: what it refuses, how it goes forward, how it goes back."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from apiwright.blueprint import Blueprint
from apiwright.blueprint.changes import Change, DescribeProject, Reorder
from apiwright.blueprint.changes.base import shown
from apiwright.compiler.lowering import lower
from apiwright.compiler.migrations import postgresql, sqlite
from apiwright.compiler.migrations.lineage import Lineage, lineage_of, reversed_lineage
from apiwright.compiler.migrations.origins import Move, moves_between
from apiwright.compiler.migrations.refusals import Question, questions
from apiwright.compiler.migrations.roles import renamed_roles
from apiwright.compiler.migrations.shape import Shape, shape_of
from apiwright.compiler.project_model import ProjectModel
from apiwright.compiler.python_source import Code, docstring, literal
from apiwright.compiler.render import render_file
from apiwright.filetree import GeneratedFile

FOLDER = "migrations/versions"


class Direction(Struct, frozen=True, kw_only=True):
    """One way through a revision. `both` runs on either database; where they part, it is empty."""

    name: Code
    doc: Code
    refusals: tuple[Question, ...]
    both: tuple[Code, ...]
    sqlite: tuple[Code, ...]
    postgresql: tuple[Code, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.refusals or self.both or self.sqlite or self.postgresql)


class RevisionModel(Struct, frozen=True, kw_only=True):
    """What the template prints."""

    title: Code
    sentences: tuple[Code, ...]
    number: Code
    former: Code
    upgrade: Direction
    downgrade: Direction
    refuses: bool
    matches: bool


class Revision(Struct, frozen=True, kw_only=True):
    """A new Alembic revision.

    Attributes:
        number: Its name for Alembic, e.g. `0002`.
        checks: What it refuses to go on with, as clauses.
        fills: What rows get that have no value yet, as clauses.
    """

    file: GeneratedFile
    number: str
    checks: tuple[str, ...]
    fills: tuple[str, ...]


def direction(old: ProjectModel, new: ProjectModel, lineage: Lineage, *, name: Code, doc: Code) -> Direction:
    """From the tables of one project to those of another."""
    moves = moves_between(old, new, lineage)
    before = {table.name: shape_of(table) for table in old.tables}
    arguments = {table.name: table.arguments for table in new.tables}
    roles = tuple(renamed_roles(old, new, lineage))
    asked = questions(moves, old, new, frozenset(lineage.roles.values()))
    on_postgresql = (*postgresql.statements(moves, before, arguments), *roles)
    if _simple(moves, before):
        return Direction(name=name, doc=doc, refusals=asked, both=on_postgresql, sqlite=(), postgresql=())
    on_sqlite = (*sqlite.statements(moves, before, arguments), *roles)
    return Direction(name=name, doc=doc, refusals=asked, both=(), sqlite=on_sqlite, postgresql=on_postgresql)


def _simple(moves: Sequence[Move], before: Mapping[str, Shape]) -> bool:
    """Whether SQLite can do in place what PostgreSQL does."""
    carried = {move.old.name for move in moves if move.old is not None}
    gone = [shape for table, shape in before.items() if table not in carried]
    new = [move.new for move in moves if move.old is None]
    circles = any(rule.later for shape in (*gone, *new) for rule in shape.constraints.values())
    again = {shape.name for shape in gone} & {shape.name for shape in new}
    return not circles and not again and all(move.simple for move in moves if move.changed)


def make_revision(old: Blueprint, new: Blueprint, changes: Sequence[Change], *, number: int, former: str) -> Revision | None:
    """The Alembic revision that takes a database from one blueprint to the next; None when no table changes and no row must be looked at.

    Args:
        old: The blueprint that the database has.
        new: What `apply(old, changes)` makes.
        changes: What was asked for; renames in them keep data, conversions in them are followed.
        number: Of this revision, from 2.
        former: The revision that it follows.

    Raises:
        CompileError: A fault of ours.
    """
    lineage = lineage_of(old, changes)
    before, after = lower(old), lower(new)
    upgrade = direction(before, after, lineage, name=Code("upgrade"), doc=Code("Go forward."))
    if upgrade.empty:
        return None
    downgrade = direction(after, before, reversed_lineage(lineage), name=Code("downgrade"), doc=Code("Go back."))
    told = [change for change in changes if not isinstance(change, DescribeProject | Reorder)]
    name = f"{number:04d}"
    model = RevisionModel(
        title=docstring(_title(told)),
        sentences=tuple(docstring(change.sentence) for change in told),
        number=literal(name),
        former=literal(former),
        upgrade=upgrade,
        downgrade=downgrade,
        refuses=any(not item.pattern for item in (*upgrade.refusals, *downgrade.refusals)),
        matches=any(item.pattern for item in (*upgrade.refusals, *downgrade.refusals)),
    )
    path = f"{FOLDER}/{name}_{_slug(told)}.py"
    return Revision(
        file=render_file("migrations/versions/__revision__.py.jinja", path, {"revision": model}, phase="main"),
        number=name,
        checks=tuple(dict.fromkeys(item.told for item in upgrade.refusals)),
        fills=tuple(_fills(after, before, lineage)),
    )


def _fills(after: ProjectModel, before: ProjectModel, lineage: Lineage) -> Iterator[str]:
    """What rows get that have no value for a column yet."""
    for move in moves_between(before, after, lineage):
        for origin in move.origins if move.old is not None else ():
            if origin.fill is not None:
                yield f"{move.new.name}.{origin.column.name} is {shown(origin.fill['postgresql'])} where rows have none"


class CarriedTable(Struct, frozen=True, kw_only=True):
    """A table that a revision keeps: what it was called, and the columns (before -> after) whose values stay as they are."""

    former: str
    name: str
    same: Mapping[str, str]
    former_entity: str
    entity: str


def carried_tables(old: Blueprint, new: Blueprint, changes: Sequence[Change]) -> tuple[CarriedTable, ...]:
    """Every table that is there before and after, whatever it is called."""
    lineage = lineage_of(old, changes)
    return tuple(
        CarriedTable(
            former=move.old.name,
            name=move.new.name,
            same={origin.former: origin.column.name for origin in move.origins if origin.plain and origin.column.name != "role"},
            former_entity=lineage.entities[move.entity.name] if move.entity else "",
            entity=move.entity.name if move.entity else "",
        )
        for move in moves_between(lower(old), lower(new), lineage)
        if move.old is not None
    )


def _title(changes: Sequence[Change]) -> str:
    sentences = [change.sentence for change in changes]
    return (
        sentences[0] if len(sentences) == 1 else f"{sentences[0][:-1]}, and {len(sentences) - 1} more." if sentences else "Change tables."
    )


def _slug(changes: Sequence[Change]) -> str:
    words = re.findall(r"[a-z0-9]+", changes[0].sentence.lower()) if changes else ["tables"]
    return "_".join(words)[:40].strip("_")
