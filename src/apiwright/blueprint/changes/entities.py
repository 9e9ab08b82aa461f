"""Changes of entities: which there are, what they offer, to whom, and who owns their rows."""

from typing import Literal

from apiwright.blueprint.base import EntityName, Grant, MemberName, Operation, Origin, Text
from apiwright.blueprint.changes.base import ChangeModel, EntityChange, an, granted, listed
from apiwright.blueprint.model import Entity


class AddEntity(ChangeModel):
    """A new table with its routes."""

    kind: Literal["add_entity"] = "add_entity"
    entity: Entity

    @property
    def sentence(self) -> str:
        links = [f"{item.name} ({'many ' if item.kind == 'many_to_many' else ''}{item.target})" for item in self.entity.relations]
        names = [*(item.name for item in self.entity.fields), *links]
        owner = f"; each belongs to its {self.entity.owned_via}" if self.entity.owned_via else ""
        actions = f"; it has the action{'s' * (len(self.entity.transitions) > 1)} {listed(item.name for item in self.entity.transitions)}"
        more = f"{owner}{actions if self.entity.transitions else ''}"
        return f"Add the entity {self.entity.name}{f' with {listed(names)}' if names else ''}{more}."


class RemoveEntity(ChangeModel):
    """A table goes, with its rows and its routes."""

    kind: Literal["remove_entity"] = "remove_entity"
    entity: EntityName

    @property
    def sentence(self) -> str:
        return f"Remove the entity {self.entity}."

    @property
    def loses(self) -> str:
        return f"every row of {self.entity}"


class RenameEntity(ChangeModel):
    """The same rows under another name. Whatever refers to the entity follows."""

    kind: Literal["rename_entity"] = "rename_entity"
    entity: EntityName
    to: EntityName

    @property
    def sentence(self) -> str:
        return f"Rename {self.entity} to {self.to}; its rows stay."


class DescribeEntity(EntityChange):
    """Other words for an entity, or another reason for it, or for who may do what with it."""

    kind: Literal["describe_entity"] = "describe_entity"
    description: Text
    origin: Origin
    access_origin: Origin = Origin()

    @property
    def sentence(self) -> str:
        return f"Describe {self.entity} anew."


class ChangePlural(EntityChange):
    """Another plural, and with it another path and another name of the table."""

    kind: Literal["change_plural"] = "change_plural"
    before: EntityName | None
    after: EntityName | None

    @property
    def sentence(self) -> str:
        return f"The plural of {self.entity} becomes {self.after or 'the usual one'}; its rows stay."


class ChangeOperations(EntityChange):
    """What the API offers for an entity."""

    kind: Literal["change_operations"] = "change_operations"
    before: tuple[Operation, ...]
    after: tuple[Operation, ...]

    @property
    def sentence(self) -> str:
        more = [item for item in self.after if item not in self.before]
        less = [item for item in self.before if item not in self.after]
        parts = [*([f"offer {listed(more)}"] if more else []), *([f"no longer offer {listed(less)}"] if less else [])]
        text = listed(parts) or "list the operations in another order"
        return f"{text[0].upper()}{text[1:]} of {self.entity}."


class ChangeAccess(EntityChange):
    """Who may do one operation, and the reason for the access that there is then."""

    kind: Literal["change_access"] = "change_access"
    operation: Operation
    before: tuple[Grant, ...]
    after: tuple[Grant, ...]
    origin: Origin = Origin()

    @property
    def sentence(self) -> str:
        alone = " alone" if set(self.before) < set(self.after) else ""
        return f"{self.entity}: {self.operation} is for {granted(self.after)}, no longer for {granted(self.before)}{alone}."


class ChangeOwner(EntityChange):
    """Through which relation rows belong to somebody."""

    kind: Literal["change_owner"] = "change_owner"
    before: MemberName | None
    after: MemberName | None

    @property
    def sentence(self) -> str:
        if self.after is None:
            return f"Rows of {self.entity} belong to nobody any more."
        return f"{an(self.entity, 'A')} belongs to whom its {self.after} leads to."


class ChangeUnique(EntityChange):
    """Which members are unique together."""

    kind: Literal["change_unique"] = "change_unique"
    before: tuple[tuple[MemberName, ...], ...]
    after: tuple[tuple[MemberName, ...], ...]

    @property
    def sentence(self) -> str:
        parts = [f"{listed(group)} become unique together" for group in self.added]
        parts += [f"{listed(group)} need no longer be unique together" for group in self.before if group not in self.after]
        return f"{self.entity}: {listed(parts) or 'list the unique groups in another order'}."

    @property
    def narrows(self) -> str:
        return listed(f"no two rows of {self.entity} have the same {listed(group)}" for group in self.added)

    @property
    def added(self) -> tuple[tuple[MemberName, ...], ...]:
        """The groups that were not unique before, in any order of their members."""
        known = {frozenset(group) for group in self.before}
        return tuple(group for group in self.after if frozenset(group) not in known)
