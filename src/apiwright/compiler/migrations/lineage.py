"""Where each table and column of the new blueprint comes from."""

from collections.abc import Iterable
from typing import Any, TypeVar

from msgspec import Struct, field

from apiwright.blueprint import Blueprint
from apiwright.blueprint.changes import (
    AddEntity,
    AddField,
    AddRelation,
    AlterField,
    AlterRelation,
    Change,
    Conversion,
    RemoveEntity,
    RemoveField,
    RemoveRelation,
    RenameEntity,
    RenameField,
    RenameRelation,
    RenameRole,
    convertible,
)
from apiwright.blueprint.changes.base import KEEP
from apiwright.compiler.migrations.values import backfill

Key = TypeVar("Key")


class Lineage(Struct):
    """Former names, by present ones. What is not in here is new.

    Attributes:
        entities: Entity -> its former name.
        members: (entity, field or relation), both by present names -> the member's former name.
        roles: Role -> its former name.
        fields: What is said of a field's values: the last alteration, and the fills of new ones, by (entity, field).
        links: The same of relations.
    """

    entities: dict[str, str]
    members: dict[tuple[str, str], str]
    roles: dict[str, str]
    fields: dict[tuple[str, str], AlterField | AddField] = field(default_factory=dict[tuple[str, str], AlterField | AddField])
    links: dict[tuple[str, str], AlterRelation | AddRelation] = field(default_factory=dict[tuple[str, str], AlterRelation | AddRelation])


def lineage_of(old: Blueprint, changes: Iterable[Change]) -> Lineage:
    """Follow every name through the changes."""
    members = {(entity.name, item.name): item.name for entity in old.entities for item in (*entity.fields, *entity.relations)}
    lineage = Lineage({entity.name: entity.name for entity in old.entities}, members, {role.name: role.name for role in old.roles})
    for change in changes:
        _follow(lineage, change)
    return lineage


def reversed_lineage(lineage: Lineage) -> Lineage:
    """The way back: what was new is gone, what was gone is new, and what was converted is converted back where that is possible."""
    entities = {former: name for name, former in lineage.entities.items()}
    members: dict[tuple[str, str], str] = {}
    fields: dict[tuple[str, str], AlterField | AddField] = {}
    for (entity, name), former in lineage.members.items():
        if entity in lineage.entities:
            key = lineage.entities[entity], former
            members[key] = name
            said = lineage.fields.get((entity, name))
            if isinstance(said, AlterField) and convertible(said.after.type, said.before.type):
                fields[key] = _back(said)
            elif isinstance(said, AlterField):
                del members[key]
    return Lineage(entities, members, {former: name for name, former in lineage.roles.items()}, fields)


def _back(change: AlterField) -> AlterField:
    """The same alteration the other way round. Values that were optional in between get a plain one where they must be there again."""
    how = change.conversion
    once = {now for _, now in how.replace if [new for _, new in how.replace].count(now) == 1 and now not in change.before.values}
    needed = change.before.required or change.before.default is not None
    conversion = Conversion(
        fill=backfill(change.before) if needed and not change.after.required and change.after.default is None else None,
        factor=1 / how.factor if how.factor is not None else None,
        replace=tuple((now, was) for was, now in how.replace if now in once),
    )
    return change.model_copy(update={"before": change.after, "after": change.before, "conversion": conversion})


def _follow(lineage: Lineage, change: Change) -> None:
    match change:
        case AddEntity():
            lineage.entities.pop(change.entity.name, None)
        case RemoveEntity():
            lineage.entities.pop(change.entity, None)
            for key in [key for key in lineage.members if key[0] == change.entity]:
                del lineage.members[key]
        case RenameEntity():
            _rename(lineage.entities, change.entity, change.to)
            for table in _tables(lineage):
                for key in [key for key in table if key[0] == change.entity]:
                    _rename(table, key, (change.to, key[1]))
        case RenameField() | RenameRelation():
            for table in _tables(lineage):
                _rename(table, (change.entity, change.name), (change.entity, change.to))
        case RenameRole():
            _rename(lineage.roles, change.name, change.to)
        case _:
            _values(lineage, change)


def _values(lineage: Lineage, change: Change) -> None:
    match change:
        case AddField():
            lineage.members.pop((change.entity, change.item.name), None)
            lineage.fields[change.entity, change.item.name] = change
        case AddRelation():
            lineage.members.pop((change.entity, change.item.name), None)
            lineage.links[change.entity, change.item.name] = change
        case RemoveField() | RemoveRelation():
            lineage.members.pop((change.entity, change.item.name), None)
        case AlterField():
            if not convertible(change.before.type, change.after.type):
                lineage.members.pop((change.entity, change.after.name), None)
            key = change.entity, change.after.name
            lineage.fields[key] = _altered(lineage.fields.get(key), change)
        case AlterRelation():
            if change.before.target != change.after.target:
                lineage.members.pop((change.entity, change.after.name), None)
            lineage.links[change.entity, change.after.name] = change
        case _:
            pass


def _tables(lineage: Lineage) -> tuple[dict[tuple[str, str], Any], ...]:
    return lineage.members, lineage.fields, lineage.links


def _altered(known: AlterField | AddField | None, change: AlterField) -> AlterField | AddField:
    """Two alterations of one field as one: from what it was first to what it is last."""
    if isinstance(known, AddField):
        return known.model_copy(update={"item": change.after})
    if known is None:
        return change
    said = {name: value for name, value in change.conversion if value != getattr(KEEP, name)}
    return change.model_copy(update={"before": known.before, "conversion": known.conversion.model_copy(update=said)})


def _rename(table: dict[Key, Any], old: Key, new: Key) -> None:
    if old in table:
        table[new] = table.pop(old)
