"""The closed set of changes, and their JSON."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import ConfigDict, TypeAdapter
from pydantic import Field as Is

from apiwright.blueprint.changes.actions import (
    AddCount,
    AddPairAction,
    AddTransition,
    AlterCount,
    AlterPairAction,
    AlterTransition,
    RemoveCount,
    RemovePairAction,
    RemoveTransition,
)
from apiwright.blueprint.changes.entities import (
    AddEntity,
    ChangeAccess,
    ChangeOperations,
    ChangeOwner,
    ChangePlural,
    ChangeUnique,
    DescribeEntity,
    RemoveEntity,
    RenameEntity,
)
from apiwright.blueprint.changes.extensions import (
    AddComputed,
    AddEndpoint,
    AddHook,
    AlterComputed,
    AlterEndpoint,
    AlterHook,
    RemoveComputed,
    RemoveEndpoint,
    RemoveHook,
    RenameExtension,
)
from apiwright.blueprint.changes.fields import AddField, AlterField, RemoveField, RenameField
from apiwright.blueprint.changes.relations import AddRelation, AlterRelation, RemoveRelation, RenameRelation
from apiwright.blueprint.changes.whole import (
    AddRole,
    ChangeAuth,
    ChangeDatabase,
    DescribeProject,
    DescribeRole,
    RemoveRole,
    RenameRole,
    Reorder,
)

Whole = DescribeProject | ChangeDatabase | ChangeAuth | AddRole | RemoveRole | RenameRole | DescribeRole | Reorder
OfEntity = AddEntity | RemoveEntity | RenameEntity
Terms = DescribeEntity | ChangePlural | ChangeOperations | ChangeAccess | ChangeOwner | ChangeUnique
Added = AddField | AddRelation | AddTransition | AddPairAction | AddCount | AddComputed | AddHook | AddEndpoint
Removed = RemoveField | RemoveRelation | RemoveTransition | RemovePairAction | RemoveCount | RemoveComputed | RemoveHook | RemoveEndpoint
Altered = AlterField | AlterRelation | AlterTransition | AlterPairAction | AlterCount | AlterComputed | AlterHook | AlterEndpoint
Renamed = RenameField | RenameRelation | RenameExtension

Change = Annotated[Whole | OfEntity | Terms | Added | Removed | Altered | Renamed, Is(discriminator="kind")]
_CHANGES: TypeAdapter[tuple[Change, ...]] = TypeAdapter(tuple[Change, ...], config=ConfigDict(defer_build=True))


def changes_to_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Changes as plain values, each with its `kind`."""
    return [change.model_dump(mode="json") for change in changes]


def changes_from_json(document: object) -> tuple[Change, ...]:
    """Changes from plain values.

    Raises:
        pydantic.ValidationError: They are none.
    """
    return _CHANGES.validate_python(document)
