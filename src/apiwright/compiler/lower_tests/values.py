"""Sample values as Python source."""

from datetime import date, datetime, time

from apiwright.blueprint import Field
from apiwright.compiler.project_model import FieldModel
from apiwright.compiler.python_source import Code, join, literal, source
from apiwright.compiler.samples import MANY, accepted
from apiwright.compiler.tests_model import SampleModel
from apiwright.kit.casing import sentence

ENDLESS = 1_000
"""A number of distinct values that no test uses up."""
NOTHING = Code("")
DIGITS = 6
"""Digits of the highest number that any run of the tests reaches."""
_LONGEST_LOCAL_PART = 64

Numbered = tuple[Code, Code, int]
"""Value and JSON with `number` in them, and how many different ones there are."""


def sample_of(model: FieldModel, *, numbered: bool) -> SampleModel | None:
    """Values of a field; None when none was found that its rules let through.

    Args:
        numbered: Values must differ from row to row; their source then has `number` in it.
    """
    values = accepted(model.field, MANY if numbered else 2)
    if not values:
        return None
    value, json = value_source(model.field, values[0]), literal(values[0])
    distinct = ENDLESS
    if numbered:
        counted = _endless(model.field) or _counted(model.field, values)
        value, json, distinct = counted or _cycle(model.field, values[2:] if len(values) > 3 else values)
    return SampleModel(
        field=model,
        key=literal(model.name),
        attribute=model.attribute,
        value=value,
        json=json,
        fixed_value=value_source(model.field, values[0]),
        fixed_json=literal(values[0]),
        other_json=literal(values[1]) if len(values) > 1 else NOTHING,
        distinct=distinct,
        numbered=numbered,
        values=tuple(values[:2]),
    )


def value_source(field: Field, value: object) -> Code:
    """A JSON value of the field as the Python value that its column holds."""
    match field.type:
        case "decimal":
            return source("Decimal(<text>)", text=literal(value))
        case "uuid":
            return source("UUID(<text>)", text=literal(value))
        case "date":
            day = date.fromisoformat(str(value))
            return _call("date", day.year, day.month, day.day)
        case "time":
            moment = time.fromisoformat(str(value))
            return _call("time", moment.hour, moment.minute)
        case "datetime":
            at = datetime.fromisoformat(str(value))
            return source("datetime(<parts>, tzinfo=UTC)", parts=_numbers(at.year, at.month, at.day, at.hour, at.minute))
        case _:
            return literal(value)


def query_text(value: object) -> str:
    """A JSON value as a query string has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _endless(field: Field) -> Numbered | None:
    """For types that have enough values."""
    match field.type:
        case "uuid":
            return Code("uuid4()"), Code("str(uuid4())"), ENDLESS
        case "date":
            day = Code("date(2031, 1, 1) + timedelta(days=number)")
            return day, source("str(<day>)", day=day), ENDLESS
        case "datetime":
            moment = Code("datetime(2031, 1, 1, tzinfo=UTC) + timedelta(minutes=number)")
            return moment, source('f"{<moment>:%Y-%m-%dT%H:%M:%SZ}"', moment=moment), ENDLESS
        case "integer" if field.max is None:
            value = source("<start> + number", start=literal(int(field.min or 0) + 100))
            return value, value, ENDLESS
        case "string" | "email" | "url" | "slug" if field.pattern is None:
            text = _text(field)
            return (text, text, ENDLESS) if text else None
        case _:
            return None


def _text(field: Field) -> Code | None:
    longest, shortest = field.max_length or 255, field.min_length or 0
    before, after = {"email": ("user", "@example.com"), "url": ("https://example.com/no", ""), "slug": ("no-", "")}.get(
        field.type, (f"{sentence(field.name).capitalize()} no. ", "")
    )
    if len(before) + len(after) + DIGITS > longest or len(before) + len(after) + 1 < shortest:
        return None
    return source('f"<before>{number}<after>"', before=Code(before), after=Code(after))


def _counted(field: Field, values: list[object]) -> Numbered | None:
    """For integers between bounds, and for texts that have just room for digits; `values` are some that tests use beside these."""
    if field.type == "integer" and field.max is not None:
        start = int(str(values[0])) + 2
        size = int(field.max) - start + 1
        if size <= len(values):
            return None
        value = source("<start> + number % <size>", start=literal(start), size=literal(size))
        return value, value, min(size, ENDLESS)
    if field.type not in {"string", "email", "url", "slug"} or field.pattern is not None:
        return None
    before, after = {"email": ("", "@b.co"), "url": ("http://n", ".co")}.get(field.type, ("", ""))
    around = len(before) + len(after)
    width = max((field.min_length or 0) - around, min((field.max_length or 255) - around, DIGITS))
    if not 1 < width <= (_LONGEST_LOCAL_PART if field.type == "email" else (field.max_length or 255) - around):
        return None
    cut = source(" % <size>", size=literal(10**width)) if width < DIGITS else NOTHING
    text = source('f"<before>{number<cut>:0<width>}<after>"', before=Code(before), cut=cut, width=literal(width), after=Code(after))
    return text, text, min(10**width, ENDLESS)


def _cycle(field: Field, values: list[object]) -> Numbered:
    size = literal(len(values))
    choice = "(<values>,)[number % <size>]"
    return (
        source(choice, values=join(value_source(field, value) for value in values), size=size),
        source(choice, values=join(literal(value) for value in values), size=size),
        len(values),
    )


def _call(name: str, *numbers: int) -> Code:
    return source("<name>(<numbers>)", name=Code(name), numbers=_numbers(*numbers))


def _numbers(*numbers: int) -> Code:
    return join(literal(number) for number in numbers)
