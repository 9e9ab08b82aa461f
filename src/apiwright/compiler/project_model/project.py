"""The whole project as it is printed."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from apiwright.blueprint import Blueprint, dump_yaml
from apiwright.compiler.project_model.entities import EntityModel
from apiwright.compiler.project_model.fields import FieldModel
from apiwright.compiler.python_source import Code


class AuthModel(Struct, frozen=True, kw_only=True):
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


class Uses(Struct, frozen=True, kw_only=True):
    """What the project needs beyond the plain case, so that nothing else is in it. Each tells whether some entity needs it.

    Attributes:
        decimals: Decimals of up to 18 digits; `wide_decimals` of more.
        links: Many-to-many relations.
        targets: Links in payloads that are looked up; `reaches`: within the caller's reach.
        scopes: Routes that reach own rows only; `open_reading`: where others may read them.
        role_checks: Routes for roles alone; `reading_roles`: among them, some that read.
        reading_users: Routes that read, and look up who calls.
        rereads: Rows that are read again after a write, for counts or links.
        writes, own_values: Statements of create, update or transitions.
        refusals: Writes that may find no row.
        extensions: Code of the project that answers for something; `computed`, `endpoints` and `hooks`: for what.
        query_arguments: Endpoints with arguments in the query string.
        reached: Rows that are looked up before something is done with them.
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
    reading_roles: bool
    reading_users: bool
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
    extensions: bool
    computed: bool
    hooks: bool
    endpoints: bool
    query_arguments: bool
    reached: bool


class Signatures(Struct, frozen=True, kw_only=True):
    """Parameters and arguments that the common repository passes on where the project has owners; empty where it has none.

    Attributes:
        scope_parameter, scope_plain_parameter, scope_argument: `owner_id`, by keyword, by position, and as it is handed on.
        caller_parameter, update_caller_parameter, caller_argument: `caller`, where links are looked up within the caller's reach.
        reread_condition: Whether a written row has to be read again.
        answered: A row as it is answered.
    """

    scope_parameter: Code
    scope_plain_parameter: Code
    scope_argument: Code
    caller_parameter: Code
    update_caller_parameter: Code
    caller_argument: Code
    reread_condition: Code
    answered: Code


class TableModel(Struct, frozen=True, kw_only=True):
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


class ProjectModel(Struct, frozen=True, kw_only=True):
    """The whole project.

    Attributes:
        name: Kebab-case; directory and distribution name. Safe to print (`slug`).
        title_literal, description_literal: Python string literals.
        doc: Escaped title for a docstring.
        by_name: The entities by their names in the blueprint.
        tables: In the order in which they can be made; `tables_dropped` in the order in which they can be dropped.
        routed: Entities with routes.
        model_names: Every class of `models` as a literal, sorted.
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
    payload_types: Mapping[str, bool]

    @property
    def yaml(self) -> Code:
        """The blueprint as it is saved in the project. Made when it is printed, for not everything that is lowered is."""
        return Code(dump_yaml(self.blueprint).rstrip("\n"))

    def entity(self, name: str) -> EntityModel:
        """The entity of that name (as the blueprint spells it)."""
        return self.by_name[name]
