"""Values that a blueprint's rules allow, for the requests of the checks."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from string import ascii_lowercase
from typing import Any
from zlib import crc32

from apiwright.blueprint import Endpoint, Entity, Field
from apiwright.blueprint.validation.fields import refusal
from apiwright.blueprint.validation.limits import INTEGER_RANGE, digits_of, longest_of
from apiwright.verifier.patterns import matching

_TRIES = 20
_SPAN = 10**6


def field_values(entity: Entity, who: str, *, stored: bool = False) -> dict[str, Any]:
    """A value for each required or unique field.

    Args:
        entity: Whose fields.
        who: Tells the values of one from those of another.
        stored: Whether they go into the database: then what only transitions may set is among them.
    """
    moved = moved_by_transitions(entity)
    wanted = [field for field in entity.fields if (field.required or field.unique) and (stored or field.name not in moved)]
    return {field.name: field.default if stored and field.name in moved and field.default else value_of(field, who) for field in wanted}


def moved_by_transitions(entity: Entity) -> set[str | None]:
    """The fields that no payload sets."""
    return {item.field for item in entity.transitions} | {item.stamp for item in entity.transitions}


def argument_values(endpoint: Endpoint, who: str) -> dict[str, Any]:
    """A value for each argument that an endpoint must be sent."""
    return {field.name: value_of(field, who) for field in endpoint.arguments if field.required and field.default is None}


def change_of(entity: Entity) -> dict[str, Any]:
    """An update that would change something, were it let through; nothing where no field is free."""
    moved = moved_by_transitions(entity)
    free = [item for item in entity.fields if item.name not in moved and item.type not in {"secret", "json", "boolean", "enum"}]
    return {free[0].name: value_of(free[0], "changed")} if free else {}


def value_of(field: Field, who: str, turn: int = 0) -> Any:
    """A value that the field's rules allow; the nearest try if none is found.

    It is another one for another `who`, or at another turn, where the type has so many. That of the first turn tells whose it is.
    """
    value = None
    for again in range(_TRIES):
        value = _MAKERS[field.type](field, who, turn * _TRIES + again)
        if refusal(field, value) is None:
            break
    return value


def _text(field: Field, who: str, turn: int) -> str:
    shortest, longest = field.min_length or 1, longest_of(field)
    if field.pattern is not None:
        return matching(field.pattern, field.min_length or 0, longest, seed=f"{field.name}{who}{turn or ''}")
    code = _letters(field, who, turn)
    text = f"{who}-{code if turn else field.name}".replace("_", "-")  # no wildcard of LIKE in it
    return (code if turn and len(text) > longest else text)[: min(longest, 200)].ljust(shortest, "x")


def _slug(field: Field, who: str, turn: int) -> str:
    text = _text(field, who, turn)
    return text if field.pattern is not None else re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "a"


def _email(field: Field, who: str, turn: int) -> str:
    name = _letters(field, who, turn) if turn else field.name.replace("_", "-")
    text = f"{who}.{name}@example.com"
    if len(text) > longest_of(field):
        text = f"{_letters(field, who, turn)[: max(longest_of(field) - 5, 1)]}@b.co"[: longest_of(field)]
    local, _, domain = text.partition("@")
    return f"{local.ljust((field.min_length or 0) - len(domain) - 1, 'x')}@{domain}"


def _url(field: Field, who: str, turn: int) -> str:
    name = _letters(field, who, turn) if turn else field.name.replace("_", "-")
    text = f"https://example.com/{who}/{name}"
    if len(text) > longest_of(field):
        text = f"http://{_letters(field, who, turn)}"[: longest_of(field)]
    return text if len(text) >= (field.min_length or 0) else f"{text}/".ljust(field.min_length or 0, "x")


def _integer(field: Field, who: str, turn: int) -> int:
    low = ceil(field.min) if field.min is not None else 0 if field.max is None else int(field.max) - _SPAN
    high = floor(field.max) if field.max is not None else low + _SPAN
    low, high = max(low, INTEGER_RANGE[0]), min(high, INTEGER_RANGE[1])
    return low + _number(field, who, turn) % (high - low + 1)


def _decimal(field: Field, who: str, turn: int) -> str:
    """In units of its last digit, for with so many digits floats and decimals are rounded."""
    precision, scale = digits_of(field)
    low, high = (Fraction(str(bound)) * 10**scale for bound in _range(field))
    first, last = max(ceil(low), 1 - 10**precision), min(floor(high), 10**precision - 1)
    value = first + _number(field, who, turn) % (max(last - first, 0) + 1)
    return f"{Decimal((value < 0, [int(figure) for figure in str(abs(value))], -scale)):f}"


def _float(field: Field, who: str, turn: int) -> float:
    low, high = _range(field)
    part = _number(field, who, turn) % 1_024 / 1_024
    return max(low, min(high, low * (1 - part) + high * part))


def _range(field: Field) -> tuple[float, float]:
    low = field.min if field.min is not None else 0 if field.max is None or field.max > 0 else field.max - 1_000
    return low, field.max if field.max is not None else low + 1_000


def _moment(field: Field, who: str, turn: int) -> datetime:
    return datetime(2031, 5, 17, 9, 30, tzinfo=UTC) + timedelta(minutes=_number(field, who, turn) % 600_000)


def _letters(field: Field, who: str, turn: int) -> str:
    number, letters = _number(field, who, turn), ""
    while len(letters) < _LETTERS:
        number, place = divmod(number, len(ascii_lowercase))
        letters += ascii_lowercase[place]
    return letters


def _number(field: Field, who: str, turn: int) -> int:
    return crc32(f"{who}/{field.name}/{turn}".encode())


_LETTERS = 7
_MAKERS: dict[str, Callable[[Field, str, int], Any]] = {
    "string": _text,
    "text": _text,
    "secret": _text,
    "slug": _slug,
    "integer": _integer,
    "float": _float,
    "decimal": _decimal,
    "boolean": lambda field, who, turn: bool(_number(field, who, turn) % 2),
    "date": lambda field, who, turn: _moment(field, who, turn).date().isoformat(),
    "datetime": lambda field, who, turn: _moment(field, who, turn).isoformat(),
    "time": lambda field, who, turn: _moment(field, who, turn).time().isoformat(),
    "uuid": lambda field, who, turn: f"00000000-0000-4000-8000-{_number(field, who, turn):012x}",
    "email": _email,
    "url": _url,
    "enum": lambda field, who, turn: field.values[_number(field, who, turn) % len(field.values)],
    "json": lambda _, who, turn: {"note": f"{who}{turn or ''}"},
}
