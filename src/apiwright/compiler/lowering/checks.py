"""CHECK constraints: the rules of payloads that both databases can keep as well."""

import math
from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from apiwright.blueprint import Field
from apiwright.compiler.lowering.field_types import EXACT_DIGITS, NUMBERS, precision_of
from apiwright.compiler.python_source import Code, join, literal


class Check(Struct, frozen=True):
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


def checks_of(field: Field) -> Iterator[Check]:
    """The rules of a field that a database can keep."""
    name = literal(field.name)
    if field.type == "enum":
        values = join([literal(value) for value in field.values])
        yield Check(f"{field.name}_values", "<p>column(<name>).in_([<values>])", {"name": name, "values": values})
    elif field.type == "decimal":
        yield from _decimal_checks(field)
    elif field.type in NUMBERS:
        low, high = (None if value is None else literal(value) for value in (field.min, field.max))
        yield from _range(Check(f"{field.name}_range", "<p>column(<name>)", {"name": name}), low, high)
    elif field.min_length or field.max_length is not None:
        low = literal(field.min_length) if field.min_length else None
        high = literal(field.max_length) if field.max_length is not None else None
        yield from _range(Check(f"{field.name}_length", "<p>func.length(<p>column(<name>))", {"name": name}), low, high)


def _range(subject: Check, low: Code | None, high: Code | None, *, wrap: str = "{}") -> Iterator[Check]:
    """The condition that the subject lies between its bounds; `wrap` is put around each."""
    least, most = wrap.format("<low>"), wrap.format("<high>")
    condition = subject.condition
    if low is not None and high is not None:
        yield replace(subject, condition=f"{condition}.between({least}, {most})", parts={**subject.parts, "low": low, "high": high})
    elif low is not None:
        yield replace(subject, condition=f"{condition} >= {least}", parts={**subject.parts, "low": low})
    elif high is not None:
        yield replace(subject, condition=f"{condition} <= {most}", parts={**subject.parts, "high": high})


def _decimal_checks(field: Field) -> Iterator[Check]:
    """The same rule twice where the databases keep the number differently."""
    subject = Check(f"{field.name}_range", "<p>column(<name>)", {"name": literal(field.name)})
    bounds = (field.min, field.max)
    if all(value in (None, 0) for value in bounds) and precision_of(field)[0] <= EXACT_DIGITS:
        low, high = (None if value is None else literal(0) for value in bounds)
        yield from _range(subject, low, high)
        return
    low, high = (None if value is None else literal(str(value)) for value in bounds)
    yield from _range(replace(subject, dialect="postgresql"), low, high, wrap="<p>literal_column({})")
    low = None if field.min is None else literal(_stored(field, field.min, up=True))
    high = None if field.max is None else literal(_stored(field, field.max, up=False))
    yield from _range(replace(subject, dialect="sqlite"), low, high)


def _stored(field: Field, value: float, *, up: bool) -> int | str:
    """A bound as SQLite keeps it: the count of the smallest unit, or the shifted text of fixed width."""
    precision, scale = precision_of(field)
    exact = Fraction(str(value)) * 10**scale
    number = math.ceil(exact) if up else math.floor(exact)
    return number if precision <= EXACT_DIGITS else f"{number + 10**precision:0{precision + 1}d}"
