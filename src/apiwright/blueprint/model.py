"""The Blueprint, version 1: frozen models, and nothing else.

Names are checked for their shape here (so that no text of a prompt can become code), and for their sense in
`validation`. Order is kept as given: it is the order of columns, of files and of documentation.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Is

EntityName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]{0,47}$")]
MemberName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=48)]
RoleName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=32)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(max_length=2_000)]

FieldType = Literal[
    "string", "text", "integer", "float", "decimal", "boolean", "date", "datetime", "time", "uuid", "email", "url",
    "slug", "enum", "json", "secret",
]  # fmt: skip
ComputedType = Literal[
    "string", "text", "integer", "float", "decimal", "boolean", "date", "datetime", "time", "uuid", "email", "url", "slug", "json",
]  # fmt: skip
RelationKind = Literal["many_to_one", "one_to_one", "many_to_many"]
DeleteRule = Literal["cascade", "restrict", "set_null"]
Operation = Literal["create", "read", "list", "update", "delete"]
Database = Literal["sqlite", "postgresql"]
OPERATIONS: tuple[Operation, ...] = ("create", "read", "list", "update", "delete")

Grant = Annotated[str, StringConstraints(pattern=r"^(public|authenticated|owner|role:[a-z][a-z0-9_]{0,31})$")]
"""Who may do something: anybody, whoever is logged in, the owner of the row, or a role. Several grants are alternatives."""


class Model(BaseModel):
    """Frozen, and closed: an unknown key is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Origin(Model):
    """Why an element is there.

    Attributes:
        kind: `prompt` (the user's words), `convention` (a rule of ours), `catalogue` (what the domain implies), `user` (edited by hand).
        text: The words of the prompt, or the rule, as a sentence.
        start: Where the words begin in the prompt, in characters; only for `prompt`.
        end: Where they end (exclusive).
    """

    kind: Literal["prompt", "convention", "catalogue", "user"] = "user"
    text: Text = ""
    start: int | None = Is(default=None, ge=0)
    end: int | None = Is(default=None, ge=0)


class Field(Model):
    """One column and one member of the payload.

    Attributes:
        type: `secret` is written, never read: not in answers, filters, sorting, search or logs.
        default: A JSON value of the field's type; dates and times as ISO 8601 or `now` / `today`; decimals as text.
        min: Smallest value of integer, float or decimal.
        pattern: Regular expression (RE2 subset: no look-around, no back-references) that the whole value must match.
        precision: Digits in all, of a decimal (default 12).
        scale: Digits after the point, of a decimal (default 2).
        values: The values of an enum, any non-empty text of up to 100 characters, each once.
    """

    name: MemberName
    type: FieldType = "string"
    required: bool = False
    unique: bool = False
    indexed: bool = False
    default: str | int | float | bool | list[object] | dict[str, object] | None = None
    min: int | float | None = None
    max: int | float | None = None
    min_length: int | None = Is(default=None, ge=0)
    max_length: int | None = Is(default=None, ge=1)
    pattern: Annotated[str, StringConstraints(max_length=500)] | None = None
    precision: int | None = Is(default=None, ge=1, le=38)
    scale: int | None = Is(default=None, ge=0, le=20)
    values: tuple[Annotated[str, StringConstraints(min_length=1, max_length=100)], ...] = ()
    description: Text = ""
    origin: Origin = Origin()


class Relation(Model):
    """A link from this entity (the side that holds the key, or names the pairs) to another one.

    Attributes:
        name: `author` gives the column `author_id`; for many_to_many `tags` gives `tag_ids` in payloads.
        on_delete: What deleting the target does to this entity: `cascade` deletes it too, `restrict` refuses (409),
            `set_null` clears the link. Ignored by many_to_many, whose pairs always go with either side.
        inverse: Name of the collection on the target, shown in documentation and diagrams; none when unnamed.
    """

    name: MemberName
    kind: RelationKind = "many_to_one"
    target: EntityName
    required: bool = False
    on_delete: DeleteRule = "restrict"
    inverse: MemberName | None = None
    description: Text = ""
    origin: Origin = Origin()


class Access(Model):
    """Who may do each operation. An empty tuple means nobody, whatever their role."""

    create: tuple[Grant, ...] = ("public",)
    read: tuple[Grant, ...] = ("public",)
    list: tuple[Grant, ...] = ("public",)
    update: tuple[Grant, ...] = ("public",)
    delete: tuple[Grant, ...] = ("public",)

    def of(self, operation: Operation) -> tuple[Grant, ...]:
        """The grants of one operation."""
        return {
            "create": self.create,
            "read": self.read,
            "list": self.list,
            "update": self.update,
            "delete": self.delete,
        }[operation]


class Transition(Model):
    """An action that moves an enum field: `approve` makes `POST /orders/{id}/approve`.

    Attributes:
        name: The verb, `snake_case`; the path has it in kebab-case.
        field: The enum field of the entity that moves. It is set through transitions only, never by create or update.
        sources: Values it may move from; empty for any value but the target.
        target: The value it moves to.
        access: Who may do it.
        stamp: A datetime field that receives the moment, if any.
    """

    name: MemberName
    field: MemberName
    sources: tuple[str, ...] = ()
    target: str
    access: tuple[Grant, ...] = ("public",)
    stamp: MemberName | None = None
    description: Text = ""
    origin: Origin = Origin()


class PairAction(Model):
    """Two opposite actions of a logged-in user on a row: `POST /posts/{id}/like` and `POST /posts/{id}/unlike`.

    Attributes:
        name: `like`, `follow`, `join`.
        undo: `unlike`, `unfollow`, `leave`.
        through: The entity that holds one row per pair; `actor` and `subject` are unique together in it.
        actor: Relation of `through` to the auth entity: who acts.
        subject: Relation of `through` to the entity that has this action: what is acted on.
        access: Who may act; never `public`.
    """

    name: MemberName
    undo: MemberName
    through: EntityName
    actor: MemberName
    subject: MemberName
    access: tuple[Grant, ...] = ("authenticated",)
    description: Text = ""
    origin: Origin = Origin()


class Count(Model):
    """A read-only number in the answer: how many rows of `source` point here through their relation `via`."""

    name: MemberName
    source: EntityName
    via: MemberName
    description: Text = ""
    origin: Origin = Origin()


class Computed(Model):
    """A read-only value in the answer that no column holds: code of the project works it out. It can be null.

    Attributes:
        description: What the value is, in words, for whoever writes the code.
    """

    name: MemberName
    type: ComputedType = "string"
    description: Text = ""
    origin: Origin = Origin()


class Hook(Model):
    """Code of the project that runs before an operation, which it may change or refuse, or after it, in the same transaction.

    Attributes:
        description: What it does, in words, for whoever writes the code.
    """

    name: MemberName
    moment: Literal["before", "after"]
    operation: Literal["create", "update", "delete"]
    description: Text = ""
    origin: Origin = Origin()


class Endpoint(Model):
    """A route beyond the usual ones, answered by code of the project: `POST /orders/{id}/split` or `GET /orders/statistics`.

    Attributes:
        scope: `row`: about one row, in the caller's reach; `collection`: about no row in particular.
        access: Who may call it.
        arguments: What the caller sends: the body of a POST, the query string of a GET.
        answer: What the caller gets; nothing (204) when it is empty.
        description: What it does, in words, for whoever writes the code.
    """

    name: MemberName
    method: Literal["GET", "POST"] = "POST"
    scope: Literal["row", "collection"] = "row"
    access: tuple[Grant, ...] = ("public",)
    arguments: tuple[Field, ...] = ()
    answer: tuple[Field, ...] = ()
    description: Text = ""
    origin: Origin = Origin()


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
    prompt: str | None = None

    def entity(self, name: str) -> Entity | None:
        """The entity of that name, if there is one."""
        return next((item for item in self.entities if item.name == name), None)
