"""Values in SQL: literals as each database stores them, and what takes the place of a value that is missing."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Literal
from uuid import UUID

from apiwright.blueprint import Field
from apiwright.blueprint.changes.base import Json
from apiwright.blueprint.validation.fields import refusal
from apiwright.blueprint.validation.limits import LONGEST
from apiwright.compiler.samples import accepted

Dialect = Literal["sqlite", "postgresql"]
NARROW = 18
"""Digits up to which a decimal is an integer of smallest units in SQLite; beyond, it is a text of fixed width."""
_PLAIN: dict[str, tuple[Json, ...]] = {
    "integer": (0, 1), "float": (0.0,), "decimal": ("0",), "boolean": (False,), "date": ("today",), "datetime": ("now",),
    "time": ("00:00:00",), "uuid": ("00000000-0000-0000-0000-000000000000",), "email": ("unknown@example.com",),
    "url": ("https://example.com/",), "slug": ("unknown",), "json": ({},), "string": ("", "unknown"), "text": ("", "unknown"),
}  # fmt: skip


def digits(field: Field) -> tuple[int, int]:
    """Precision and scale of a decimal."""
    return field.precision or 12, 2 if field.scale is None else field.scale


def longest(field: Field) -> int:
    """How many characters a text may have."""
    return field.max_length if field.max_length is not None else 255 if field.type == "string" else LONGEST[field.type]


def backfill(field: Field, fill: Json | None = None) -> Json | None:
    """What rows get that have no value yet: what was asked for, the default, or a plain value of the type when it is required."""
    if fill is not None:
        return fill
    if field.default is not None or not field.required:
        return field.default
    plain = field.values[:1] if field.type == "enum" else _PLAIN.get(field.type, ())
    candidates = [*plain, *accepted(field)]
    return next((value for value in candidates if refusal(field, value) is None), None)  # pyright: ignore[reportReturnType] - JSON values


def literal_sql(field: Field, value: Json, dialect: Dialect) -> str:
    """A JSON value of the field's type as SQL."""
    sqlite = dialect == "sqlite"
    match field.type:
        case "integer":
            return str(int(str(value)))
        case "float":
            return repr(float(str(value)))
        case "decimal":
            return decimal_sql(field, Decimal(str(value)), dialect)
        case "boolean":
            return str(int(bool(value))) if sqlite else str(bool(value)).lower()
        case "date" | "datetime" | "time":
            return _moment(field.type, str(value), dialect)
        case "uuid":
            return quoted(UUID(str(value)).hex) if sqlite else f"CAST({quoted(str(UUID(str(value))))} AS UUID)"
        case "json":
            text = quoted(json.dumps(value))
            return text if sqlite else f"CAST({text} AS JSON)"
        case _:
            return quoted(str(value))


def decimal_sql(field: Field, value: Decimal, dialect: Dialect) -> str:
    """A decimal as SQL; in SQLite in the form that the project's own types keep it."""
    precision, scale = digits(field)
    if dialect != "sqlite":
        return f"{value:f}"
    units = int((value * 10**scale).to_integral_value())
    return str(units) if precision <= NARROW else quoted(f"{units + 10**precision:0{precision + 1}d}")


def quoted(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _moment(kind: Literal["date", "datetime", "time"], value: str, dialect: Dialect) -> str:
    sqlite = dialect == "sqlite"
    if value in {"now", "today"}:
        stored = {"date": "date('now')", "datetime": "strftime('%Y-%m-%d %H:%M:%f000', 'now')", "time": "strftime('%H:%M:%f000', 'now')"}
        present = {"date": "CURRENT_DATE", "datetime": "now()", "time": "LOCALTIME"}
        return stored[kind] if sqlite else present[kind]
    match kind:
        case "date":
            return quoted(value) if sqlite else f"DATE {quoted(date.fromisoformat(value).isoformat())}"
        case "time":
            moment = time.fromisoformat(value)
            return quoted(f"{moment:%H:%M:%S.%f}") if sqlite else f"TIME {quoted(moment.isoformat())}"
        case "datetime":
            instant = datetime.fromisoformat(value).astimezone(UTC)
            return quoted(f"{instant:%Y-%m-%d %H:%M:%S.%f}") if sqlite else f"TIMESTAMPTZ {quoted(instant.isoformat())}"
