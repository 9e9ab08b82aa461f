"""Changes from one blueprint to the next, as values: what they do, in a sentence; what they lose; what they ask of the rows.

`diff` finds them, `apply` makes the next blueprint of them.
"""

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
from apiwright.blueprint.changes.apply import apply
from apiwright.blueprint.changes.base import ChangeModel, Conversion
from apiwright.blueprint.changes.choices import Choice, with_choices
from apiwright.blueprint.changes.conversions import convertible
from apiwright.blueprint.changes.diff import diff
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
from apiwright.blueprint.changes.union import Change, changes_from_json, changes_to_json
from apiwright.blueprint.changes.whole import (
    AddRole,
    ChangeAuth,
    ChangeDatabase,
    DescribeProject,
    DescribeRole,
    ProjectText,
    RemoveRole,
    RenameRole,
    Reorder,
)
from apiwright.blueprint.changes.widening import Widening, widened, widened_by

__all__ = [
    "AddComputed",
    "AddCount",
    "AddEndpoint",
    "AddEntity",
    "AddField",
    "AddHook",
    "AddPairAction",
    "AddRelation",
    "AddRole",
    "AddTransition",
    "AlterComputed",
    "AlterCount",
    "AlterEndpoint",
    "AlterField",
    "AlterHook",
    "AlterPairAction",
    "AlterRelation",
    "AlterTransition",
    "Change",
    "ChangeAccess",
    "ChangeAuth",
    "ChangeDatabase",
    "ChangeModel",
    "ChangeOperations",
    "ChangeOwner",
    "ChangePlural",
    "ChangeUnique",
    "Choice",
    "Conversion",
    "DescribeEntity",
    "DescribeProject",
    "DescribeRole",
    "ProjectText",
    "RemoveComputed",
    "RemoveCount",
    "RemoveEndpoint",
    "RemoveEntity",
    "RemoveField",
    "RemoveHook",
    "RemovePairAction",
    "RemoveRelation",
    "RemoveRole",
    "RemoveTransition",
    "RenameEntity",
    "RenameExtension",
    "RenameField",
    "RenameRelation",
    "RenameRole",
    "Reorder",
    "Widening",
    "apply",
    "changes_from_json",
    "changes_to_json",
    "convertible",
    "diff",
    "widened",
    "widened_by",
    "with_choices",
]
