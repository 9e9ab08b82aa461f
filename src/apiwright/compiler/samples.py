"""Values that a field takes, and values that it refuses: what generated tests send. Always the same for the same field."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count, islice
from string import ascii_lowercase

from apiwright.blueprint import Field
from apiwright.blueprint.validation.fields import refusal
from apiwright.compiler.patterns import matching
from apiwright.kit.casing import sentence, words_of

MANY = 10
"""How many values are as good as any number of them."""
_SPAN = 24
"""How far values stay from the end of a range, where it has room."""
_DAY = date(2030, 1, 31)
_MOMENT = datetime(2030, 1, 31, 12, 0, tzinfo=UTC)
_TRIES = 400


def accepted(field: Field, most: int = MANY) -> list[object]:
    """Up to `most` different JSON values that the field takes, in rising order where it has one; empty when none was found."""
    found: list[object] = []
    for value in islice(_candidates(field), _TRIES):
        if value not in found and refusal(field, value) is None:
            found.append(value)
            if len(found) == most:
                break
    return found


def refused(field: Field) -> list[object]:
    """Up to two JSON values, None apart, that the field refuses; the plainest first."""
    return list(islice((value for value in _wrong(field) if refusal(field, value) is not None), 2))


def _candidates(field: Field) -> Iterator[object]:
    match field.type:
        case "boolean":
            yield from (True, False)
        case "integer" | "float" | "decimal":
            yield from _numbers(field)
        case "date":
            yield from ((_DAY + timedelta(days=n)).isoformat() for n in count())
        case "datetime":
            yield from ((_MOMENT + timedelta(minutes=n)).isoformat().replace("+00:00", "Z") for n in count())
        case "time":
            yield from (time(8 + n // 60, n % 60).isoformat() for n in range(_SPAN))
        case "uuid":
            yield from (f"00000000-0000-4000-8000-{n:012}" for n in count(1))
        case "enum":
            yield from field.values
        case "json":
            yield from ({"key": n} for n in count(1))
        case _:
            yield from _texts(field)


def _texts(field: Field) -> Iterator[str]:
    shortest, longest = field.min_length or 0, field.max_length or 255
    if field.pattern is not None:
        yield from matching(field.pattern, shortest=shortest, longest=longest)
        return
    yield from (_natural(field, n, shortest) for n in range(1, _SPAN + 1))
    yield from (_short(field, letter, shortest) for letter in ascii_lowercase)


def _natural(field: Field, number: int, shortest: int) -> str:
    stem = words_of(field.name)[-1]
    match field.type:
        case "email":
            return f"{stem}{number}".ljust(shortest - 12, "x") + "@example.com"
        case "url":
            return f"https://example.com/{number}".ljust(shortest, "0")
        case "slug":
            return f"{stem}-{number}".ljust(shortest, "0")
        case _:
            return f"{sentence(field.name).capitalize()} {number}".ljust(shortest, ".")


def _short(field: Field, letter: str, shortest: int) -> str:
    match field.type:
        case "email":
            return f"{letter}@b.co"
        case "url":
            return f"http://{letter}.co"
        case _:
            return letter.rjust(max(shortest, 1), "a")


def _numbers(field: Field) -> Iterator[object]:
    low = None if field.min is None else Decimal(str(field.min))
    high = None if field.max is None else Decimal(str(field.max))
    if field.type == "decimal":
        yield from _decimals(field, low, high)
        return
    first = low if low is not None else min(Decimal(1), high) if high is not None else Decimal(1)
    if field.type == "integer":
        start = int(first.to_integral_value("ROUND_CEILING")) if high is None or first + _SPAN <= high else int(max(first, high - _SPAN))
        yield from (start + n for n in range(_TRIES))
        return
    last = high if high is not None else first + _SPAN
    step = min(Fraction(1, 2), (Fraction(last) - Fraction(first)) / _SPAN)
    yield from (float(Fraction(first) + step * n) for n in range(_SPAN + 1))


def _decimals(field: Field, low: Decimal | None, high: Decimal | None) -> Iterator[str]:
    scale = field.scale if field.scale is not None else 2
    precision = field.precision or 12
    unit = Decimal(1).scaleb(-scale)
    top = Decimal(10) ** (precision - scale) - unit
    first = max(low, -top) if low is not None else Decimal(1) if high is None or high > 1 else high - _SPAN * unit
    first += 10 if first in {0, 1} and (high is None or high >= first + 40) else 0  # 10.00 says price where 0.00 says nothing
    first = min(first, top - _SPAN * unit)
    start = (first / unit).to_integral_value("ROUND_CEILING") * unit
    yield from (f"{start + n * unit:.{scale}f}" for n in range(_TRIES))


def _wrong(field: Field) -> Iterator[object]:
    match field.type:
        case "integer" | "float" | "decimal":
            unit = Decimal(1).scaleb(-(field.scale if field.scale is not None else 2)) if field.type == "decimal" else Decimal(1)
            for bound, step in ((field.min, -unit), (field.max, unit)):
                if bound is not None:
                    value = Decimal(str(bound)) + step
                    yield str(value) if field.type == "decimal" else int(value) if field.type == "integer" else float(value)
            yield "many"
        case "boolean":
            yield "perhaps"
        case "date" | "datetime" | "time" | "uuid":
            yield "no such thing"
        case "enum":
            yield "no such value"
        case "json":
            return
        case _:
            yield from ("", "nowhere", "No Slug!", "~", "#!")
            longest = field.max_length if field.max_length is not None else 255 if field.type == "string" else None
            if longest is not None and longest <= 1_000:
                yield "x" * (longest + 1)
