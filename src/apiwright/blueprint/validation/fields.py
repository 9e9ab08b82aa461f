"""Rules of single fields: what fits their type, and defaults that they would refuse themselves."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import cast
from uuid import UUID

from apiwright.blueprint.base import FieldType
from apiwright.blueprint.members import Field
from apiwright.blueprint.model import Blueprint
from apiwright.blueprint.validation.limits import (
    INTEGER_RANGE,
    NUMBERS,
    PATTERNED,
    TEXTS,
    UNSTORABLE,
    Problem,
    bounds,
    digits_of,
    is_finite,
    lengths,
    longest_of,
)
from apiwright.blueprint.validation.patterns import matches, problems_of_pattern
from apiwright.diagnostics import Diagnostic

_MOST_SHOWN = 100
_DEEPEST = 50
"""Lists and objects within each other in a default; more than anybody writes, and less than any stack takes."""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Problems of every field of every entity."""
    for entity in blueprint.entities:
        for field in entity.fields:
            for code, message, hint in problems_of(field):
                yield Diagnostic(code=code, where=f"entities.{entity.name}.fields.{field.name}", message=message, hint=hint)


def problems_of(field: Field) -> Iterator[Problem]:
    """What does not fit the type of one field."""
    yield from _misplaced(field)
    yield from bounds(field)
    yield from _enum(field)
    problems = list(_pattern(field))
    yield from problems or lengths(field)
    if field.default is not None:
        reason = refusal(field, field.default)
        if reason:
            yield "default-impossible", f"The default {_shown(field.default)} {reason}.", "Change the default, or the rule that it breaks."
        elif field.unique:
            yield "default-impossible", "A unique field can have a default only once.", "Remove the default or `unique`."


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."


def _misplaced(field: Field) -> Iterator[Problem]:
    places = {
        "min": (field.min is not None, field.type in NUMBERS),
        "max": (field.max is not None, field.type in NUMBERS),
        "min_length": (field.min_length is not None, field.type in TEXTS),
        "max_length": (field.max_length is not None, field.type in TEXTS),
        "pattern": (field.pattern is not None, field.type in PATTERNED),
        "precision": (field.precision is not None, field.type == "decimal"),
        "scale": (field.scale is not None, field.type == "decimal"),
        "values": (bool(field.values), field.type == "enum"),
        "unique": (field.unique, field.type not in {"json", "secret", "boolean", "text"}),
        "indexed": (field.indexed, field.type not in {"json", "secret", "text"}),
        "default": (field.default is not None, field.type != "secret"),
    }
    for rule, (given, fits) in places.items():
        if given and not fits:
            yield "rule-misplaced", f"`{rule}` means nothing for a field of type {field.type}.", f"Remove `{rule}`, or change the type."


def _enum(field: Field) -> Iterator[Problem]:
    if field.type != "enum":
        return
    if not field.values:
        yield "enum-empty", "An enum needs values.", "List them under `values`."
    for value, times in Counter(field.values).items():
        if times > 1:
            yield "enum-duplicate", f"The value {value!r} is listed twice.", "Keep one."
        if value != value.strip() or UNSTORABLE.search(value):
            yield (
                "text-unstorable",
                f"The value {value!r} has blanks at its ends or characters that no database keeps.",
                "Write it plainly.",
            )


def _pattern(field: Field) -> Iterator[Problem]:
    if field.pattern is not None:
        yield from problems_of_pattern(field.pattern)


def refusal(field: Field, value: object) -> str | None:
    """Why `field` would refuse `value` (a JSON value), in words that follow "it"; None when it takes it."""
    match field.type:
        case "integer" | "float" | "decimal":
            return _number_refusal(field, value)
        case "boolean":
            return None if isinstance(value, bool) else "is neither true nor false"
        case "json":
            return _json_refusal(value, 0)
        case "enum":
            return None if value in field.values else "is none of the values"
        case "date" | "datetime" | "time" | "uuid":
            return _parsed_refusal(field.type, value)
        case _:
            return _text_refusal(field, value)


def _number_refusal(field: Field, value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return "is no number"
    if isinstance(value, int | float) and not is_finite(value):
        return "is not finite"
    try:
        number = Decimal(value if isinstance(value, int) else str(value))
    except InvalidOperation:
        return "is no number"
    if not number.is_finite():
        return "is not finite"
    if field.type != "decimal" and isinstance(value, str):
        return "is text, not a number"
    if field.type == "integer" and (isinstance(value, float) or not INTEGER_RANGE[0] <= number <= INTEGER_RANGE[1]):
        return "is no 64-bit integer"
    if field.type == "decimal" and not _has_digits(number, *digits_of(field)):
        precision, scale = digits_of(field)
        return f"does not fit {precision} digits with {scale} decimals"
    if field.min is not None and is_finite(field.min) and number < Decimal(str(field.min)):
        return f"is below the minimum {field.min}"
    if field.max is not None and is_finite(field.max) and number > Decimal(str(field.max)):
        return f"is above the maximum {field.max}"
    return None


def _has_digits(number: Decimal, precision: int, scale: int) -> bool:
    """Whether it can be written so. Nothing is computed, for what is computed with decimals is rounded to 28 digits."""
    if not number:
        return True
    _, figures, exponent = number.as_tuple()
    ending = next(place for place, figure in enumerate(reversed(figures)) if figure)
    return number.adjusted() < precision - scale and cast("int", exponent) + ending >= -scale


def _json_refusal(value: object, depth: int) -> str | None:
    """Why no JSON that a database keeps is the value."""
    if depth > _DEEPEST:
        return "is nested too deeply"
    match value:
        case None | bool():
            return None
        case str():
            return "has characters that no database keeps" if UNSTORABLE.search(value) else None
        case int() | float():
            return None if is_finite(value) else "has a number that is not finite"
        case list():
            members = cast("list[object]", value)
        case dict():
            items = cast("dict[object, object]", value)
            members = [*items, *items.values()]
            if not all(isinstance(key, str) for key in items):
                return "has a key that is no text"
        case _:
            return "is no JSON value"
    return next((reason for member in members if (reason := _json_refusal(member, depth + 1))), None)


def _parsed_refusal(kind: FieldType, value: object) -> str | None:
    if not isinstance(value, str):
        return f"is no {kind}"
    if (kind, value) in {("date", "today"), ("datetime", "now"), ("time", "now")}:
        return None
    try:
        match kind:
            case "date":
                date.fromisoformat(value)
            case "time":
                if time.fromisoformat(value).tzinfo is not None:
                    return "has a time zone; a time of day has none"
            case "uuid":
                UUID(value)
            case _:
                moment = datetime.fromisoformat(value)
                if moment.tzinfo is None:
                    return "has no time zone; end it with Z"
                moment.astimezone(UTC)
    except OverflowError:
        return "is not in the years 1 to 9999 in UTC"
    except ValueError:
        return "is no uuid" if kind == "uuid" else f"is no {kind} in ISO 8601"
    return None


def _text_refusal(field: Field, value: object) -> str | None:
    if not isinstance(value, str):
        return "is no text"
    if UNSTORABLE.search(value):
        return "has characters that no database keeps"
    shortest = field.min_length if field.min_length is not None else 0
    longest = longest_of(field)
    if not shortest <= len(value) <= longest:
        return f"has {len(value)} characters, not {shortest} to {longest}"
    if field.pattern is not None and not matches(field.pattern, value):
        return "does not match the pattern"
    shape = _SHAPES.get(field.type)
    return f"is no {field.type}" if shape and not shape.fullmatch(value) else None


_SHAPES: dict[FieldType, re.Pattern[str]] = {
    "email": re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+"),
    "url": re.compile(r"https?://[^\s/?#]+[^\s]*"),
    "slug": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
}
