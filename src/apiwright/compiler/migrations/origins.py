"""Where each table of the new project comes from, and what its columns are filled with."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from apiwright.blueprint import Field
from apiwright.blueprint.changes import AddField, AddRelation, AlterField, AlterRelation
from apiwright.blueprint.changes.base import KEEP, Conversion
from apiwright.compiler.migrations.conversion import Unfit, converted, unfit
from apiwright.compiler.migrations.lineage import Lineage
from apiwright.compiler.migrations.shape import Column, Shape, shape_of
from apiwright.compiler.migrations.values import Dialect, backfill, literal_sql, quoted
from apiwright.compiler.project_model import EntityModel, ProjectModel, RelationModel

UNUSABLE_PASSWORD = "!"  # noqa: S105 - no hash begins like that, so that nobody can log in with it
PLAIN_ROLE = "user"


class Origin(Struct, frozen=True, kw_only=True):
    """What one column gets for the rows that are there.

    Attributes:
        column: The column as it is to be.
        former: The column that it comes from; empty for a new one.
        old, new: The field before and after, where the column is a field's; `old` is None for a new one.
        how: What was asked to become of its values.
        fill: What takes the place of an empty value, by database; empty for nothing.
        links: Of a single link that was a list before: the table of pairs, its column for this row and its column for the target.
    """

    column: Column
    former: str = ""
    old: Field | None = None
    new: Field | None = None
    how: Conversion = KEEP
    fill: Mapping[Dialect, str] | None = None
    links: tuple[str, str, str] | None = None

    def value(self, dialect: Dialect, table: str) -> str:
        """The column's value as SQL over a row of `table`, the former one."""
        value = "NULL"
        if self.links is not None:
            pairs, source, target = (name(item) for item in self.links)
            value = f"(SELECT {pairs}.{target} FROM {pairs} WHERE {pairs}.{source} = {name(table)}.{name('id')})"
        elif self.former:
            value = self._converted(dialect)
        if self.fill is None:
            return value
        return self.fill[dialect] if value == "NULL" else f"COALESCE({value}, {self.fill[dialect]})"

    def unfit(self, dialect: Dialect) -> Iterator[Unfit]:
        """What of the stored values the new rules refuse."""
        if self.old is not None and self.new is not None and self.old != self.new:
            yield from unfit(self.old, self.new, self.how, name(self.former), dialect)

    @property
    def plain(self) -> bool:
        """Whether values are carried over as they are."""
        both = ("sqlite", "postgresql")
        return bool(self.former) and self.links is None and all(self.value(dialect, "") == name(self.former) for dialect in both)

    def _converted(self, dialect: Dialect) -> str:
        former = name(self.former)
        if self.old is None or self.new is None or self.old == self.new:
            return former
        value = converted(self.old, self.new, self.how, former, dialect)
        conditions = [condition for _, condition in self.unfit(dialect)] if self.how.unfit == "clear" else []
        return f"CASE WHEN {' OR '.join(conditions)} THEN NULL ELSE {value} END" if conditions else value


class Move(Struct, frozen=True, kw_only=True):
    """One table of the new project, with the table that it was before, if any.

    Attributes:
        entity: The entity whose rows it holds; None for pairs and tokens.
        pairs: For a list of links that was a single link before: the table and the column that have them.
    """

    new: Shape
    old: Shape | None
    origins: tuple[Origin, ...]
    entity: EntityModel | None = None
    pairs: tuple[str, str] | None = None

    @property
    def changed(self) -> bool:
        """Whether the table was there, and is not as it was or keeps its values in another way."""
        return self.old is not None and not (self.old.same(self.new) and all(origin.plain for origin in self.origins))

    @property
    def simple(self) -> bool:
        """Whether columns that may be empty come or go, and indexes, and nothing else: SQLite can do that in place."""
        if self.old is None or self.old.name != self.new.name or self.old.rules != self.new.rules:
            return False
        kept = [origin for origin in self.origins if origin.former]
        new = [origin for origin in self.origins if not origin.former]
        same = all(origin.plain and self.old.columns[origin.former] == origin.column for origin in kept)
        gone = set(self.old.columns) - {origin.former for origin in kept}
        again = gone & {origin.column.name for origin in new}
        return same and not again and all(origin.column.nullable and origin.fill is None and origin.links is None for origin in new)

    @property
    def renamed_columns(self) -> dict[str, str]:
        """Former name -> name, of the columns that are carried over, whether or not it differs."""
        return {origin.former: origin.column.name for origin in self.origins if origin.former}


def name(identifier: str) -> str:
    """A name in SQL. Those of the blueprint are letters, digits and `_`; some are words of SQL."""
    return f'"{identifier}"'


def moves_between(old: ProjectModel, new: ProjectModel, lineage: Lineage) -> tuple[Move, ...]:
    """Every table of the new project, in the order in which they can be made."""
    before = {table.name: shape_of(table) for table in old.tables}
    moves = {move.new.name: move for move in _moves(old, new, lineage, before)}
    return tuple(moves[table.name] for table in new.tables)


def _moves(old: ProjectModel, new: ProjectModel, lineage: Lineage, before: Mapping[str, Shape]) -> Iterator[Move]:
    after = {table.name: shape_of(table) for table in new.tables}
    known: set[str] = set()
    for entity in new.entities:
        was = lineage.entities.get(entity.name)
        former = old.entity(was) if was is not None else None
        known.add(entity.table)
        yield _entity(after[entity.table], before[former.table] if former else None, entity, former, lineage)
        for relation in entity.relations:
            if relation.many:
                known.add(relation.link_table)
                yield _pairs(after[relation.link_table], before, relation, former, lineage.members.get((entity.name, relation.name)))
    same = old.auth is not None and new.auth is not None and lineage.entities.get(new.auth.entity.name) == old.auth.entity.name
    for table, shape in after.items():
        if table not in known:
            yield Move(new=shape, old=before.get(table) if same else None, origins=_carried(shape, before.get(table) if same else None))


def _carried(new: Shape, old: Shape | None) -> tuple[Origin, ...]:
    """Columns that have the same name before and after."""
    return tuple(Origin(column=column, former=key if old and key in old.columns else "") for key, column in new.columns.items())


def _entity(new: Shape, old: Shape | None, entity: EntityModel, former: EntityModel | None, lineage: Lineage) -> Move:
    fields = {field.name: field.field for field in entity.fields}
    relations = {relation.key: relation for relation in entity.relations if not relation.many}
    origins: list[Origin] = []
    for key, column in new.columns.items():
        if old is None or former is None:
            origins.append(Origin(column=column))
        elif key in fields:
            origins.append(_field(column, entity.name, fields[key], former, lineage))
        elif key in relations:
            origins.append(_link(column, entity.name, relations[key], former, lineage))
        elif key in old.columns:
            origins.append(Origin(column=column, former=key))
        else:
            fill = quoted({"hashed_password": UNUSABLE_PASSWORD, "role": PLAIN_ROLE}.get(key, ""))
            origins.append(Origin(column=column, fill={"sqlite": fill, "postgresql": fill}))
    return Move(new=new, old=old, origins=tuple(origins), entity=entity)


def _field(column: Column, entity: str, field: Field, former: EntityModel, lineage: Lineage) -> Origin:
    was = lineage.members.get((entity, field.name))
    old = next((item.field for item in former.fields if item.name == was), None)
    said = lineage.fields.get((entity, field.name))
    if old is None:
        asked = said.fill if isinstance(said, AddField) else said.conversion.fill if isinstance(said, AlterField) else None
        return Origin(column=column, new=field, fill=_fill(field, backfill(field, asked)))
    how = said.conversion if isinstance(said, AlterField) else KEEP
    fill = how.fill if how.fill is not None else field.default if old.default is None and not old.required else None
    return Origin(column=column, former=old.name, old=old, new=field, how=how, fill=_fill(field, fill))


def _link(column: Column, entity: str, relation: RelationModel, former: EntityModel, lineage: Lineage) -> Origin:
    was = lineage.members.get((entity, relation.name))
    old = next((item for item in former.relations if item.name == was), None)
    said = lineage.links.get((entity, relation.name))
    asked = said.fill if isinstance(said, AddRelation | AlterRelation) else None
    fill = None
    if asked is not None:
        field = Field(name="id", type="uuid")
        fill = _fill(field, str(asked))
    if old is None:
        return Origin(column=column, fill=fill)
    if old.many:
        return Origin(column=column, fill=fill, links=(old.link_table, old.source_column, old.target_column))
    return Origin(column=column, former=old.key, fill=fill)


def _pairs(new: Shape, before: Mapping[str, Shape], relation: RelationModel, former: EntityModel | None, was: str | None) -> Move:
    old = next((item for item in former.relations if item.name == was), None) if former else None
    if former is None or old is None:
        return Move(new=new, old=None, origins=_carried(new, None))
    if not old.many:
        return Move(new=new, old=None, origins=_carried(new, None), pairs=(former.table, old.key))
    shape = before[old.link_table]
    ends = {relation.source_column: old.source_column, relation.target_column: old.target_column}
    origins = tuple(Origin(column=column, former=ends.get(key, key)) for key, column in new.columns.items())
    return Move(new=new, old=shape, origins=origins)


def _fill(field: Field, value: object) -> Mapping[Dialect, str] | None:
    if value is None:
        return None
    return {dialect: literal_sql(field, value, dialect) for dialect in ("sqlite", "postgresql")}  # pyright: ignore[reportArgumentType]
