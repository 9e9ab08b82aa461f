"""The tables of the first migration, in an order in which they can be made."""

from collections.abc import Sequence

from apiwright.blueprint import Blueprint, Entity
from apiwright.compiler.lowering.context import Context
from apiwright.compiler.lowering.members import LoweredEntity, dialect_of
from apiwright.compiler.lowering.naming import EntityNames
from apiwright.compiler.project_model import TableModel
from apiwright.compiler.python_source import Code, join, literal, source


def creation_order(blueprint: Blueprint) -> tuple[tuple[str, ...], frozenset[tuple[str, str]]]:
    """Entities in an order in which their tables can be made, and the (entity, relation) whose keys must be added afterwards."""
    waiting = {entity.name: entity for entity in blueprint.entities}
    placed: list[str] = []
    later: set[tuple[str, str]] = set()
    while waiting:
        ready = next((name for name, entity in waiting.items() if not _unplaced(entity, placed)), None)
        name = ready or next(iter(waiting))
        later |= {(name, relation) for relation in _unplaced(waiting.pop(name), placed)}
        placed.append(name)
    return tuple(placed), frozenset(later)


def _unplaced(entity: Entity, placed: list[str]) -> list[str]:
    known = {*placed, entity.name}
    return [item.name for item in entity.relations if item.kind != "many_to_many" and item.target not in known]


def tables_of(context: Context, order: Sequence[str], lowered: dict[str, LoweredEntity]) -> tuple[TableModel, ...]:
    """Every table: those of entities, then pairs of ids, then refresh tokens."""
    tables = [_entity_table(context, lowered[name]) for name in order]
    links = (item.pairs for name in order for item in lowered[name].relations)
    tables += [_table(item.name, item.arguments, (item.index,)) for item in links if item is not None]
    if context.blueprint.auth is not None:
        tables.append(_token_table(context.names[context.blueprint.auth.entity]))
    return tuple(tables)


def _table(
    name: str, arguments: Sequence[Code], indexes: Sequence[Code], later: Sequence[Code] = (), dropped: Sequence[Code] = ()
) -> TableModel:
    return TableModel(
        name=name, literal=literal(name), arguments=tuple(arguments), indexes=tuple(indexes), later=tuple(later), dropped=tuple(dropped)
    )


def _entity_table(context: Context, lowered: LoweredEntity) -> TableModel:
    names = context.names[lowered.entity.name]
    arguments = [Code('sa.Column("id", sa.Uuid(), nullable=False)')]
    arguments += [item.migration for item in lowered.fields]
    arguments += [item.migration for item in lowered.relations if item.migration is not None]
    if context.is_account(lowered.entity.name):
        arguments.append(Code('sa.Column("hashed_password", sa.String(255), nullable=False)'))
        if context.blueprint.roles:
            arguments.append(Code('sa.Column("role", sa.String(32), nullable=False)'))
    arguments += [
        source("sa.Column(<name>, sa.DateTime(timezone=True), nullable=False)", name=literal(name)) for name in ("created_at", "updated_at")
    ]
    arguments.append(source('sa.PrimaryKeyConstraint("id", name=op.f(<name>))', name=literal(f"pk_{names.table}")))
    added: list[Code] = []
    dropped: list[Code] = []
    for item in lowered.relations:
        if item.foreign_key is None:
            continue
        circular = (lowered.entity.name, item.model.name) in context.later
        arguments.append(Code(f'{item.foreign_key.inline}.ddl_if(dialect="sqlite")') if circular else item.foreign_key.inline)
        if circular:
            added.append(item.foreign_key.later)
            dropped.append(item.foreign_key.drop)
    indexes = [item.index for item in (*lowered.fields, *lowered.relations) if item.index is not None]
    arguments += [item.migration for item in indexes if item.unique]
    for name, _, columns in lowered.unique_groups:
        told = join([literal(item) for item in columns])
        arguments.append(source("sa.UniqueConstraint(<columns>, name=op.f(<name>))", columns=told, name=literal(name)))
    for name, _, check in lowered.checks:
        condition = source(check.condition, p=Code("sa."), **check.parts)
        arguments.append(source("sa.CheckConstraint(<c>, name=op.f(<n>))<d>", c=condition, n=literal(name), d=dialect_of(check)))
    return _table(names.table, arguments, [item.migration for item in indexes if not item.unique], added, dropped)


def _token_table(account: EntityNames) -> TableModel:
    arguments = [
        Code('sa.Column("id", sa.Uuid(), nullable=False)'),
        Code('sa.Column("account_id", sa.Uuid(), nullable=False)'),
        Code('sa.Column("family_id", sa.Uuid(), nullable=False)'),
        Code('sa.Column("fingerprint", sa.String(64), nullable=False)'),
        Code('sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False)'),
        Code('sa.Column("used_at", sa.DateTime(timezone=True))'),
        Code('sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_tokens"))'),
        source(
            'sa.ForeignKeyConstraint(["account_id"], [<key>], name=op.f("fk_refresh_tokens_account_id"), ondelete="CASCADE")',
            key=literal(f"{account.table}.id"),
        ),
        Code('sa.UniqueConstraint("fingerprint", name=op.f("uq_refresh_tokens_fingerprint"))'),
    ]
    indexes = [
        Code(f'op.create_index(op.f("ix_refresh_tokens_{column}"), "refresh_tokens", ["{column}"])')
        for column in ("account_id", "family_id")
    ]
    return _table("refresh_tokens", arguments, indexes)
