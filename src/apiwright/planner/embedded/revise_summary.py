"""The changes of a request, summed up: what is added and then shaped further by the same request is added as it ends up."""

from collections.abc import Sequence

from apiwright.blueprint import Blueprint
from apiwright.blueprint.changes import AddEntity, AddField, AlterField, Change, apply
from apiwright.blueprint.changes.base import KEEP
from apiwright.errors import BlueprintError


def summed_up(blueprint: Blueprint, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The same blueprint by fewer changes, where that is possible."""
    after = apply(blueprint, changes)
    shorter = _fields(_entities(changes, after), after)
    try:
        same = apply(blueprint, shorter) == after
    except BlueprintError:
        same = False
    return tuple(shorter) if same else tuple(changes)


def _entities(changes: Sequence[Change], after: Blueprint) -> list[Change]:
    """What is done to an entity that is new is part of adding it."""
    new = {change.entity.name for change in changes if isinstance(change, AddEntity)}
    kept: list[Change] = []
    for change in changes:
        if isinstance(change, AddEntity) and (entity := after.entity(change.entity.name)) is not None:
            kept.append(AddEntity(entity=entity))
        elif getattr(change, "entity", None) not in new:
            kept.append(change)
    return kept


def _fields(changes: Sequence[Change], after: Blueprint) -> list[Change]:
    """What is done to a field that is new is part of adding it."""
    new = {(change.entity, change.item.name) for change in changes if isinstance(change, AddField)}
    kept: list[Change] = []
    for change in changes:
        entity = after.entity(change.entity) if isinstance(change, AddField) else None
        if isinstance(change, AddField) and entity is not None and (field := entity.field(change.item.name)) is not None:
            kept.append(change.model_copy(update={"item": field}))
        elif not (isinstance(change, AlterField) and (change.entity, change.before.name) in new and change.conversion == KEEP):
            kept.append(change)
    return kept
