"""A new name in a blueprint, with everything that refers to the old one."""

from typing import Any, TypeVar

from pydantic import BaseModel

from apiwright.blueprint.base import OPERATIONS, Grant
from apiwright.blueprint.model import Auth, Blueprint, Entity

Some = TypeVar("Some", bound=BaseModel)


def rename_entity(blueprint: Blueprint, name: str, to: str) -> Blueprint:
    """Rename an entity; relations, pair actions, counts and auth follow."""

    def follow(found: str) -> str:
        return to if found == name else found

    def within(entity: Entity) -> Entity:
        return _with(
            entity,
            name=follow(entity.name),
            relations=tuple(_with(item, target=follow(item.target)) for item in entity.relations),
            pair_actions=tuple(_with(item, through=follow(item.through)) for item in entity.pair_actions),
            counts=tuple(_with(item, source=follow(item.source)) for item in entity.counts),
        )

    auth = _with(blueprint.auth, entity=follow(blueprint.auth.entity)) if blueprint.auth else None
    return _with(blueprint, entities=tuple(within(item) for item in blueprint.entities), auth=auth)


def rename_field(blueprint: Blueprint, entity: str, name: str, to: str) -> Blueprint:
    """Rename a field; transitions, unique groups and the login follow."""

    def follow(found: Any) -> Any:
        return to if found == name else found

    def within(item: Entity) -> Entity:
        return _with(
            item,
            fields=tuple(_with(field, name=follow(field.name)) for field in item.fields),
            transitions=tuple(_with(move, field=follow(move.field), stamp=follow(move.stamp)) for move in item.transitions),
            unique_together=tuple(tuple(follow(member) for member in group) for group in item.unique_together),
        )

    auth: Auth | None = blueprint.auth
    if auth is not None and auth.entity == entity:
        auth = _with(auth, login=follow(auth.login))
    return _with(_on(blueprint, entity, within), auth=auth)


def rename_relation(blueprint: Blueprint, entity: str, name: str, to: str) -> Blueprint:
    """Rename a relation; ownership, unique groups, pair actions and counts follow."""

    def follow(found: Any) -> Any:
        return to if found == name else found

    def within(item: Entity) -> Entity:
        return _with(
            item,
            relations=tuple(_with(relation, name=follow(relation.name)) for relation in item.relations),
            owned_via=follow(item.owned_via),
            unique_together=tuple(tuple(follow(member) for member in group) for group in item.unique_together),
        )

    def elsewhere(item: Entity) -> Entity:
        pairs = (
            _with(pair, actor=follow(pair.actor), subject=follow(pair.subject)) if pair.through == entity else pair
            for pair in item.pair_actions
        )
        counts = (_with(count, via=follow(count.via)) if count.source == entity else count for count in item.counts)
        return _with(item, pair_actions=tuple(pairs), counts=tuple(counts))

    renamed = _on(blueprint, entity, within)
    return _with(renamed, entities=tuple(elsewhere(item) for item in renamed.entities))


def rename_extension(blueprint: Blueprint, entity: str, members: str, name: str, to: str) -> Blueprint:
    """Rename a computed field, a hook or an endpoint; nothing else refers to it."""

    def within(item: Entity) -> Entity:
        renamed = (_with(one, name=to) if one.name == name else one for one in getattr(item, members))
        return _with(item, **{members: tuple(renamed)})

    return _on(blueprint, entity, within)


def rename_role(blueprint: Blueprint, name: str, to: str) -> Blueprint:
    """Rename a role; every grant follows."""

    def follow(grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
        return tuple(f"role:{to}" if grant == f"role:{name}" else grant for grant in grants)

    def within(item: Entity) -> Entity:
        return _with(
            item,
            access=_with(item.access, **{operation: follow(item.access.of(operation)) for operation in OPERATIONS}),
            transitions=tuple(_with(move, access=follow(move.access)) for move in item.transitions),
            pair_actions=tuple(_with(pair, access=follow(pair.access)) for pair in item.pair_actions),
            endpoints=tuple(_with(endpoint, access=follow(endpoint.access)) for endpoint in item.endpoints),
        )

    roles = tuple(_with(role, name=to) if role.name == name else role for role in blueprint.roles)
    return _with(blueprint, roles=roles, entities=tuple(within(item) for item in blueprint.entities))


def _on(blueprint: Blueprint, entity: str, update: Any) -> Blueprint:
    return _with(blueprint, entities=tuple(update(item) if item.name == entity else item for item in blueprint.entities))


def _with(model: Some, **values: object) -> Some:
    return model.model_copy(update=values)
