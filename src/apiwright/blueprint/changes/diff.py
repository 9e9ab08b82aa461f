"""`diff`: the changes that lead from one blueprint to another."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from apiwright.blueprint.base import OPERATIONS, Operation
from apiwright.blueprint.changes import actions, entities, extensions, fields, relations, whole
from apiwright.blueprint.changes.apply import apply
from apiwright.blueprint.changes.union import Change
from apiwright.blueprint.model import Blueprint, Entity
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError

_KINDS: dict[str, tuple[Any, Any, Any]] = {
    "fields": (fields.AddField, fields.RemoveField, fields.AlterField),
    "relations": (relations.AddRelation, relations.RemoveRelation, relations.AlterRelation),
    "transitions": (actions.AddTransition, actions.RemoveTransition, actions.AlterTransition),
    "pair_actions": (actions.AddPairAction, actions.RemovePairAction, actions.AlterPairAction),
    "counts": (actions.AddCount, actions.RemoveCount, actions.AlterCount),
    "computed": (extensions.AddComputed, extensions.RemoveComputed, extensions.AlterComputed),
    "hooks": (extensions.AddHook, extensions.RemoveHook, extensions.AlterHook),
    "endpoints": (extensions.AddEndpoint, extensions.RemoveEndpoint, extensions.AlterEndpoint),
}


def diff(old: Blueprint, new: Blueprint, *, renamed: Mapping[str, str] | None = None) -> tuple[Change, ...]:
    """The changes that make `new` of `old`, so that `apply(old, diff(old, new)) == new`.

    Args:
        old: The blueprint as it was.
        new: The blueprint as it is to be.
        renamed: What is the same under another name: `{"Task": "Ticket", "Ticket.title": "headline"}`; members by the
            new name of their entity, roles as `role:editor`. What is not told here counts as removed and added.

    Raises:
        InputError: A hint names something that is not in `old`, or not in `new`.
    """
    renames = tuple(_renames(old, new, renamed or {}))
    aligned = apply(old, renames)
    return (*renames, *_whole(aligned, new), *_entities(aligned, new))


def _renames(old: Blueprint, new: Blueprint, hints: Mapping[str, str]) -> Iterator[Change]:
    back = {to: name for name, to in hints.items() if "." not in name}
    for name, to in hints.items():
        holder, _, member = name.partition(".")
        if name.startswith("role:"):
            known = {role.name for role in old.roles}, {role.name for role in new.roles}
            _told(name, to, name.removeprefix("role:") in known[0], to.removeprefix("role:") in known[1])
            yield whole.RenameRole(name=name.removeprefix("role:"), to=to.removeprefix("role:"))
        elif not member:
            _told(name, to, old.entity(name) is not None, new.entity(to) is not None)
            yield entities.RenameEntity(entity=name, to=to)
        else:
            before, after = _members(old.entity(back.get(holder, holder))), _members(new.entity(holder))
            members = before.get(member, "")
            _told(name, to, bool(members), after.get(to) == members)
            yield _renamed(members, holder, member, to)


def _members(entity: Entity | None) -> dict[str, Any]:
    """The members that can go by another name, and what kind of member each is."""
    kinds = ("endpoints", "hooks", "computed", "relations", "fields")
    return {item.name: kind for kind in kinds for item in getattr(entity, kind)} if entity is not None else {}


def _renamed(members: Any, entity: str, name: str, to: str) -> Change:
    match members:
        case "fields":
            return fields.RenameField(entity=entity, name=name, to=to)
        case "relations":
            return relations.RenameRelation(entity=entity, name=name, to=to)
        case _:
            return extensions.RenameExtension(entity=entity, members=members, name=name, to=to)


def _told(name: str, to: str, there: bool, kept: bool) -> None:  # noqa: FBT001 - two answers to one question
    if not there or not kept:
        message = f"{name} is not in the blueprint as it was." if not there else f"{to} is not in the blueprint as it is to be."
        raise InputError([Diagnostic(code="rename-unknown", where=f"{name}={to}", message=message, hint="Name what was and what is.")])


def _whole(old: Blueprint, new: Blueprint) -> Iterator[Change]:
    before, after = (
        whole.ProjectText(**{name: getattr(blueprint, name) for name in whole.ProjectText.model_fields}) for blueprint in (old, new)
    )
    if before != after:
        yield whole.DescribeProject(before=before, after=after)
    if old.database != new.database:
        yield whole.ChangeDatabase(before=old.database, after=new.database)
    roles = {role.name: role for role in old.roles}
    kept = {role.name for role in new.roles}
    yield from (whole.RemoveRole(role=role) for role in old.roles if role.name not in kept)
    yield from (whole.AddRole(role=role) for role in new.roles if role.name not in roles)
    yield from (whole.DescribeRole(role=role) for role in new.roles if roles.get(role.name, role) != role)
    yield from _order("roles", None, old.roles, new.roles)
    if old.auth != new.auth:
        yield whole.ChangeAuth(before=old.auth, after=new.auth)


def _entities(old: Blueprint, new: Blueprint) -> Iterator[Change]:
    yield from (entities.RemoveEntity(entity=item.name) for item in old.entities if new.entity(item.name) is None)
    yield from (entities.AddEntity(entity=item) for item in new.entities if old.entity(item.name) is None)
    for after in new.entities:
        before = old.entity(after.name)
        if before is not None and before != after:
            yield from _entity(before, after)
    yield from _order("entities", None, old.entities, new.entities)


def _entity(old: Entity, new: Entity) -> Iterator[Change]:
    name = new.name
    for members, (add, remove, alter) in _KINDS.items():
        before = {item.name: item for item in getattr(old, members)}
        after = {item.name: item for item in getattr(new, members)}
        yield from (remove(entity=name, item=item) for item in before.values() if item.name not in after)
        yield from (add(entity=name, item=item) for item in after.values() if item.name not in before)
        changed = [(before[key], item) for key, item in after.items() if before.get(key, item) != item]
        yield from (alter(entity=name, before=was, after=item) for was, item in changed)
        yield from _order(members, name, getattr(old, members), getattr(new, members))
    if old.plural != new.plural:
        yield entities.ChangePlural(entity=name, before=old.plural, after=new.plural)
    regranted: list[Operation] = [operation for operation in OPERATIONS if old.access.of(operation) != new.access.of(operation)]
    reason = old.access.origin if regranted else new.access.origin  # which the changes of access bring along
    if (old.description, old.origin, old.access.origin) != (new.description, new.origin, reason):
        yield entities.DescribeEntity(entity=name, description=new.description, origin=new.origin, access_origin=reason)
    if old.operations != new.operations:
        yield entities.ChangeOperations(entity=name, before=old.operations, after=new.operations)
    for operation in regranted:
        before, after = old.access.of(operation), new.access.of(operation)
        yield entities.ChangeAccess(entity=name, operation=operation, before=before, after=after, origin=new.access.origin)
    if old.owned_via != new.owned_via:
        yield entities.ChangeOwner(entity=name, before=old.owned_via, after=new.owned_via)
    if old.unique_together != new.unique_together:
        yield entities.ChangeUnique(entity=name, before=old.unique_together, after=new.unique_together)


def _order(members: Any, entity: str | None, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """Kept ones stay where they are and new ones come last; where that is not the order of `new`, say it."""
    names = [item.name for item in new]
    before = [item.name for item in old]
    natural = [*(name for name in before if name in names), *(name for name in names if name not in before)]
    if natural != names:
        yield whole.Reorder(entity=entity, members=members, names=tuple(names))
