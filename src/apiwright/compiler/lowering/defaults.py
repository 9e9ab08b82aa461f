"""Defaults of fields, as Python source."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from apiwright.blueprint import Field
from apiwright.compiler.python_source import Code, literal, source

_NOW = {"date": Code("lambda: utc_now().date()"), "datetime": Code("utc_now"), "time": Code("lambda: utc_now().time()")}


def default_of(field: Field) -> Code | None:
    """The default as a column has it: a value, or what makes one; None when the field has none."""
    value = field.default
    if value is None:
        return None
    match field.type:
        case "date" | "datetime" | "time":
            return _moment(field.type, str(value))
        case "uuid":
            return source("UUID(<text>)", text=literal(str(UUID(str(value)))))
        case "decimal":
            return source("Decimal(<text>)", text=literal(str(value)))
        case "float":
            return literal(float(str(value)))
        case "email":
            return literal(str(value).lower())
        case "json" if isinstance(value, list | dict):
            return source("lambda: <value>", value=literal(value))
        case _:
            return literal(value)


def payload_default(default: Code | None) -> Code | None:
    """The default as a payload has it: a list or an object of mixed values is given its type."""
    if default is None or not default.startswith(("lambda: [", "lambda: {")) or len(default) == len("lambda: []"):
        return default
    return source("lambda: cast(JsonValue, <value>)", value=Code(default.removeprefix("lambda: ")))


def _moment(kind: str, value: str) -> Code:
    if value in {"now", "today"}:
        return _NOW[kind]
    if kind == "date":
        return Code(repr(date.fromisoformat(value)).replace("datetime.", "dt."))
    if kind == "time":
        return Code(repr(time.fromisoformat(value)).replace("datetime.", "dt."))
    moment = repr(datetime.fromisoformat(value).astimezone(UTC))
    return Code(moment.replace("tzinfo=datetime.timezone.utc", "tzinfo=dt.UTC").replace("datetime.datetime", "dt.datetime"))
