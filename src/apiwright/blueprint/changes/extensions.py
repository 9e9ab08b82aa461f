"""Changes of what code of the project answers for: computed fields, hooks, endpoints. None of them touches rows.

What is removed takes its module and its tests along, whoever wrote them; versions before it have them.
"""

from typing import Literal

from apiwright.blueprint.base import MemberName
from apiwright.blueprint.changes.base import EntityChange, an, granted, listed
from apiwright.blueprint.extensions import Computed, Endpoint, Hook

ExtensionMembers = Literal["computed", "hooks", "endpoints"]
_KINDS: dict[ExtensionMembers, str] = {"computed": "computed field", "hooks": "hook", "endpoints": "endpoint"}


class AddComputed(EntityChange):
    """A new value in answers that code works out."""

    kind: Literal["add_computed"] = "add_computed"
    item: Computed

    @property
    def sentence(self) -> str:
        return f"{an(self.entity, 'A')} tells its {self.item.name} ({self.item.type}), once `app/extensions` works it out."


class RemoveComputed(EntityChange):
    """A value in answers goes, and the code that works it out."""

    kind: Literal["remove_computed"] = "remove_computed"
    item: Computed

    @property
    def sentence(self) -> str:
        return f"{an(self.entity, 'A')} no longer tells its {self.item.name}; the code that works it out goes."


class AlterComputed(EntityChange):
    """A computed value of another type, or in other words."""

    kind: Literal["alter_computed"] = "alter_computed"
    before: Computed
    after: Computed

    @property
    def sentence(self) -> str:
        if self.before.type != self.after.type:
            return f"{self.entity}.{self.after.name} becomes a computed {self.after.type}; what works it out must follow."
        return f"Describe the computed {self.entity}.{self.after.name} anew."


class AddHook(EntityChange):
    """New code around an operation."""

    kind: Literal["add_hook"] = "add_hook"
    item: Hook

    @property
    def sentence(self) -> str:
        return f"Run {self.item.name} {self.item.moment} {self.item.operation} of {an(self.entity)}, once `app/extensions` has it."


class RemoveHook(EntityChange):
    """Code around an operation goes."""

    kind: Literal["remove_hook"] = "remove_hook"
    item: Hook

    @property
    def sentence(self) -> str:
        return f"No longer run {self.item.name} {self.item.moment} {self.item.operation} of {an(self.entity)}; its code goes."


class AlterHook(EntityChange):
    """A hook that runs at another time, or in other words."""

    kind: Literal["alter_hook"] = "alter_hook"
    before: Hook
    after: Hook

    @property
    def sentence(self) -> str:
        before, after = self.before, self.after
        if (before.moment, before.operation) == (after.moment, after.operation):
            return f"Describe the hook {after.name} of {self.entity} anew."
        was, now = (f"{item.moment} {item.operation}" for item in (before, after))
        return f"Run {after.name} {now} of {an(self.entity)}, no longer {was}; its code must follow."


class AddEndpoint(EntityChange):
    """A new route that code answers."""

    kind: Literal["add_endpoint"] = "add_endpoint"
    item: Endpoint

    @property
    def sentence(self) -> str:
        return f"Add the endpoint {self.item.name} to {self.entity}, for {granted(self.item.access)}, once `app/extensions` answers it."


class RemoveEndpoint(EntityChange):
    """A route that code answers goes."""

    kind: Literal["remove_endpoint"] = "remove_endpoint"
    item: Endpoint

    @property
    def sentence(self) -> str:
        return f"Remove the endpoint {self.item.name} from {self.entity}; its code goes."


class AlterEndpoint(EntityChange):
    """Other terms for an endpoint."""

    kind: Literal["alter_endpoint"] = "alter_endpoint"
    before: Endpoint
    after: Endpoint

    @property
    def sentence(self) -> str:
        before, after = self.before, self.after
        parts = [f"is a {after.method} on the {after.scope}"] if (before.method, before.scope) != (after.method, after.scope) else []
        parts += ["is asked in another way"] if before.arguments != after.arguments else []
        parts += ["answers in another way"] if before.answer != after.answer else []
        parts += [f"is for {granted(after.access)}"] if before.access != after.access else []
        return f"The endpoint {after.name} of {self.entity} {listed(parts) or 'is described anew'}."


class RenameExtension(EntityChange):
    """The same code under another name."""

    kind: Literal["rename_extension"] = "rename_extension"
    members: ExtensionMembers
    name: MemberName
    to: MemberName

    @property
    def sentence(self) -> str:
        return f"Rename the {_KINDS[self.members]} {self.entity}.{self.name} to {self.to}."
