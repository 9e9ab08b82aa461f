"""`apply`: a blueprint and changes to it make the next blueprint."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar, assert_never

from pydantic import BaseModel

from apiwright.blueprint.changes import actions, entities, extensions, fields, relations, whole
from apiwright.blueprint.changes.rename import rename_entity, rename_extension, rename_field, rename_relation, rename_role
from apiwright.blueprint.changes.union import Added, Altered, Change, Removed, Renamed, Terms, Whole
from apiwright.blueprint.model import Blueprint, Entity
from apiwright.diagnostics import Diagnostic
from apiwright.errors import BlueprintError

Some = TypeVar("Some", bound=BaseModel)
_MEMBERS: dict[type, str] = {
    fields.AddField: "fields", fields.RemoveField: "fields", fields.AlterField: "fields",
    relations.AddRelation: "relations", relations.RemoveRelation: "relations", relations.AlterRelation: "relations",
    actions.AddTransition: "transitions", actions.RemoveTransition: "transitions", actions.AlterTransition: "transitions",
    actions.AddPairAction: "pair_actions", actions.RemovePairAction: "pair_actions", actions.AlterPairAction: "pair_actions",
    actions.AddCount: "counts", actions.RemoveCount: "counts", actions.AlterCount: "counts",
    extensions.AddComputed: "computed", extensions.RemoveComputed: "computed", extensions.AlterComputed: "computed",
    extensions.AddHook: "hooks", extensions.RemoveHook: "hooks", extensions.AlterHook: "hooks",
    extensions.AddEndpoint: "endpoints", extensions.RemoveEndpoint: "endpoints", extensions.AlterEndpoint: "endpoints",
}  # fmt: skip


def apply(blueprint: Blueprint, changes: Iterable[Change]) -> Blueprint:
    """The blueprint after the changes, one after the other. Its sense is not checked (see `validate`).

    Raises:
        BlueprintError: A change speaks of something that is not there, or adds what is there already.
    """
    for change in changes:
        blueprint = _applied(blueprint, change)
    return blueprint


def _applied(blueprint: Blueprint, change: Change) -> Blueprint:
    if isinstance(change, Added | Removed | Altered):
        return _of_entity(blueprint, change, change.entity, lambda entity: _member(entity, change))
    if isinstance(change, Whole):
        return _whole(blueprint, change)
    match change:
        case fields.RenameField():
            return rename_field(_with_member(blueprint, change, "fields"), change.entity, change.name, change.to)
        case relations.RenameRelation():
            return rename_relation(_with_member(blueprint, change, "relations"), change.entity, change.name, change.to)
        case extensions.RenameExtension():
            return rename_extension(_with_member(blueprint, change, change.members), change.entity, change.members, change.name, change.to)
        case entities.AddEntity():
            if blueprint.entity(change.entity.name) is not None:
                raise _unfit(change, f"There is an entity {change.entity.name} already.")
            return _with(blueprint, entities=(*blueprint.entities, change.entity))
        case entities.RemoveEntity():
            _entity(blueprint, change, change.entity)
            return _with(blueprint, entities=tuple(item for item in blueprint.entities if item.name != change.entity))
        case entities.RenameEntity():
            _entity(blueprint, change, change.entity)
            if blueprint.entity(change.to) is not None:
                raise _unfit(change, f"There is an entity {change.to} already.")
            return rename_entity(blueprint, change.entity, change.to)
        case _:
            return _of_entity(blueprint, change, change.entity, lambda entity: _terms(entity, change))


def _whole(blueprint: Blueprint, change: Whole) -> Blueprint:
    match change:
        case whole.DescribeProject():
            return _with(blueprint, **{name: getattr(change.after, name) for name in whole.ProjectText.model_fields})
        case whole.ChangeDatabase():
            return _with(blueprint, database=change.after)
        case whole.ChangeAuth():
            return _with(blueprint, auth=change.after)
        case whole.AddRole():
            return _with(blueprint, roles=_added(blueprint.roles, change.role, change))
        case whole.RemoveRole():
            return _with(blueprint, roles=_removed(blueprint.roles, change.role.name, change))
        case whole.DescribeRole():
            return _with(blueprint, roles=_altered(blueprint.roles, change.role.name, change.role, change))
        case whole.RenameRole():
            _place(blueprint.roles, change.name, change)
            if change.to in {role.name for role in blueprint.roles}:
                raise _unfit(change, f"There is a role {change.to} already.")
            return rename_role(blueprint, change.name, change.to)
        case whole.Reorder():
            return _reordered(blueprint, change)
        case _:
            assert_never(change)


def _terms(entity: Entity, change: Terms) -> Entity:
    match change:
        case entities.DescribeEntity():
            access = _with(entity.access, origin=change.access_origin)
            return _with(entity, description=change.description, origin=change.origin, access=access)
        case entities.ChangePlural():
            return _with(entity, plural=change.after)
        case entities.ChangeOperations():
            return _with(entity, operations=change.after)
        case entities.ChangeAccess():
            return _with(entity, access=_with(entity.access, **{change.operation: change.after, "origin": change.origin}))
        case entities.ChangeOwner():
            return _with(entity, owned_via=change.after)
        case entities.ChangeUnique():
            return _with(entity, unique_together=change.after)
        case _:
            assert_never(change)


def _member(entity: Entity, change: Added | Removed | Altered) -> Entity:
    members = _MEMBERS[type(change)]
    items: tuple[Any, ...] = getattr(entity, members)
    if isinstance(change, Added):
        return _with(entity, **{members: _added(items, change.item, change)})
    if isinstance(change, Removed):
        return _with(entity, **{members: _removed(items, change.item.name, change)})
    return _with(entity, **{members: _altered(items, change.before.name, change.after, change)})


def _with_member(blueprint: Blueprint, change: Renamed, members: str) -> Blueprint:
    entity = _entity(blueprint, change, change.entity)
    _place(getattr(entity, members), change.name, change)
    if change.to in {item.name for item in (*entity.fields, *entity.relations, *entity.counts, *entity.extensions)}:
        raise _unfit(change, f"{entity.name} has a member {change.to} already.")
    return blueprint


def _reordered(blueprint: Blueprint, change: whole.Reorder) -> Blueprint:
    def ordered(holder: Any) -> Any:
        items = {item.name: item for item in getattr(holder, change.members)}
        if sorted(items) != sorted(change.names):
            raise _unfit(change, "An order must name each of them once.")
        return _with(holder, **{change.members: tuple(items[name] for name in change.names)})

    return ordered(blueprint) if change.entity is None else _of_entity(blueprint, change, change.entity, ordered)


def _of_entity(blueprint: Blueprint, change: Change, name: str, update: Callable[[Entity], Entity]) -> Blueprint:
    _entity(blueprint, change, name)
    return _with(blueprint, entities=tuple(update(item) if item.name == name else item for item in blueprint.entities))


def _entity(blueprint: Blueprint, change: Change, name: str) -> Entity:
    entity = blueprint.entity(name)
    if entity is None:
        raise _unfit(change, f"There is no entity {name}.")
    return entity


def _added(items: Sequence[Any], item: Any, change: Change) -> tuple[Any, ...]:
    if any(other.name == item.name for other in items):
        raise _unfit(change, f"There is a {item.name} already.")
    return (*items, item)


def _removed(items: Sequence[Any], name: str, change: Change) -> tuple[Any, ...]:
    place = _place(items, name, change)
    return (*items[:place], *items[place + 1 :])


def _altered(items: Sequence[Any], name: str, item: Any, change: Change) -> tuple[Any, ...]:
    place = _place(items, name, change)
    return (*items[:place], item, *items[place + 1 :])


def _place(items: Sequence[Any], name: str, change: Change) -> int:
    for place, item in enumerate(items):
        if item.name == name:
            return place
    raise _unfit(change, f"There is no {name}.")


def _with(model: Some, **values: object) -> Some:
    return model.model_copy(update=values)


def _unfit(change: Change, message: str) -> BlueprintError:
    hint = "Changes are applied in their order, to the blueprint as it then is."
    return BlueprintError([Diagnostic(code="change-unfit", where=change.sentence, message=message, hint=hint)])
