"""ProjectModel: everything that templates print, resolved. Names, types, paths and rules are decided in `lowering`, never in a template.

Two kinds of text live here. `Code` may be printed as it is; a plain `str` is what somebody wrote (or a name as the blueprint
spells it), and a template that prints it fails: mint it first, in `python_source` or a sibling for another language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from apiwright.blueprint import Blueprint, Field, Operation, PairAction, Relation, Transition
from apiwright.compiler.python_source import Code

Operator = Literal["eq", "in", "gt", "gte", "lt", "lte", "icontains", "isnull", "links"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Who may call a route. Exactly one of these holds: `public`; `everybody`; or only `roles` and/or `owner` may.

    Attributes:
        public: No token is needed, and every row is in reach.
        everybody: Any valid token will do, and every row is in reach.
        roles: Roles that reach every row, sorted; empty when `public` or `everybody`.
        owner: The owner reaches the own rows; False when `public` or `everybody`.
        allowed: The roles as a Python set display `{"admin", "manager"}`; empty when there are none.
    """

    public: bool
    everybody: bool
    roles: tuple[str, ...]
    owner: bool
    allowed: Code

    @property
    def login(self) -> bool:
        """Whether a token is needed: without one the answer is 401."""
        return not self.public

    @property
    def scoped(self) -> bool:
        """Whether some callers reach only the rows that they own."""
        return self.owner

    @property
    def role_only(self) -> bool:
        """Whether a role is needed, whoever owns the row: without it the answer is 403, whether or not the row is there."""
        return bool(self.roles) and not self.owner


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldModel:
    """One column that comes from a blueprint's field.

    Attributes:
        field: As the blueprint has it: type, rules, values, default, description.
        name: Name in payloads, in the table and in queries (that of the blueprint).
        attribute: Name in Python classes; differs from `name` where that is a Python, pydantic or SQLAlchemy word.
        nullable: Whether the column and the payload take null: neither required nor with a default.
        needed: Whether create must have it.
        writable: Whether create and update take it; False for what transitions move or stamp.
        readable: Whether answers, filters and sorting have it; False for secrets.
        searched: Whether `q` looks at it.
        mapped: `Mapped[...]` annotation, e.g. `Mapped[str | None]`.
        column: `mapped_column(...)` call.
        create: Line of the Create schema after the attribute's name, e.g. `: Title` or `: str | None = None`.
        update: The same of the Update schema; unset means unchanged.
        read: The same of the Read schema.
        alias: Whether `attribute` differs from `name`.
        comment: Escaped description for a `#` comment or documentation; empty when there is none.
        enum: Name of the `Literal` alias in the schema module, for enums; else empty.
        choices: Python display of an enum's values, comma-separated; else empty.
        filters: Query parameters for this field, in order.
    """

    field: Field
    name: str
    attribute: Code
    nullable: bool
    needed: bool
    writable: bool
    readable: bool
    searched: bool
    mapped: Code
    column: Code
    create: Code
    update: Code
    read: Code
    alias: bool
    comment: Code
    enum: Code
    choices: Code
    filters: tuple["Filter", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One query parameter of a list, e.g. `due_date__gte`.

    Attributes:
        parameter: Its name in the query string.
        attribute: Its attribute of the Query schema.
        operator: `eq`, `in`, `gt`, `gte`, `lt`, `lte`, `icontains`, `isnull`, or `links` (rows linked to this id).
        line: Line of the Query schema after the attribute's name.
    """

    parameter: str
    attribute: Code
    operator: Operator
    line: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRef:
    """An entity as others refer to it; see `EntityModel` for the meaning of each name."""

    name: str
    model: Code
    repository: Code
    module: Code
    table: str
    table_variable: Code
    label: Code
    labels: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationModel:
    """A link to another entity.

    Attributes:
        relation: As the blueprint has it: kind, required, on_delete, inverse.
        name: Its name in the blueprint.
        target: The entity it points to.
        key: Name in payloads and queries: `author_id`; for many_to_many `tag_ids`.
        attribute: `key` as a Python attribute; many_to_many has it in schemas only.
        many: Whether it is many_to_many.
        unique: Whether a target may be linked once (one_to_one).
        nullable: Whether the link may be empty.
        owner: Whether it is filled with the caller: the payload never has it.
        writable: Whether payloads take it.
        needed: Whether create must have it.
        checked: Whether a payload's target must be in the caller's reach, not just exist.
        mapped, column, create, update, read: As in `FieldModel`; `mapped` and `column` are empty for many_to_many.
        alias: Whether `attribute` differs from `key`.
        link_table: Name of the pair table of a many_to_many; else empty.
        link_variable: Its Python variable in the model's module; else empty.
        source_column, target_column: The pair table's two columns; else empty.
        filters: Query parameters for this relation.
    """

    relation: Relation
    name: str
    target: EntityRef
    key: str
    key_literal: Code
    attribute: Code
    many: bool
    unique: bool
    nullable: bool
    owner: bool
    writable: bool
    needed: bool
    checked: bool
    mapped: Code
    column: Code
    create: Code
    update: Code
    read: Code
    alias: bool
    link_table: str
    link_table_literal: Code
    link_variable: Code
    link_columns: tuple[Code, ...]
    source_column: str
    target_column: str
    source_literal: Code
    target_literal: Code
    filters: tuple[Filter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A link that a write must look up before it stores it: is the row there, and in the caller's reach?

    Attributes:
        reach_function: Function of the repository's module that tells which rows the caller may point to; empty when any will do.
        reach: SQL condition on the target's rows of `caller`, as a Python expression; empty likewise.
        exempt: Roles that may point to every row, as a set display; empty when there are none.
    """

    relation: RelationModel
    reach_function: Code
    reach: Code
    exempt: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationModel:
    """One route of the five. Operations that nobody may call are left out.

    Attributes:
        kind: Which of the five.
        guard: Who may call it.
        function: Name of the endpoint function, e.g. `list_todos`.
        operation_id: The same, as the OpenAPI document has it.
        hidden: What a caller who does not own the row is told, when only the owner may: 404 where the row is not readable
            to everybody logged in, else 403.
        statuses: Error statuses that the document lists, sorted.
    """

    kind: Operation
    guard: Guard
    function: Code
    operation_id: str
    hidden: Literal[403, 404]
    statuses: tuple[int, ...]
    problems: Code
    summary: Code
    caller: Code
    arguments: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionModel:
    """`POST /orders/{order_id}/approve` answers 200 with the row; 409 from a state that is not among its sources.

    Attributes:
        transition: As the blueprint has it.
        field: The enum that moves.
        stamp: The datetime that receives the moment, or None.
        path: Its last segment, e.g. `approve`.
        sources: States it leaves from; never empty (all but the target when the blueprint names none).
        sources_code, target_code: The same as Python source.
    """

    transition: Transition
    field: FieldModel
    stamp: FieldModel | None
    guard: Guard
    function: Code
    operation_id: str
    hidden: Literal[403, 404]
    path: str
    path_literal: Code
    sources: tuple[str, ...]
    sources_code: Code
    target_code: Code
    column_literal: Code
    stamp_literal: Code
    summary: Code
    statuses: tuple[int, ...]
    problems: Code
    caller: Code
    arguments: Code
    scope_parameter: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class PairActionModel:
    """`POST /posts/{post_id}/like` and `.../unlike`: 204 both, as often as they are called; 404 when the subject is out of reach.

    Attributes:
        action: As the blueprint has it.
        through: The entity of the pairs.
        actor_key, subject_key: Its two columns.
        path, undo_path: Last segments.
        reach: The guard of reading the subject.
    """

    action: PairAction
    through: EntityRef
    actor_key: str
    subject_key: str
    guard: Guard
    function: Code
    undo_function: Code
    operation_id: str
    undo_operation_id: str
    path: str
    undo_path: str
    path_literal: Code
    undo_path_literal: Code
    summary: Code
    undo_summary: Code
    statuses: tuple[int, ...]
    problems: Code
    caller: Code
    arguments: Code
    scope_parameter: Code
    scope_argument: Code
    pair: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class CountModel:
    """A read-only number in answers.

    Attributes:
        name: Its name in payloads.
        expression: The correlated subquery, as Python source.
        read: Line of the Read schema after the attribute's name.
    """

    name: str
    attribute: Code
    alias: bool
    source: EntityRef
    expression: Code
    read: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnModel:
    """A column of the model: that of a field, of a relation, or one of the account's own (`hashed_password`, `role`)."""

    attribute: Code
    mapped: Code
    column: Code
    read: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRef:
    """A pair table's variable, and the module in `models` that has it."""

    module: Code
    variable: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityModel:
    """One entity: four modules, a table and its routes.

    Attributes:
        name: As the blueprint spells it.
        model: Class of the table.
        create_schema, update_schema, read_schema, query_schema, page_schema: Payload classes; `page_schema` is what a list answers
            (`items`, `total`, `limit`, `offset`).
        repository: Class with the queries.
        module: Module name in `models`, `schemas`, `repositories` (singular).
        router_module: Module name in `routers` (plural); tests are `tests/test_<router_module>.py`.
        table: Table name.
        path: Path of the collection, e.g. `/purchase-orders`.
        parameter: Path parameter of one row, e.g. `todo_id`.
        variable: Singular in snake_case, free to use as a local variable.
        collection: Plural in snake_case, the same.
        label, labels: Singular and plural in words: `purchase order`, `purchase orders`.
        doc: Escaped description, for within a docstring; never empty.
        account: Whether its rows are the accounts.
        owned: Whether rows have an owner (an account owns itself).
        owner_path: Relations from the row to its owner's account, first to last; empty for accounts and for what nobody owns.
        direct: Whether the first of them points to the account itself, so that create fills it.
        operations: The routes it has, in the order create, list, read, update, delete.
        read_guard: Who may read a row; None when nobody may.
        open_reading: Whether a row that only its owner may change is readable to others (who are told 403, not 404).
        routed, listed, created, updated: Whether it has any route, a list, a Create schema, an Update schema.
        columns: Every column of the model but those of `Row`, in order.
        create_members, update_members, read_members: Members of the payload classes, in order.
        filters: Query parameters of the list, in order.
        searched: Columns that `q` looks at.
    """

    name: str
    ref: EntityRef
    model: Code
    create_schema: Code
    update_schema: Code
    read_schema: Code
    query_schema: Code
    page_schema: Code
    repository: Code
    module: Code
    router_module: Code
    table: str
    table_literal: Code
    path: str
    path_literal: Code
    parameter: Code
    variable: Code
    collection: Code
    label: Code
    labels: Code
    doc: Code
    description: str
    account: bool
    owned: bool
    owner_path: tuple[RelationModel, ...]
    direct: bool
    fields: tuple[FieldModel, ...]
    relations: tuple[RelationModel, ...]
    operations: tuple[OperationModel, ...]
    transitions: tuple[TransitionModel, ...]
    pair_actions: tuple[PairActionModel, ...]
    counts: tuple[CountModel, ...]
    unique_together: tuple[tuple[str, ...], ...]
    read_guard: Guard | None
    open_reading: bool
    scoped: bool
    owned_by: Code
    routed: bool
    listed: bool
    created: bool
    updated: bool
    enums: tuple[FieldModel, ...]
    links: tuple[RelationModel, ...]
    targets: tuple[Target, ...]
    columns: tuple[ColumnModel, ...]
    table_arguments: tuple[Code, ...]
    table_variable: Code
    create_members: tuple[FieldModel | RelationModel, ...]
    update_members: tuple[FieldModel | RelationModel, ...]
    read_members: tuple[FieldModel | RelationModel | CountModel | ColumnModel, ...]
    filters: tuple[Filter, ...]
    searched: tuple[Code, ...]
    shown_columns: tuple[Code, ...]
    sort_alias: Code
    sort_choices: Code
    imported_models: tuple[EntityRef, ...]
    imported_links: tuple[LinkRef, ...]
    aliases: tuple[Code, ...]
    label_literal: Code
    labels_literal: Code
    owner_literal: Code
    row_path: Code
    role_path: Code

    def operation(self, kind: Operation) -> OperationModel | None:
        """The route of that kind, if the entity has it."""
        return next((item for item in self.operations if item.kind == kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthModel:
    """Accounts. Routes under `/auth`:

    `POST /register` (201 with the account; same payload as the account's Create schema, with `password` of 8 to 128 characters; only when
    `registration`), `POST /login` (OAuth2 password form: `username`, `password`; 200 `{access_token, refresh_token, token_type: "bearer",
    expires_in}`; 401; 429 with Retry-After), `POST /refresh` `{refresh_token}` (200 with a new pair; 401; reuse of an old one revokes the
    family), `POST /logout` `{refresh_token}` (204), `GET /me` (200 with the account), `POST /password` `{current_password, new_password}`
    (204, revokes every refresh token; 403 for a wrong current password). `PUT /users/{id}/role` `{role}` when `admin_route`.

    Attributes:
        entity: The accounts' entity.
        login: Its field that names the account.
        registration: Whether anybody may register.
        roles: Every role with `user` first; empty when the blueprint names none.
        admin_route: Whether the role `admin` exists, and with it the route that sets roles.
    """

    entity: EntityModel
    login: FieldModel
    registration: bool
    roles: tuple[str, ...]
    roles_code: Code
    admin_route: bool
    token_table: Code
    account_key: Code
    login_column: Code
    login_example: Code
    lower_login: bool
    register_statuses: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """What the project needs beyond the plain case, so that nothing else is in it. Each tells whether some entity needs it.

    Attributes:
        decimals: Decimals of up to 18 digits; `wide_decimals` of more.
        links: Many-to-many relations.
        targets: Links in payloads that are looked up; `reaches`: within the caller's reach.
        scopes: Routes that reach own rows only; `open_reading`: where others may read them.
        role_checks: Routes for roles alone.
        rereads: Rows that are read again after a write, for counts or links.
        writes, own_values: Statements of create, update or transitions.
        refusals: Writes that may find no row.
        cycles: Tables that point to one another in a circle.
    """

    decimals: bool
    wide_decimals: bool
    json: bool
    searched: bool
    links: bool
    counts: bool
    targets: bool
    reaches: bool
    scopes: bool
    open_reading: bool
    role_checks: bool
    lists: bool
    creates: bool
    updates: bool
    deletes: bool
    transitions: bool
    stamps: bool
    pairs: bool
    rereads: bool
    writes: bool
    own_values: bool
    refusals: bool
    cycles: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Parameters and arguments that the common repository passes on where the project has owners; empty where it has none.

    Attributes:
        scope_parameter, scope_plain_parameter, scope_argument: `owner_id`, by keyword, by position, and as it is handed on.
        caller_parameter, update_caller_parameter, caller_argument: `caller`, where links are looked up within the caller's reach.
        reread_condition: Whether a written row has to be read again.
    """

    scope_parameter: Code
    scope_plain_parameter: Code
    scope_argument: Code
    caller_parameter: Code
    update_caller_parameter: Code
    caller_argument: Code
    reread_condition: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class TableModel:
    """A table as the first migration makes it: every argument of `op.create_table` after its name, and its indexes.

    Attributes:
        arguments: Columns and constraints, one each.
        indexes: `op.create_index(...)` calls.
        later: `op.create_foreign_key(...)` calls for what closes a circle (not on SQLite, which takes them at once).
        dropped: The `op.drop_constraint(...)` calls that undo them.
    """

    name: str
    literal: Code
    arguments: tuple[Code, ...]
    indexes: tuple[Code, ...]
    later: tuple[Code, ...]
    dropped: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectModel:
    """The whole project.

    Attributes:
        name: Kebab-case; directory and distribution name. Safe to print (`slug`).
        title_literal, description_literal: Python string literals.
        doc: Escaped title for a docstring.
        by_name: The entities by their names in the blueprint.
        tables: In the order in which they can be made; `tables_dropped` in the order in which they can be dropped.
        routed: Entities with routes.
        model_names: Every class of `models` as a literal, sorted.
        yaml: The blueprint as it is saved in the project.
        payload_types: For each type of `schemas.base`, whether some payload has it.
    """

    blueprint: Blueprint
    name: str
    slug: Code
    title: str
    description: str
    title_literal: Code
    description_literal: Code
    doc: Code
    database: Literal["sqlite", "postgresql"]
    entities: tuple[EntityModel, ...]
    by_name: Mapping[str, EntityModel]
    auth: AuthModel | None
    uses: Uses
    signatures: Signatures
    tables: tuple[TableModel, ...]
    tables_dropped: tuple[TableModel, ...]
    routed: tuple[EntityModel, ...]
    model_names: tuple[Code, ...]
    database_name: Code
    yaml: Code
    payload_types: Mapping[str, bool]

    def entity(self, name: str) -> EntityModel:
        """The entity of that name (as the blueprint spells it)."""
        return self.by_name[name]
