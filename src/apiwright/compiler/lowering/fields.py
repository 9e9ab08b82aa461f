"""Blueprint field -> FieldModel: its column, its members of payloads, its filters, its checks."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from fractions import Fraction
from uuid import UUID

from apiwright.blueprint import Entity, Field
from apiwright.compiler.lowering.field_types import EXACT_DIGITS, TypeSource, precision_of, type_source
from apiwright.compiler.lowering.naming import ConstraintNames, EntityNames, attribute
from apiwright.compiler.project_model import FieldModel, Filter, Operator
from apiwright.compiler.python_source import Code, docstring, identifier, join, literal, source
from apiwright.errors import CompileError
from apiwright.kit.casing import pascal

ORDERED: tuple[Operator, ...] = ("gt", "gte", "lt", "lte")
NUMBERS = frozenset({"integer", "float", "decimal"})
SEARCHED = frozenset({"string", "text", "email", "url", "slug"})
_FILTERS: dict[str, tuple[Operator, ...]] = {
    "string": ("eq", "icontains"), "slug": ("eq", "in", "icontains"), "email": ("eq", "icontains"), "url": ("eq", "icontains"),
    "text": ("icontains",), "boolean": ("eq",), "uuid": ("eq", "in"), "enum": ("eq", "in"), "integer": ("eq", "in", *ORDERED),
    "float": ("eq", *ORDERED), "decimal": ("eq", *ORDERED), "date": ("eq", *ORDERED), "datetime": ("eq", *ORDERED),
    "time": ("eq", *ORDERED), "json": (), "secret": (),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """A CHECK constraint.

    Attributes:
        suffix: Its name after the table's.
        condition: SQLAlchemy expression; `<p>` stands for the prefix `sa.` of migrations.
        dialect: The only database it is for; empty for all.
    """

    suffix: str
    condition: str
    parts: dict[str, Code]
    dialect: str = ""


@dataclass(frozen=True, slots=True)
class IndexSource:
    """A unique rule or an index.

    Attributes:
        argument: Of `mapped_column`; None when the name needs telling, which `table_argument` does then.
        migration: Its constraint or `op.create_index` call.
    """

    argument: Code | None
    table_argument: Code | None
    migration: Code
    unique: bool


@dataclass(frozen=True, slots=True)
class LoweredField:
    """A field, and what its table needs of it."""

    model: FieldModel
    migration: Code
    checks: tuple[Check, ...]
    index: IndexSource | None


def lower_field(entity: Entity, names: EntityNames, field: Field, constraints: ConstraintNames) -> LoweredField:
    """Resolve one field of an entity."""
    moved = {item.field for item in entity.transitions} | {item.stamp for item in entity.transitions}
    enum = names.schema(pascal(field.name)) if field.type == "enum" else Code("")
    kind = type_source(field, enum)
    nullable = not field.required and field.default is None
    default = _default(field) if field.default is not None else None
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
        column=_column(field, kind, default, extra, alias=name != field.name, nullable=nullable),
        create=create_line(kind.payload, field.name, _typed(default), nullable=nullable),
        update=update_line(kind.payload, field.name, nullable=nullable),
        read=read_line(kind.python, field.name, nullable=nullable),
        alias=name != field.name,
        comment=docstring(field.description),
        enum=enum,
        choices=join([literal(value) for value in field.values]),
        filters=tuple(_filters(field, kind, nullable=nullable)),
    )
    null = Code("") if nullable else Code(", nullable=False")
    migration = source("sa.Column(<name>, <kind><null>)", name=literal(field.name), kind=kind.migration, null=null)
    return LoweredField(model, migration, tuple(_checks(field)), index)


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


def _column(field: Field, kind: TypeSource, default: Code | None, extra: Code | None, *, alias: bool, nullable: bool) -> Code:
    arguments = [literal(field.name)] if alias else []
    arguments.append(kind.column)
    if field.type == "json":
        arguments.append(source("nullable=<n>", n=literal(nullable)))
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


def _typed(default: Code | None) -> Code | None:
    """The default as a payload has it: a list or an object of mixed values is given its type."""
    if default is None or not default.startswith(("lambda: [", "lambda: {")) or len(default) == len("lambda: []"):
        return default
    return source("lambda: cast(JsonValue, <value>)", value=Code(default.removeprefix("lambda: ")))


def _default(field: Field) -> Code:
    value = field.default
    match field.type, value:
        case "date", "today":
            return Code("lambda: utc_now().date()")
        case "datetime", "now":
            return Code("utc_now")
        case "time", "now":
            return Code("lambda: utc_now().time()")
        case "date", str():
            return Code(repr(date.fromisoformat(value)).replace("datetime.", "dt."))
        case "time", str():
            return Code(repr(time.fromisoformat(value)).replace("datetime.", "dt."))
        case "datetime", str():
            moment = datetime.fromisoformat(value).astimezone(UTC)
            return Code(repr(moment).replace("tzinfo=datetime.timezone.utc", "tzinfo=dt.UTC").replace("datetime.datetime", "dt.datetime"))
        case "uuid", str():
            return source("UUID(<text>)", text=literal(str(UUID(value))))
        case "decimal", _:
            return source("Decimal(<text>)", text=literal(str(value)))
        case "float", int() | float():
            return literal(float(value))
        case "email", str():
            return literal(value.lower())
        case "json", list() | dict():
            return source("lambda: <value>", value=literal(value))
        case _, None:
            raise CompileError(f"{field.name} has no default")
        case _:
            return literal(value)


def _checks(field: Field) -> Iterator[Check]:
    name = {"name": literal(field.name)}
    if field.type == "enum":
        values = join([literal(value) for value in field.values])
        yield Check(f"{field.name}_values", "<p>column(<name>).in_([<values>])", {**name, "values": values})
    elif field.type == "decimal":
        yield from _decimal_checks(field, name)
    elif field.type in NUMBERS:
        low, high = (None if value is None else literal(value) for value in (field.min, field.max))
        yield from _range(f"{field.name}_range", "<p>column(<name>)", name, low, high)
    elif field.min_length or field.max_length is not None:
        low = literal(field.min_length) if field.min_length else None
        high = literal(field.max_length) if field.max_length is not None else None
        yield from _range(f"{field.name}_length", "<p>func.length(<p>column(<name>))", name, low, high)


def _range(
    suffix: str, subject: str, name: dict[str, Code], low: Code | None, high: Code | None, *, dialect: str = "", wrap: str = "{}"
) -> Iterator[Check]:
    least, most = wrap.format("<low>"), wrap.format("<high>")
    if low is not None and high is not None:
        yield Check(suffix, f"{subject}.between({least}, {most})", {**name, "low": low, "high": high}, dialect)
    elif low is not None:
        yield Check(suffix, f"{subject} >= {least}", {**name, "low": low}, dialect)
    elif high is not None:
        yield Check(suffix, f"{subject} <= {most}", {**name, "high": high}, dialect)


def _decimal_checks(field: Field, name: dict[str, Code]) -> Iterator[Check]:
    """The same rule twice where the databases keep the number differently."""
    bounds = (field.min, field.max)
    suffix, subject = f"{field.name}_range", "<p>column(<name>)"
    if all(value in (None, 0) for value in bounds) and precision_of(field)[0] <= EXACT_DIGITS:
        low, high = (None if value is None else literal(0) for value in bounds)
        yield from _range(suffix, subject, name, low, high)
        return
    low, high = (None if value is None else literal(str(value)) for value in bounds)
    yield from _range(suffix, subject, name, low, high, dialect="postgresql", wrap="<p>literal_column({})")
    low = None if field.min is None else literal(_stored(field, field.min, up=True))
    high = None if field.max is None else literal(_stored(field, field.max, up=False))
    yield from _range(suffix, subject, name, low, high, dialect="sqlite")


def _stored(field: Field, value: float, *, up: bool) -> int | str:
    """A bound as SQLite keeps it: the count of the smallest unit, or the shifted text of fixed width."""
    precision, scale = precision_of(field)
    exact = Fraction(str(value)) * 10**scale
    number = math.ceil(exact) if up else math.floor(exact)
    return number if precision <= EXACT_DIGITS else f"{number + 10**precision:0{precision + 1}d}"
