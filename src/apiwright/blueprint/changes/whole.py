"""Changes of the project as a whole: its words, its database, its accounts and roles, and the order of things."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from apiwright.blueprint.base import Database, EntityName, Model, RoleName, Slug, Text
from apiwright.blueprint.changes.base import ChangeModel, an, listed
from apiwright.blueprint.model import Auth, Role


class ProjectText(Model):
    """The words of a project, none of which touches its database."""

    name: Slug
    title: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    description: Text = ""
    assumptions: tuple[Text, ...] = ()
    prompt: str | None = None


class DescribeProject(ChangeModel):
    """Other words for the project: name, title, description, prompt."""

    kind: Literal["describe_project"] = "describe_project"
    before: ProjectText
    after: ProjectText

    @property
    def sentence(self) -> str:
        parts = [name for name in ProjectText.model_fields if getattr(self.before, name) != getattr(self.after, name)]
        return f"Change the {listed(parts)} of the project."


class ChangeDatabase(ChangeModel):
    """Which database the project runs on by default. Rows are not moved: both were supported all along."""

    kind: Literal["change_database"] = "change_database"
    before: Database
    after: Database

    @property
    def sentence(self) -> str:
        return f"Run on {self.after} by default, no longer on {self.before}."


class ChangeAuth(ChangeModel):
    """Accounts: added, removed, or on other terms."""

    kind: Literal["change_auth"] = "change_auth"
    before: Auth | None
    after: Auth | None

    @property
    def sentence(self) -> str:
        if self.after is None:
            return "Remove accounts and login."
        if self.before is None:
            return f"Add accounts: {an(self.after.entity)} logs in with {self.after.login} and a password."
        parts = [f"{name} becomes {getattr(self.after, name)}" for name in ("entity", "login", "registration") if self._differs(name)]
        return f"Accounts: {listed(part.lower() if part.startswith('reg') else part for part in parts) or 'note where they come from'}."

    @property
    def loses(self) -> str:
        if self.before is None or (self.after is not None and self.after.entity == self.before.entity):
            return ""
        return f"the password and the role of every {self.before.entity}"

    @property
    def narrows(self) -> str:
        if self.after is None or (self.before is not None and self.before.entity == self.after.entity):
            return ""
        return f"{an(self.after.entity)} that is there already has no password until one is set for it"

    def _differs(self, name: str) -> bool:
        return self.before is not None and getattr(self.before, name) != getattr(self.after, name)


class AddRole(ChangeModel):
    """A new right that users can have."""

    kind: Literal["add_role"] = "add_role"
    role: Role

    @property
    def sentence(self) -> str:
        return f"Add the role {self.role.name}."


class RemoveRole(ChangeModel):
    """A right that is gone. Accounts that have it must be given another one first."""

    kind: Literal["remove_role"] = "remove_role"
    role: Role

    @property
    def sentence(self) -> str:
        return f"Remove the role {self.role.name}."

    @property
    def narrows(self) -> str:
        return f"no account has the role {self.role.name}"


class RenameRole(ChangeModel):
    """The same right under another name; whoever had it has it."""

    kind: Literal["rename_role"] = "rename_role"
    name: RoleName
    to: RoleName

    @property
    def sentence(self) -> str:
        return f"Rename the role {self.name} to {self.to}."


class DescribeRole(ChangeModel):
    """Other words for a role."""

    kind: Literal["describe_role"] = "describe_role"
    role: Role

    @property
    def sentence(self) -> str:
        return f"Describe the role {self.role.name} anew."


class Reorder(ChangeModel):
    """The order of entities, roles, or the members of one entity: that of documentation, files and new tables."""

    kind: Literal["reorder"] = "reorder"
    entity: EntityName | None = None
    members: Literal["entities", "roles", "fields", "relations", "transitions", "pair_actions", "counts", "computed", "hooks", "endpoints"]
    names: tuple[str, ...]

    @property
    def sentence(self) -> str:
        what = self.members.replace("_", " ")
        return f"Put the {what}{f' of {self.entity}' if self.entity else ''} in another order."
