"""Blueprint field -> FieldModel: its column, its members of payloads, its filters, its checks."""

from collections.abc import Iterator

from msgspec import Struct

from apiwright.blueprint import Entity, Field
from apiwright.compiler.lowering.checks import Check, checks_of
from apiwright.compiler.lowering.defaults import default_of, payload_default
from apiwright.compiler.lowering.field_types import TypeSource, type_source
from apiwright.compiler.lowering.naming import ConstraintNames, EntityNames, attribute
from apiwright.compiler.project_model import FieldModel, Filter, Operator
from apiwright.compiler.python_source import Code, docstring, identifier, join, literal, source

ORDERED: tuple[Operator, ...] = ("gt", "gte", "lt", "lte")
SEARCHED = frozenset({"string", "text", "email", "url", "slug"})
_FILTERS: dict[str, tuple[Operator, ...]] = {
    "string": ("eq", "icontains"), "slug": ("eq", "in", "icontains"), "email": ("eq", "icontains"), "url": ("eq", "icontains"),
    "text": ("icontains",), "boolean": ("eq",), "uuid": ("eq", "in"), "enum": ("eq", "in"), "integer": ("eq", "in", *ORDERED),
    "float": ("eq", *ORDERED), "decimal": ("eq", *ORDERED), "date": ("eq", *ORDERED), "datetime": ("eq", *ORDERED),
    "time": ("eq", *ORDERED), "json": (), "secret": (),
}  # fmt: skip


class IndexSource(Struct, frozen=True):
    """A unique rule or an index.

    Attributes:
        argument: Of `mapped_column`; None when the name needs telling, which `table_argument` does then.
        migration: Its constraint or `op.create_index` call.
    """

    argument: Code | None
    table_argument: Code | None
    migration: Code
    unique: bool


class LoweredField(Struct, frozen=True):
    """A field, and what its table needs of it."""

    model: FieldModel
    migration: Code
    checks: tuple[Check, ...]
    index: IndexSource | None


def lower_field(entity: Entity, names: EntityNames, field: Field, constraints: ConstraintNames) -> LoweredField:
    """Resolve one field of an entity."""
    moved = {item.field for item in entity.transitions} | {item.stamp for item in entity.transitions}
    enum = names.enum(field.name) if field.type == "enum" else Code("")
    kind = type_source(field, enum)
    nullable = is_nullable(field)
    default = default_of(field)
    name = attribute(field.name)
    index = index_of(names, field.name, constraints, unique=field.unique) if field.unique or field.indexed else None
    extra = index.argument if index else None
    model = FieldModel(
        field=field,
        name=field.name,
        attribute=name,
        nullable=nullable,
        needed=field.required and default is None,
        writable=field.name not in moved,
        readable=field.type != "secret",
        searched=field.type in SEARCHED,
        mapped=_mapped(field, kind, nullable=nullable),
        column=_column(field, kind, default, extra),
        create=create_line(kind.payload, field.name, payload_default(default), nullable=nullable),
        update=update_line(kind.payload, field.name, nullable=nullable),
        read=read_line(kind.answer, field.name, nullable=nullable),
        alias=name != field.name,
        comment=docstring(field.description),
        enum=enum,
        choices=join([literal(value) for value in field.values]),
        filters=tuple(_filters(field, kind, nullable=nullable)),
    )
    null = Code("") if nullable else Code(", nullable=False")
    migration = source("sa.Column(<name>, <kind><null>)", name=literal(field.name), kind=kind.migration, null=null)
    return LoweredField(model, migration, tuple(checks_of(field)), index)


def is_nullable(field: Field) -> bool:
    """Whether the column and the payload take null: what has a default is never empty."""
    return not field.required and field.default is None


def create_line(payload: Code, name: str, default: Code | None, *, nullable: bool) -> Code:
    """What follows the attribute in the Create schema."""
    alias = _alias(name)
    if nullable:
        return source(": <t> | None = <d>", t=payload, d=_field("default=None", alias) if alias else Code("None"))
    if default is None:
        return source(": <t> = <f>", t=payload, f=_field("", alias)) if alias else source(": <t>", t=payload)
    if not default.startswith(("lambda", "utc_now")):
        plain = source("default=<d>", d=default)
        return source(": <t> = <f>", t=payload, f=_field(plain, alias) if alias else default)
    return source(": <t> = <f>", t=payload, f=_field(source("default_factory=<d>", d=default), alias))


def update_line(payload: Code, name: str, *, nullable: bool) -> Code:
    """What follows the attribute in the Update schema."""
    alias = _alias(name)
    if nullable:
        return source(": <t> | None = <d>", t=payload, d=_field("default=None", alias) if alias else Code("None"))
    return source(": <t> = <f>", t=payload, f=_field("default_factory=unchanged", alias))


def read_line(python: Code, name: str, *, nullable: bool) -> Code:
    """What follows the attribute in the Read schema."""
    kind = source("<t> | None", t=python) if nullable and python != "Any" else python
    alias = _alias(name)
    return source(": <t> = <f>", t=kind, f=_field("", alias)) if alias else source(": <t>", t=kind)


def filter_of(name: str, operator: Operator, kind: Code) -> Filter:
    """One query parameter; `kind` is the type of a single value."""
    parameter = name if operator in {"eq", "links"} else f"{name}__{operator}"
    if operator == "in" and kind == "UUID":
        kind = Code("Ids")
    elif operator == "in":
        kind = source("Annotated[list[<t>], CommaSeparated, Field(min_length=1, max_length=100)]", t=kind)
    elif operator == "isnull":
        kind = Code("QueryBoolean")
    elif operator == "icontains":
        kind = Code("Annotated[Text, Field(max_length=200)]")
    own = attribute(name) if operator in {"eq", "links"} else identifier(parameter)
    alias = _alias(name) if own != parameter else Code("")
    default = _field("default=None", alias) if alias else Code("None")
    return Filter(parameter=parameter, attribute=own, operator=operator, line=source(": <t> | None = <d>", t=kind, d=default))


def _alias(name: str) -> Code:
    return source("alias=<name>", name=literal(name)) if attribute(name) != name else Code("")


def _field(argument: str, alias: Code) -> Code:
    return source("Field(<arguments>)", arguments=join([Code(part) for part in (argument, alias) if part]))


def _filters(field: Field, kind: TypeSource, *, nullable: bool) -> Iterator[Filter]:
    for operator in _FILTERS[field.type]:
        if operator == "in" and any("," in value for value in field.values):
            continue  # a value with a comma cannot stand in a list that commas separate
        yield filter_of(field.name, operator, kind.query)
    if nullable and field.type != "secret":
        yield filter_of(field.name, "isnull", kind.query)


def _mapped(field: Field, kind: TypeSource, *, nullable: bool) -> Code:
    python = Code("str") if field.type == "enum" else kind.python
    optional = nullable and python != "Any"
    return source("Mapped[<t> | None]" if optional else "Mapped[<t>]", t=python)


def _column(field: Field, kind: TypeSource, default: Code | None, extra: Code | None) -> Code:
    arguments = [literal(field.name)] if attribute(field.name) != field.name else []
    arguments.append(kind.column)
    if field.type == "json":
        arguments.append(source("nullable=<n>", n=literal(is_nullable(field))))
    if extra is not None:
        arguments.append(extra)
    if default is not None:
        arguments.append(source("default=<d>", d=default))
    return source("mapped_column(<arguments>)", arguments=join(arguments))


def index_of(names: EntityNames, column: str, constraints: ConstraintNames, *, unique: bool) -> "IndexSource":
    """A unique rule or an index over one column. A name that differs from the convention is told in the table's arguments."""
    name, usual = constraints.claim("uq" if unique else "ix", names.table, [column])
    parts = {"name": literal(name), "table": literal(names.table), "column": literal(column)}
    if unique:
        migration = source("sa.UniqueConstraint(<column>, name=op.f(<name>))", **parts)
        table_argument = source("UniqueConstraint(<column>, name=<name>)", **parts)
    else:
        migration = source("op.create_index(op.f(<name>), <table>, [<column>])", **parts)
        table_argument = source("Index(<name>, <column>)", **parts)
    argument = Code("unique=True" if unique else "index=True")
    return IndexSource(argument if usual else None, None if usual else table_argument, migration, unique)
