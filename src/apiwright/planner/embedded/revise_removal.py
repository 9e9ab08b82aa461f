"""What goes with an entity or a relation that is removed: whatever leads to it, or stands on it."""

from apiwright.blueprint import Entity, Relation
from apiwright.blueprint.changes import (
    Change,
    ChangeOwner,
    ChangeUnique,
    RemoveCount,
    RemoveEntity,
    RemovePairAction,
    RemoveRelation,
)
from apiwright.planner.embedded.revise_access import regranted
from apiwright.planner.embedded.revise_scene import Scene, UnclearError


def remove_entity(scene: Scene, name: str) -> None:
    """Remove an entity and whatever leads to it."""
    if scene.blueprint.auth is not None and scene.blueprint.auth.entity == name:
        raise UnclearError(f"{name} holds the accounts; remove authentication first.")
    if len(scene.blueprint.entities) == 1:
        raise UnclearError("It is the only entity; a backend needs one.")
    for entity in scene.blueprint.entities:
        if entity.name == name:
            continue
        pairs = [item for item in entity.pair_actions if item.through == name]
        counts = [item for item in entity.counts if item.source == name]
        scene.make(*(RemovePairAction(entity=entity.name, item=item) for item in pairs))
        scene.make(*(RemoveCount(entity=entity.name, item=item) for item in counts))
        for relation in [item for item in entity.relations if item.target == name]:
            remove_relation(scene, entity.name, relation)
    scene.make(RemoveEntity(entity=name))


def remove_relation(scene: Scene, entity: str, relation: Relation) -> None:
    """Remove a relation and what stands on it."""
    now = scene.entity(entity)
    changes: list[Change] = []
    groups = tuple(group for group in now.unique_together if relation.name not in group)
    if groups != now.unique_together:
        changes.append(ChangeUnique(entity=entity, before=now.unique_together, after=groups))
    if now.owned_via == relation.name:
        changes.append(ChangeOwner(entity=entity, before=relation.name, after=None))
        changes += _ownerless(scene, now)
    for other in scene.blueprint.entities:
        changes += [
            RemoveCount(entity=other.name, item=item) for item in other.counts if (item.source, item.via) == (entity, relation.name)
        ]
        gone = [item for item in other.pair_actions if item.through == entity and relation.name in {item.actor, item.subject}]
        changes += [RemovePairAction(entity=other.name, item=item) for item in gone]
    scene.make(*changes, RemoveRelation(entity=entity, item=relation))


def _ownerless(scene: Scene, entity: Entity) -> list[Change]:
    """Rights of an owner that is no more go to whoever is logged in."""
    return regranted(scene, entity, "owner", "authenticated")
