"""An entity as it is printed."""

from msgspec import Struct

from apiwright.blueprint import Operation
from apiwright.compiler.project_model.extensions import ComputedModel, EndpointModel, ExtensionModel, HooksModel
from apiwright.compiler.project_model.fields import ColumnModel, FieldModel, Filter
from apiwright.compiler.project_model.relations import EntityRef, LinkRef, RelationModel, Target
from apiwright.compiler.project_model.routes import CountModel, Guard, OperationModel, PairActionModel, TransitionModel
from apiwright.compiler.python_source import Code


class EntityModel(Struct, frozen=True, kw_only=True):
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
        label, one, labels: In words: `purchase order`, `a purchase order`, `purchase orders`.
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
        row_path: Path of one row within the router; it takes nothing but ids where the collection has routes with names.
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
    one: Code
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
    computed: tuple[ComputedModel, ...]
    hooks: HooksModel
    endpoints: tuple[EndpointModel, ...]
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
    read_members: tuple[FieldModel | RelationModel | CountModel | ComputedModel | ColumnModel, ...]
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

    @property
    def payload_classes(self) -> tuple[Code, ...]:
        """Every class of payloads that the module of an extension may refer to."""
        written = [self.create_schema] * self.created + [self.update_schema] * self.updated
        endpoints = [name for item in self.endpoints for name in (item.request, item.answer) if name]
        return (self.read_schema, *written, *endpoints)

    @property
    def extensions(self) -> tuple[ExtensionModel, ...]:
        """The modules that code of the project is written in."""
        return tuple(item.extension for item in (*self.computed, *self.hooks.every, *self.endpoints))
