"""Members of an entity in the order in which its classes have them."""

from collections.abc import Iterator

from msgspec import Struct

from apiwright.blueprint import Blueprint, Entity
from apiwright.compiler.lowering.checks import Check
from apiwright.compiler.lowering.context import Context
from apiwright.compiler.lowering.fields import LoweredField, filter_of
from apiwright.compiler.lowering.relations import LoweredRelation
from apiwright.compiler.project_model import ColumnModel, FieldModel, Filter, LinkRef, RelationModel
from apiwright.compiler.python_source import Code, join, literal, source


class LoweredEntity(Struct, frozen=True):
    """An entity's columns and relations, before what needs those of other entities."""

    entity: Entity
    fields: tuple[LoweredField, ...]
    relations: tuple[LoweredRelation, ...]
    checks: tuple[tuple[str, bool, Check], ...]
    unique_groups: tuple[tuple[str, bool, tuple[str, ...]], ...]


def account_columns(blueprint: Blueprint) -> Iterator[ColumnModel]:
    """Columns of an account that no blueprint lists."""
    yield ColumnModel(
        attribute=Code("hashed_password"), mapped=Code("Mapped[str]"), column=Code("mapped_column(String(255))"), read=Code("")
    )
    if blueprint.roles:
        column_code = Code('mapped_column(String(32), default="user")')
        yield ColumnModel(attribute=Code("role"), mapped=Code("Mapped[str]"), column=column_code, read=Code(": str"))


def columns_of(fields: tuple[FieldModel, ...], relations: tuple[RelationModel, ...]) -> Iterator[ColumnModel]:
    """The columns of the model, but those of `Row`."""
    for item in (*fields, *(relation for relation in relations if not relation.many)):
        yield ColumnModel(attribute=item.attribute, mapped=item.mapped, column=item.column, read=item.read)


def owner_path(entity: Entity, chain: tuple[str, ...], every: dict[str, LoweredEntity]) -> Iterator[RelationModel]:
    """The relations that lead from a row to its owner's account."""
    current = entity.name
    for name in chain:
        relation = next(item.model for item in every[current].relations if item.model.name == name)
        yield relation
        current = relation.target.name


def table_arguments(lowered: LoweredEntity) -> Iterator[Code]:
    """What `__table_args__` holds."""
    for name, usual, columns in lowered.unique_groups:
        named = Code("") if usual else source(", name=<name>", name=literal(name))
        yield source("UniqueConstraint(<columns><named>)", columns=join([literal(item) for item in columns]), named=named)
    for item in (*lowered.fields, *lowered.relations):
        if item.index is not None and item.index.table_argument is not None:
            yield item.index.table_argument
    for name, usual, check in lowered.checks:
        condition = source(check.condition, p=Code(""), **check.parts)
        told = literal(check.suffix) if usual else source("conv(<name>)", name=literal(name))
        yield source("CheckConstraint(<c>, name=<n>)<d>", c=condition, n=told, d=dialect_of(check))


def dialect_of(check: Check) -> Code:
    """The call that limits a check to one database; empty when it is for all."""
    return source(".ddl_if(dialect=<name>)", name=literal(check.dialect)) if check.dialect else Code("")


def list_filters(fields: tuple[FieldModel, ...], relations: tuple[RelationModel, ...]) -> Iterator[Filter]:
    """Every query parameter that filters."""
    yield filter_of("id", "in", Code("UUID"))
    for item in (*fields, *relations):
        yield from item.filters
    for name in ("created_at", "updated_at"):
        for operator in ("gt", "gte", "lt", "lte"):
            yield filter_of(name, operator, Code("Moment"))


def shown_columns(fields: tuple[FieldModel, ...], relations: tuple[RelationModel, ...], extra: tuple[ColumnModel, ...]) -> Iterator[str]:
    """Names of the columns that answers show."""
    yield "id"
    yield from (item.name for item in fields if item.readable)
    yield from (item.key for item in relations if not item.many)
    yield from (str(item.attribute) for item in extra if item.read)
    yield "created_at"
    yield "updated_at"


def sort_choices(lowered: LoweredEntity) -> Code:
    """The keys that a list is sorted by, as literals."""
    names = [item.model.name for item in lowered.fields if item.model.readable and item.model.field.type != "json"]
    return join([literal(sign + name) for name in ("id", *names, "created_at", "updated_at") for sign in ("", "-")])


def imported_links(context: Context, entity: Entity, links: dict[str, RelationModel]) -> Iterator[LinkRef]:
    """The pair tables that the repository refers to."""
    wanted = [f"{entity.name}.{relation.name}" for relation in entity.relations]
    wanted += [f"{count.source}.{count.via}" for count in entity.counts]
    for key in dict.fromkeys(wanted):
        if key in links:
            yield LinkRef(module=context.names[key.partition(".")[0]].module, variable=links[key].link_variable)
