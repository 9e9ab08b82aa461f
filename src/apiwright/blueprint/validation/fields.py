"""Rules of single fields: what fits their type, and defaults that they would refuse themselves."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from uuid import UUID

from apiwright.blueprint.base import FieldType
from apiwright.blueprint.members import Field
from apiwright.blueprint.model import Blueprint
from apiwright.blueprint.validation.patterns import matches, problems_of_pattern
from apiwright.diagnostics import Diagnostic

NUMBERS: frozenset[FieldType] = frozenset({"integer", "float", "decimal"})
TEXTS: frozenset[FieldType] = frozenset({"string", "text", "email", "url", "slug", "secret"})
PATTERNED: frozenset[FieldType] = frozenset({"string", "text", "slug", "secret"})
LONGEST: dict[FieldType, int] = {"string": 10_000, "slug": 255, "email": 254, "url": 2_083, "secret": 10_000, "text": 1_000_000}
INTEGER_RANGE = (-(2**63), 2**63 - 1)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

Problem = tuple[str, str, str]


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Problems of every field of every entity."""
    for entity in blueprint.entities:
        for field in entity.fields:
            for code, message, hint in problems_of(field):
                yield Diagnostic(code=code, where=f"entities.{entity.name}.fields.{field.name}", message=message, hint=hint)


def problems_of(field: Field) -> Iterator[Problem]:
    """What does not fit the type of one field."""
    yield from _misplaced(field)
    yield from _bounds(field)
    yield from _enum(field)
    yield from _pattern(field)
    if field.default is not None:
        reason = refusal(field, field.default)
        if reason:
            yield "default-impossible", f"The default {field.default!r} {reason}.", "Change the default, or the rule that it breaks."
        elif field.unique:
            yield "default-impossible", "A unique field can have a default only once.", "Remove the default or `unique`."


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


def _bounds(field: Field) -> Iterator[Problem]:
    if field.min is not None and field.max is not None and field.min > field.max:
        yield "bounds-empty", f"No value lies between {field.min} and {field.max}.", "Swap or widen `min` and `max`."
    if field.min_length is not None and field.max_length is not None and field.min_length > field.max_length:
        yield "bounds-empty", f"No text has {field.min_length} to {field.max_length} characters.", "Swap or widen the lengths."
    longest = LONGEST.get(field.type)
    for rule, length in (("min_length", field.min_length), ("max_length", field.max_length)):
        if longest is not None and length is not None and length > longest:
            yield "length-too-large", f"`{rule}` is {length}; a {field.type} holds up to {longest} characters.", "Use type text, or less."
    precision, scale = field.precision or 12, field.scale if field.scale is not None else 2
    if field.type == "decimal" and scale > precision:
        yield (
            "scale-too-large",
            f"{scale} digits after the point do not fit {precision} digits in all.",
            "Raise `precision`, or lower `scale`.",
        )
    for rule, bound in (("min", field.min), ("max", field.max)):
        if bound is None:
            continue
        if bound != bound or bound in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN is the number that differs from itself
            yield "bound-not-finite", f"`{rule}` is not a finite number.", "Give a number, or leave it out."
        elif field.type == "integer" and (bound != int(bound) or not INTEGER_RANGE[0] <= bound <= INTEGER_RANGE[1]):
            yield "bound-not-integer", f"`{rule}` is {bound}; an integer has 64 bits and no fraction.", "Round it, or use type decimal."
        elif field.type == "decimal" and abs(bound) >= 10 ** (precision - scale):
            yield (
                "bound-too-large",
                f"`{rule}` is {bound}, which {precision} digits with {scale} decimals cannot hold.",
                "Raise `precision`.",
            )


def _enum(field: Field) -> Iterator[Problem]:
    if field.type != "enum":
        return
    if not field.values:
        yield "enum-empty", "An enum needs values.", "List them under `values`."
    for value, times in Counter(field.values).items():
        if times > 1:
            yield "enum-duplicate", f"The value {value!r} is listed twice.", "Keep one."
        if value != value.strip() or _UNSTORABLE.search(value):
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
            return None if isinstance(value, dict | list | str | int | float | bool) else "is no JSON value"
        case "enum":
            return None if value in field.values else "is none of the values"
        case "date" | "datetime" | "time" | "uuid":
            return _parsed_refusal(field.type, value)
        case _:
            return _text_refusal(field, value)


def _number_refusal(field: Field, value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return "is no number"
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return "is no number"
    if not number.is_finite():
        return "is not finite"
    if field.type != "decimal" and isinstance(value, str):
        return "is text, not a number"
    if field.type == "integer" and (isinstance(value, float) or not INTEGER_RANGE[0] <= number <= INTEGER_RANGE[1]):
        return "is no 64-bit integer"
    if field.type == "decimal":
        precision, scale = field.precision or 12, field.scale if field.scale is not None else 2
        if abs(number) >= 10 ** (precision - scale) or number != round(number, scale):
            return f"does not fit {precision} digits with {scale} decimals"
    if field.min is not None and number < Decimal(str(field.min)):
        return f"is below the minimum {field.min}"
    if field.max is not None and number > Decimal(str(field.max)):
        return f"is above the maximum {field.max}"
    return None


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
                if datetime.fromisoformat(value).tzinfo is None:
                    return "has no time zone; end it with Z"
    except ValueError:
        return f"is no {kind} in ISO 8601"
    return None


def _text_refusal(field: Field, value: object) -> str | None:
    if not isinstance(value, str):
        return "is no text"
    if _UNSTORABLE.search(value):
        return "has characters that no database keeps"
    shortest = field.min_length if field.min_length is not None else 0
    longest = field.max_length if field.max_length is not None else 255 if field.type == "string" else LONGEST[field.type]
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
