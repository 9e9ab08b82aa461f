"""Columns as they are printed."""

from typing import Literal

from msgspec import Struct

from apiwright.blueprint import Field
from apiwright.compiler.python_source import Code

Operator = Literal["eq", "in", "gt", "gte", "lt", "lte", "icontains", "isnull", "links"]


class FieldModel(Struct, frozen=True, kw_only=True):
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


class Filter(Struct, frozen=True, kw_only=True):
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


class ColumnModel(Struct, frozen=True, kw_only=True):
    """A column of the model: that of a field, of a relation, or one of the account's own (`hashed_password`, `role`)."""

    attribute: Code
    mapped: Code
    column: Code
    read: Code
