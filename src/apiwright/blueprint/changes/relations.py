"""Changes of relations."""

from typing import Literal
from uuid import UUID

from apiwright.blueprint.base import MemberName
from apiwright.blueprint.changes.base import EntityChange, an, listed
from apiwright.blueprint.members import Relation

_KINDS = {"many_to_one": "many to one", "one_to_one": "one to one", "many_to_many": "many to many"}


class AddRelation(EntityChange):
    """A new link. `fill` is the id that rows which are there point to, when the link is required."""

    kind: Literal["add_relation"] = "add_relation"
    item: Relation
    fill: UUID | None = None

    @property
    def sentence(self) -> str:
        relation = self.item
        if relation.kind == "many_to_many":
            return f"{an(self.entity, 'A')} has many {relation.name} ({relation.target}), and the other way round."
        need = "required" if relation.required else "optional"
        return f"{an(self.entity, 'A')} has {an(relation.name)} ({relation.target}, {_KINDS[relation.kind]}, {need})."

    @property
    def narrows(self) -> str:
        if not self.item.required or self.item.kind == "many_to_many":
            return ""
        if self.fill is None:
            return f"no {self.entity} is there yet, since none could tell its {self.item.name}"
        return f"the {self.item.target} {self.fill} is there"


class RemoveRelation(EntityChange):
    """A link goes."""

    kind: Literal["remove_relation"] = "remove_relation"
    item: Relation

    @property
    def sentence(self) -> str:
        return f"Remove {self.item.name} ({self.item.target}) from {self.entity}."

    @property
    def loses(self) -> str:
        return f"the {self.item.name} of every {self.entity}"


class RenameRelation(EntityChange):
    """The same links under another name. Whatever refers to the relation follows."""

    kind: Literal["rename_relation"] = "rename_relation"
    name: MemberName
    to: MemberName

    @property
    def sentence(self) -> str:
        return f"Rename {self.entity}.{self.name} to {self.to}; its links stay."


class AlterRelation(EntityChange):
    """Other terms for a link."""

    kind: Literal["alter_relation"] = "alter_relation"
    before: Relation
    after: Relation
    fill: UUID | None = None

    @property
    def sentence(self) -> str:
        before, after = self.before, self.after
        parts = [f"points to {after.target}, no longer to {before.target}"] if before.target != after.target else []
        if before.kind != after.kind:
            parts.append(f"is {_KINDS[after.kind]}, no longer {_KINDS[before.kind]}")
        if before.required != after.required:
            parts.append("becomes required" if after.required else "becomes optional")
        if before.on_delete != after.on_delete:
            rule = {"cascade": "deletes this too", "restrict": "is refused", "set_null": "clears the link"}[after.on_delete]
            parts.append(f"deleting its target {rule}")
        if before.inverse != after.inverse:
            parts.append(f"is called {after.inverse} from the other side" if after.inverse else "has no name from the other side")
        if not parts:
            return f"Describe {self.entity}.{after.name} anew."
        return f"{self.entity}.{after.name} {listed(parts)}."

    @property
    def loses(self) -> str:
        links = f"the {self.before.name} of every {self.entity}"
        return f"{links}, which pointed elsewhere" if self.before.target != self.after.target else ""

    @property
    def narrows(self) -> str:
        if self.loses:
            return ""
        name, parts = self.after.name, list[str]()
        single = self.after.kind != "many_to_many"
        if self.before.kind == "many_to_many" and single:
            parts.append(f"no {self.entity} has more than one of its {self.before.name}")
        if self.after.kind == "one_to_one" != self.before.kind:
            parts.append(f"no two rows of {self.entity} have the same {name}")
        optional = not self.before.required or self.before.kind == "many_to_many"
        if single and self.after.required and optional and self.fill is None:
            parts.append(f"every {self.entity} has {an(name)}")
        return listed(parts)
