"""Where the elements of a model's blueprint come from: what the draft had, as it had it; else from the model."""

from typing import TypeVar

from apiwright.blueprint import Blueprint, Entity, Origin
from apiwright.blueprint.extensions import Computed, Endpoint, Hook
from apiwright.blueprint.members import Count, Field, PairAction, Relation, Transition
from apiwright.blueprint.model import Auth, Role

Element = TypeVar("Element", Field, Relation, Transition, PairAction, Count, Computed, Hook, Endpoint, Role)
_MEMBERS = ("fields", "relations", "transitions", "pair_actions", "counts", "computed", "hooks", "endpoints")


def with_origins(blueprint: Blueprint, draft: Blueprint | None, model: str) -> Blueprint:
    """The blueprint with the draft's own elements wherever the model left them alone."""
    origin = Origin(kind="convention", text=f"Written by {model}.")
    roles = _all(blueprint.roles, draft.roles if draft else (), origin)
    entities = tuple(_entity(entity, draft.entity(entity.name) if draft else None, origin) for entity in blueprint.entities)
    return blueprint.model_copy(update={"entities": entities, "roles": roles, "auth": _auth(blueprint.auth, draft, origin)})


def _entity(entity: Entity, draft: Entity | None, origin: Origin) -> Entity:
    if entity is draft:
        return entity
    members = {name: _all(getattr(entity, name), getattr(draft, name) if draft else (), origin) for name in _MEMBERS}
    return entity.model_copy(update={**members, "origin": draft.origin if draft else origin})


def _all(items: tuple[Element, ...], drafted: tuple[Element, ...], origin: Origin) -> tuple[Element, ...]:
    before = {item.name: item for item in drafted}
    return tuple(_one(item, before.get(item.name), origin) for item in items)


def _one(item: Element, before: Element | None, origin: Origin) -> Element:
    if before is not None and before.model_copy(update={"origin": item.origin}) == item:
        return before
    return item.model_copy(update={"origin": origin})


def _auth(auth: Auth | None, draft: Blueprint | None, origin: Origin) -> Auth | None:
    before = draft.auth if draft else None
    if auth is None:
        return None
    same = before is not None and before.model_copy(update={"origin": auth.origin}) == auth
    return before if same else auth.model_copy(update={"origin": origin})
