"""Version 2 is version 1 plus what was asked for: nothing that was there goes away."""

from apiwright.blueprint import Blueprint, validate
from apiwright.blueprint.model import Entity
from apiwright.diagnostics import errors_in
from apiwright.errors import BlueprintError


def grown(parent: Blueprint, asked: Blueprint) -> Blueprint:
    """The parent with the entities, members and roles of `asked` that it lacks; where both have one, the parent's stands.

    Raises:
        BlueprintError: The two do not go together.
    """
    added = {entity.name: entity for entity in asked.entities}
    entities = [_grown_entity(entity, added.pop(entity.name, None)) for entity in parent.entities]
    roles = {role.name: role for role in asked.roles} | {role.name: role for role in parent.roles}
    both = parent.model_copy(
        update={
            "entities": (*entities, *added.values()),
            "roles": tuple(roles.values()),
            "auth": parent.auth or asked.auth,
            "assumptions": tuple(dict.fromkeys((*parent.assumptions, *asked.assumptions))),
        }
    )
    problems = errors_in(validate(both))
    if problems:
        raise BlueprintError(problems)
    return both


def _grown_entity(entity: Entity, asked: Entity | None) -> Entity:
    if asked is None:
        return entity
    taken = {item.name for item in (*entity.fields, *entity.relations, *entity.counts, *entity.transitions, *entity.pair_actions)}
    extra = {
        kind: tuple(item for item in getattr(asked, kind) if item.name not in taken)
        for kind in ("fields", "relations", "counts", "transitions", "pair_actions")
    }
    return entity.model_copy(update={kind: (*getattr(entity, kind), *items) for kind, items in extra.items()})
