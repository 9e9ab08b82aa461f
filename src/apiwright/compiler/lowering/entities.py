"""Blueprint entity -> EntityModel, and what the first migration needs of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from apiwright.blueprint import Blueprint, Entity
from apiwright.compiler.lowering.access import exempt_roles, guard_of, owner_chain, role_set, seen_by_all
from apiwright.compiler.lowering.actions import Functions, Subject, alias_of, count_of, operations_of, pair_action_of, transition_of
from apiwright.compiler.lowering.fields import Check, LoweredField, filter_of
from apiwright.compiler.lowering.naming import ConstraintNames, EntityNames, attribute, column, entity_named
from apiwright.compiler.lowering.relations import LoweredRelation, reference
from apiwright.compiler.project_model import (
    ColumnModel,
    CountModel,
    EntityModel,
    EntityRef,
    Filter,
    LinkRef,
    OperationModel,
    RelationModel,
    Target,
)
from apiwright.compiler.python_source import Code, docstring, identifier, join, literal, source
from apiwright.kit.casing import sentence


@dataclass(frozen=True, slots=True)
class LoweredEntity:
    """An entity's columns and relations, before what needs those of other entities."""

    entity: Entity
    fields: tuple[LoweredField, ...]
    relations: tuple[LoweredRelation, ...]
    checks: tuple[tuple[str, bool, Check], ...]
    unique_groups: tuple[tuple[str, bool, tuple[str, ...]], ...]


def complete(
    blueprint: Blueprint,
    lowered: LoweredEntity,
    *,
    every: dict[str, LoweredEntity],
    names: dict[str, EntityNames],
    functions: Functions,
    restricted: bool,
) -> EntityModel:
    """Resolve the rest of an entity: routes, filters, ownership, counts."""
    entity, own = lowered.entity, names[lowered.entity.name]
    account = blueprint.auth is not None and blueprint.auth.entity == entity.name
    chain = owner_chain(blueprint, entity)
    fields = tuple(item.model for item in lowered.fields)
    relations = tuple(item.model for item in lowered.relations)
    read_guard = guard_of(blueprint, entity.access.read)
    targets = tuple(_targets(blueprint, entity, relations, names))
    direct = len(chain) == 1
    subject = Subject(
        blueprint=blueprint,
        entity=entity,
        names=names,
        functions=functions,
        read_guard=read_guard,
        conflicts=_conflicts(lowered) or account,
        restricted=restricted,
        reaches=any(target.reach for target in targets),
        direct=direct,
    )
    operations = operations_of(subject)
    by_name = {item.name: item for item in fields}
    transitions = tuple(item for item in (transition_of(subject, one, by_name) for one in entity.transitions) if item)
    pair_actions = tuple(item for item in (pair_action_of(subject, one) for one in entity.pair_actions) if item)
    links = {f"{name}.{item.model.name}": item.model for name, other in every.items() for item in other.relations if item.model.many}
    counts = tuple(count_of(blueprint, entity, count, names, links) for count in entity.counts)
    kinds = {item.kind for item in operations}
    extra = tuple(_account_columns(blueprint)) if account else ()
    writable = tuple(item for item in (*fields, *relations) if item.writable)
    columns = tuple(_columns(fields, relations)) + extra
    read_members = (*(item for item in fields if item.readable), *relations, *counts, *(item for item in extra if item.read))
    admin = account and any(role.name == "admin" for role in blueprint.roles)
    registers = account and blueprint.auth is not None and blueprint.auth.registration
    return EntityModel(
        name=entity.name,
        ref=reference(own, entity.name),
        model=own.model,
        create_schema=own.schema("Create"),
        update_schema=own.schema("Update"),
        read_schema=own.schema("Read"),
        query_schema=own.schema("Query"),
        page_schema=own.schema("Page"),
        repository=own.schema("Repository"),
        module=own.module,
        router_module=own.router_module,
        table=own.table,
        table_literal=literal(own.table),
        path=own.path,
        path_literal=literal(own.path),
        parameter=identifier(f"{own.module.rstrip('_')}_id"),
        variable=own.variable,
        collection=own.collection,
        label=own.label,
        labels=own.labels,
        doc=docstring(entity.description or f"A {sentence(entity.name)}."),
        description=entity.description,
        account=account,
        owned=bool(chain) or account,
        owner_path=tuple(_owner_path(entity, chain, every)),
        direct=direct,
        fields=fields,
        relations=relations,
        operations=operations,
        transitions=transitions,
        pair_actions=pair_actions,
        counts=counts,
        unique_together=entity.unique_together,
        read_guard=read_guard,
        open_reading=seen_by_all(read_guard) and any(item.hidden == 403 for item in (*operations, *transitions)),
        scoped=_scoped(operations) or any(item.guard.scoped for item in transitions) or any(item.arguments for item in pair_actions),
        owned_by=owned_by(blueprint, entity, names, own.table_variable, Code("account_id")) if chain or account else Code(""),
        routed=bool(operations or transitions or pair_actions or admin),
        listed="list" in kinds,
        created="create" in kinds or registers,
        updated="update" in kinds,
        enums=tuple(item for item in fields if item.enum),
        links=tuple(item for item in relations if item.many),
        targets=targets,
        columns=columns,
        table_arguments=tuple(_table_arguments(lowered)),
        table_variable=own.table_variable,
        create_members=tuple(sorted(writable, key=lambda item: 0 if item.needed else 1)),
        update_members=writable,
        read_members=read_members,
        filters=tuple(_list_filters(fields, relations)),
        searched=tuple(column(own.table_variable, item.name) for item in fields if item.searched) if "list" in kinds else (),
        shown_columns=tuple(column(own.table_variable, name) for name in _shown(fields, relations, extra)),
        sort_alias=own.schema("Sort"),
        sort_choices=_sort_choices(lowered),
        imported_models=tuple(_imported_models(blueprint, entity, names, targets, counts, chain)),
        imported_links=tuple(_imported_links(entity, names, links)),
        aliases=tuple(
            source("<name> = <table>.alias()", name=alias_of(count), table=own.table_variable)
            for count in entity.counts
            if count.source == entity.name and f"{entity.name}.{count.via}" not in links
        ),
        label_literal=literal(own.label),
        labels_literal=literal(own.labels),
        row_path=literal(f"/{{{own.module.rstrip('_')}_id}}"),
        role_path=literal(f"/{{{own.module.rstrip('_')}_id}}/role"),
        owner_literal=literal(f"{chain[0]}_id") if direct else Code(""),
    )


def owned_by(blueprint: Blueprint, entity: Entity, names: dict[str, EntityNames], table: Code, account: Code) -> Code:
    """The condition on rows of `table` that belong to `account`, as an expression."""
    if blueprint.auth is not None and blueprint.auth.entity == entity.name:
        return source("<id> == <account>", id=column(table, "id"), account=account)
    relation = entity.relation(entity.owned_via or "")
    if relation is None or blueprint.auth is None:
        return Code("")
    key = column(table, f"{relation.name}_id")
    if relation.target == blueprint.auth.entity:
        return source("<key> == <account>", key=key, account=account)
    parent = source("table_of(<model>)", model=names[relation.target].model)
    condition = owned_by(blueprint, entity_named(blueprint, relation.target), names, parent, account)
    return source("<key>.in_(select(<id>).where(<condition>))", key=key, id=column(parent, "id"), condition=condition)


def _scoped(operations: tuple[OperationModel, ...]) -> bool:
    return any(item.guard.scoped and item.kind != "create" for item in operations)


def _targets(
    blueprint: Blueprint, entity: Entity, relations: tuple[RelationModel, ...], names: dict[str, EntityNames]
) -> Iterator[Target]:
    for relation in relations:
        if not relation.writable:
            continue
        target = entity_named(blueprint, relation.target.name)
        exempt = exempt_roles(blueprint, entity, relation.relation)
        if exempt is None:
            yield Target(relation=relation, reach_function=Code(""), reach=Code(""), exempt=Code(""))
            continue
        parent = source("table_of(<model>)", model=relation.target.model)
        yield Target(
            relation=relation,
            reach_function=identifier(f"_{relation.key}_in_reach"),
            reach=owned_by(blueprint, target, names, parent, Code("caller.id")),
            exempt=role_set(exempt),
        )


def _conflicts(lowered: LoweredEntity) -> bool:
    return bool(lowered.relations or lowered.unique_groups) or any(item.model.field.unique for item in lowered.fields)


def _account_columns(blueprint: Blueprint) -> Iterator[ColumnModel]:
    yield ColumnModel(
        attribute=Code("hashed_password"), mapped=Code("Mapped[str]"), column=Code("mapped_column(String(255))"), read=Code("")
    )
    if blueprint.roles:
        column_code = Code('mapped_column(String(32), default="user")')
        yield ColumnModel(attribute=Code("role"), mapped=Code("Mapped[str]"), column=column_code, read=Code(": str"))


def _columns(fields: tuple[object, ...], relations: tuple[RelationModel, ...]) -> Iterator[ColumnModel]:
    for item in (*fields, *(relation for relation in relations if not relation.many)):
        yield ColumnModel(attribute=item.attribute, mapped=item.mapped, column=item.column, read=item.read)  # pyright: ignore


def _owner_path(entity: Entity, chain: tuple[str, ...], every: dict[str, LoweredEntity]) -> Iterator[RelationModel]:
    current = entity.name
    for name in chain:
        relation = next(item.model for item in every[current].relations if item.model.name == name)
        yield relation
        current = relation.target.name


def _table_arguments(lowered: LoweredEntity) -> Iterator[Code]:
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


def _list_filters(fields: tuple[object, ...], relations: tuple[RelationModel, ...]) -> Iterator[Filter]:
    yield filter_of("id", "in", Code("UUID"))
    for item in (*fields, *relations):
        yield from item.filters  # pyright: ignore
    for name in ("created_at", "updated_at"):
        for operator in ("gt", "gte", "lt", "lte"):
            yield filter_of(name, operator, Code("Moment"))


def _shown(fields: tuple[object, ...], relations: tuple[RelationModel, ...], extra: tuple[ColumnModel, ...]) -> Iterator[str]:
    yield "id"
    yield from (item.name for item in fields if item.readable)  # pyright: ignore
    yield from (item.key for item in relations if not item.many)
    yield from (str(item.attribute) for item in extra if item.read)
    yield "created_at"
    yield "updated_at"


def _sort_choices(lowered: LoweredEntity) -> Code:
    names = [item.model.name for item in lowered.fields if item.model.readable and item.model.field.type != "json"]
    return join([literal(sign + name) for name in ("id", *names, "created_at", "updated_at") for sign in ("", "-")])


def _imported_models(
    blueprint: Blueprint,
    entity: Entity,
    names: dict[str, EntityNames],
    targets: tuple[Target, ...],
    counts: tuple[CountModel, ...],
    chain: tuple[str, ...],
) -> Iterator[EntityRef]:
    """Other entities whose models the repository may refer to; imports that turn out unused are dropped when it is rendered."""
    seen = {entity.name}
    wanted = [target.relation.target.name for target in targets] + [count.source.name for count in counts]
    wanted += [action.through for action in entity.pair_actions]
    for start in (entity.name, *wanted):
        current = entity_named(blueprint, start)
        for name in owner_chain(blueprint, current):
            relation = current.relation(name)
            if relation is not None:
                wanted.append(relation.target)
                current = entity_named(blueprint, relation.target)
    del chain
    for name in wanted:
        if name not in seen:
            seen.add(name)
            yield reference(names[name], name)


def _imported_links(entity: Entity, names: dict[str, EntityNames], links: dict[str, RelationModel]) -> Iterator[LinkRef]:
    wanted = [f"{entity.name}.{relation.name}" for relation in entity.relations]
    wanted += [f"{count.source}.{count.via}" for count in entity.counts]
    for key in dict.fromkeys(wanted):
        if key in links:
            yield LinkRef(module=names[key.partition(".")[0]].module, variable=links[key].link_variable)


def attribute_of(name: str) -> Code:
    """The attribute of a payload member; see `naming.attribute`."""
    return attribute(name)
