"""The Blueprint, version 1: frozen models, and nothing else.

Names are checked for their shape in `base`, and for their sense in `validation`. Order is kept as given: it is the order of columns, of
files and of documentation.
"""

from typing import Annotated, Literal

from pydantic import Field as Is
from pydantic import StringConstraints

from apiwright.blueprint.base import OPERATIONS, Database, EntityName, Grant, MemberName, Model, Operation, Origin, RoleName, Slug, Text
from apiwright.blueprint.extensions import Computed, Endpoint, Hook
from apiwright.blueprint.members import Count, Field, PairAction, Relation, Transition


class Access(Model):
    """Who may do each operation. An empty tuple means nobody, whatever their role."""

    create: tuple[Grant, ...] = ("public",)
    read: tuple[Grant, ...] = ("public",)
    list: tuple[Grant, ...] = ("public",)
    update: tuple[Grant, ...] = ("public",)
    delete: tuple[Grant, ...] = ("public",)
    origin: Origin = Origin()

    def of(self, operation: Operation) -> tuple[Grant, ...]:
        """The grants of one operation."""
        return {
            "create": self.create,
            "read": self.read,
            "list": self.list,
            "update": self.update,
            "delete": self.delete,
        }[operation]


class Entity(Model):
    """One thing the backend keeps: a table, its payloads and its routes.

    Every entity also has `id` (time-ordered UUID), `created_at` and `updated_at`, which are not listed.

    Attributes:
        plural: PascalCase; by English rules when it is left out. Paths and tables derive from it.
        owned_via: The relation that leads to the owner: to the auth entity itself, or to an entity that is owned in turn. The relation
            to the auth entity is filled with who creates the row and is never settable from a payload.
        operations: What the API offers. An entity that exists only through pair actions may have none or only some.
        unique_together: Groups of field and relation names.
    """

    name: EntityName
    plural: EntityName | None = None
    description: Text = ""
    fields: tuple[Field, ...] = ()
    relations: tuple[Relation, ...] = ()
    owned_via: MemberName | None = None
    operations: tuple[Operation, ...] = OPERATIONS
    access: Access = Access()
    transitions: tuple[Transition, ...] = ()
    pair_actions: tuple[PairAction, ...] = ()
    counts: tuple[Count, ...] = ()
    computed: tuple[Computed, ...] = ()
    hooks: tuple[Hook, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    unique_together: tuple[tuple[MemberName, ...], ...] = ()
    origin: Origin = Origin()

    def field(self, name: str) -> Field | None:
        """The field of that name, if there is one."""
        return next((item for item in self.fields if item.name == name), None)

    def relation(self, name: str) -> Relation | None:
        """The relation of that name, if there is one."""
        return next((item for item in self.relations if item.name == name), None)

    @property
    def extensions(self) -> tuple[Computed | Hook | Endpoint, ...]:
        """What code of the project answers for: computed fields, hooks, endpoints."""
        return (*self.computed, *self.hooks, *self.endpoints)


class Role(Model):
    """A named right beyond that of a plain user. Each user has one role; `user` is the one everybody starts with and is not listed."""

    name: RoleName
    description: Text = ""
    origin: Origin = Origin()


class Auth(Model):
    """Accounts with a password, and tokens.

    Attributes:
        entity: The entity whose rows are accounts. The password is implicit: never a field of it.
        login: Its field that names the account: an `email`, or a `string`; required and unique.
        registration: Whether anybody may register.
    """

    entity: EntityName = "User"
    login: MemberName = "email"
    registration: bool = True
    origin: Origin = Origin()


class Blueprint(Model):
    """A backend.

    Attributes:
        name: Kebab-case; names the directory and the package.
        prompt: The words it was made from, if any; origins point into them.
        assumptions: What was assumed beyond the prompt, as sentences for its author.
    """

    schema_version: Literal[1] = 1
    name: Slug
    title: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    description: Text = ""
    database: Database = "sqlite"
    entities: tuple[Entity, ...] = Is(min_length=1, max_length=400)
    roles: tuple[Role, ...] = ()
    auth: Auth | None = None
    assumptions: tuple[Text, ...] = ()
    prompt: Annotated[str, StringConstraints(max_length=1_000_000)] | None = None

    def entity(self, name: str) -> Entity | None:
        """The entity of that name, if there is one."""
        return next((item for item in self.entities if item.name == name), None)
