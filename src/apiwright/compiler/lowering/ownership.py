"""Whose a row is, and which rows a caller may point to, as SQL conditions."""

from collections.abc import Iterator

from apiwright.blueprint import Entity
from apiwright.compiler.lowering.access import exempt_roles, owner_chain, role_set
from apiwright.compiler.lowering.context import Context
from apiwright.compiler.lowering.naming import column, entity_named
from apiwright.compiler.lowering.relations import reference
from apiwright.compiler.project_model import CountModel, EntityRef, RelationModel, Target
from apiwright.compiler.python_source import Code, identifier, source


def owned_by(context: Context, entity: Entity, table: Code, account: Code) -> Code:
    """The condition on rows of `table` that belong to `account`, as an expression; empty when nobody owns them."""
    if context.is_account(entity.name):
        return source("<id> == <account>", id=column(table, "id"), account=account)
    relation = entity.relation(entity.owned_via or "")
    if relation is None:
        return Code("")
    key = column(table, f"{relation.name}_id")
    if context.is_account(relation.target):
        return source("<key> == <account>", key=key, account=account)
    parent = source("table_of(<model>)", model=context.names[relation.target].model)
    condition = owned_by(context, entity_named(context.blueprint, relation.target), parent, account)
    return source("<key>.in_(select(<id>).where(<condition>))", key=key, id=column(parent, "id"), condition=condition)


def targets_of(context: Context, entity: Entity, relations: tuple[RelationModel, ...]) -> Iterator[Target]:
    """The links that a write looks up."""
    for relation in relations:
        if not relation.writable:
            continue
        target = entity_named(context.blueprint, relation.target.name)
        exempt = exempt_roles(context.blueprint, entity, relation.relation)
        if exempt is None:
            yield Target(relation=relation, reach_function=Code(""), reach=Code(""), exempt=Code(""))
            continue
        parent = source("table_of(<model>)", model=relation.target.model)
        yield Target(
            relation=relation,
            reach_function=identifier(f"_{relation.key}_in_reach"),
            reach=owned_by(context, target, parent, Code("caller.id")),
            exempt=role_set(exempt),
        )


def imported_models(context: Context, entity: Entity, targets: tuple[Target, ...], counts: tuple[CountModel, ...]) -> Iterator[EntityRef]:
    """Other entities whose models the repository may refer to; imports that turn out unused are dropped when it is rendered."""
    wanted = [target.relation.target.name for target in targets] + [count.source.name for count in counts]
    wanted += [action.through for action in entity.pair_actions]
    for start in (entity.name, *wanted):
        current = entity_named(context.blueprint, start)
        for name in owner_chain(context.blueprint, current):
            relation = current.relation(name)
            if relation is not None:
                wanted.append(relation.target)
                current = entity_named(context.blueprint, relation.target)
    for name in dict.fromkeys(wanted):
        if name != entity.name:
            yield reference(context.names[name], name)
