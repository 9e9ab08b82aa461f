"""Bounds and lengths: what they may be, and whether they leave room for any value."""

import re
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor, isfinite
from string import ascii_lowercase, digits

from apiwright.blueprint.base import FieldType
from apiwright.blueprint.members import Field
from apiwright.blueprint.validation.widths import widths

NUMBERS: frozenset[FieldType] = frozenset({"integer", "float", "decimal"})
TEXTS: frozenset[FieldType] = frozenset({"string", "text", "email", "url", "slug", "secret"})
PATTERNED: frozenset[FieldType] = frozenset({"string", "text", "slug", "secret"})
LONGEST: dict[FieldType, int] = {"string": 10_000, "slug": 255, "email": 254, "url": 2_083, "secret": 10_000, "text": 1_000_000}
SHORTEST: dict[FieldType, int] = {"slug": len("a"), "email": len("a@b.c"), "url": len("http://a")}
_LETTERS: dict[FieldType, str] = {"slug": f"{ascii_lowercase}{digits}-"}
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters that no database keeps."""
INTEGER_RANGE = (-(2**63), 2**63 - 1)

Problem = tuple[str, str, str]


def bounds(field: Field) -> Iterator[Problem]:
    """Bounds and lengths that its type cannot hold, or that leave no room between them."""
    if field.min_length is not None and field.max_length is not None and field.min_length > field.max_length:
        yield "bounds-empty", f"No text has {field.min_length} to {field.max_length} characters.", "Swap or widen the lengths."
    longest = LONGEST.get(field.type)
    for rule, length in (("min_length", field.min_length), ("max_length", field.max_length)):
        if longest is not None and length is not None and length > longest:
            yield "length-too-large", f"`{rule}` is {length}; a {field.type} holds up to {longest} characters.", "Use type text, or less."
    precision, scale = digits_of(field)
    if field.type == "decimal" and scale > precision:
        yield (
            "scale-too-large",
            f"{scale} digits after the point do not fit {precision} digits in all.",
            "Raise `precision`, or lower `scale`.",
        )
    unfit = [problem for rule in ("min", "max") for problem in _bound(field, rule)]
    yield from unfit
    if not unfit and field.min is not None and field.max is not None and _is_between_none(field, field.min, field.max):
        kind = f" with {scale} decimals" if field.type == "decimal" else ""
        yield "bounds-empty", f"No value{kind} lies between {field.min} and {field.max}.", "Swap or widen `min` and `max`."


def _bound(field: Field, rule: str) -> Iterator[Problem]:
    bound: float | None = getattr(field, rule)
    precision, scale = digits_of(field)
    if bound is None:
        return
    if not is_finite(bound):
        yield "bound-not-finite", f"`{rule}` is not a finite number.", "Give a number, or leave it out."
    elif field.type == "integer" and (bound != int(bound) or not INTEGER_RANGE[0] <= bound <= INTEGER_RANGE[1]):
        yield "bound-not-integer", f"`{rule}` is {bound}; an integer has 64 bits and no fraction.", "Round it, or use type decimal."
    elif field.type == "decimal" and abs(bound) >= 10 ** (precision - scale):
        message = f"`{rule}` is {bound}, which {precision} digits with {scale} decimals cannot hold."
        yield "bound-too-large", message, "Raise `precision`."


def digits_of(field: Field) -> tuple[int, int]:
    """Digits of a decimal: in all, and after the point."""
    return field.precision or 12, field.scale if field.scale is not None else 2


def is_finite(number: float) -> bool:
    """Whether it is a number that a float can come near."""
    try:
        return isfinite(number)
    except OverflowError:  # an integer that is more than any float
        return False


def _is_between_none(field: Field, low: float, high: float) -> bool:
    if field.type != "decimal":
        return low > high
    precision, scale = digits_of(field)
    top, steps = 10**precision - 1, 10**scale
    first, last = Fraction(str(low)) * steps, Fraction(str(high)) * steps
    return max(ceil(first), -top) > min(floor(last), top)


def lengths(field: Field) -> Iterator[Problem]:
    """Whether its lengths, its type and its pattern leave room for any text."""
    if field.type not in TEXTS:
        return
    shortest, longest = max(field.min_length or 0, SHORTEST.get(field.type, 0)), longest_of(field)
    if longest < SHORTEST.get(field.type, 0):
        message = f"No {field.type} has up to {longest} characters: the shortest one has {SHORTEST[field.type]}."
        yield "bounds-empty", message, "Raise `max_length`, or use type string."
    elif field.max_length is None and shortest > longest:
        message = f"`min_length` is {shortest}; without a `max_length`, a {field.type} has up to {longest} characters."
        yield "bounds-empty", message, "Add a `max_length`."
    if field.pattern is None or field.type not in PATTERNED:
        return
    found = widths(field.pattern, _LETTERS.get(field.type))
    if found is None:
        yield "pattern-impossible", f"No {field.type} matches {field.pattern!r}.", "Change the pattern, or use type string."
    elif found[0] > longest or found[1] < shortest <= longest:
        matched = f"{found[0]} characters or more" if found[1] > longest else f"up to {found[1]} characters"
        message = f"What matches {field.pattern!r} has {matched}, not {shortest} to {longest}."
        yield "pattern-impossible", message, "Change the pattern, or the lengths."


def longest_of(field: Field) -> int:
    """The most characters that a text of the field has."""
    return field.max_length if field.max_length is not None else 255 if field.type == "string" else LONGEST[field.type]
