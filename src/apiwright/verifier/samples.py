"""Values that a blueprint's rules allow, for the requests of the checks."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apiwright.blueprint import Endpoint, Entity, Field
from apiwright.verifier.patterns import matching


def field_values(entity: Entity, who: str, *, stored: bool = False) -> dict[str, Any]:
    """A value for each required or unique field.

    Args:
        entity: Whose fields.
        who: Tells the values of one from those of another.
        stored: Whether they go into the database: then what only transitions may set is among them.
    """
    moved = {item.field for item in entity.transitions} | {item.stamp for item in entity.transitions}
    wanted = [field for field in entity.fields if (field.required or field.unique) and (stored or field.name not in moved)]
    return {field.name: field.default if stored and field.name in moved and field.default else value_of(field, who) for field in wanted}


def argument_values(endpoint: Endpoint, who: str) -> dict[str, Any]:
    """A value for each argument that an endpoint must be sent."""
    return {field.name: value_of(field, who) for field in endpoint.arguments if field.required and field.default is None}


def change_of(entity: Entity) -> dict[str, Any]:
    """An update that would change something, were it let through; nothing where no field is free."""
    moved = {item.field for item in entity.transitions} | {item.stamp for item in entity.transitions}
    free = [item for item in entity.fields if item.name not in moved and item.type not in {"secret", "json", "boolean", "enum"}]
    return {free[0].name: value_of(free[0], "changed")} if free else {}


def value_of(field: Field, who: str) -> Any:
    """A value that the field's rules allow; another one for another `who` where the type has so many."""
    return _MAKERS[field.type](field, who)


def _text(field: Field, who: str) -> str:
    if field.pattern is not None:
        return matching(field.pattern, field.min_length or 0, field.max_length or 2_000, seed=f"{field.name}{who}")
    shortest, longest = field.min_length or 1, field.max_length or 200
    text = f"{who}-{field.name}".replace("_", "-")[:longest]  # no wildcard of LIKE in it
    return text + "x" * (shortest - len(text))


def _slug(field: Field, who: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _text(field, who).lower()).strip("-") or "a"


def _integer(field: Field, who: str) -> int:
    low = -(10**6) if field.min is None and field.max is not None else int(-(-(field.min or 0) // 1))
    low = max(low, int(field.max) - 10**6) if field.max is not None and field.min is None else low
    high = int(field.max // 1) if field.max is not None else low + 10**6
    return low + _number(who) % (high - low + 1)


def _decimal(field: Field, who: str) -> str:
    scale = 2 if field.scale is None else field.scale
    whole = (field.precision or 12) - scale
    top = 10**whole - 1
    low = field.min if field.min is not None else (min(field.max, 0) if field.max is not None else 0)
    high = min(field.max if field.max is not None else low + 1_000, top)
    return f"{low + (high - low) * (_number(who) % 89) / 89:.{scale}f}"


def _float(field: Field, who: str) -> float:
    low = field.min if field.min is not None else (min(field.max, 0) if field.max is not None else 0)
    high = field.max if field.max is not None else low + 1_000
    return low + (high - low) * (_number(who) % 64) / 64


def _moment(who: str) -> datetime:
    return datetime(2031, 5, 17, 9, 30, tzinfo=UTC) + timedelta(hours=_number(who) % 10_000)


def _uuid(_: Field, who: str) -> str:
    return f"00000000-0000-4000-8000-{_number(who):012x}"


def _number(who: str) -> int:
    return int.from_bytes(who.encode()[:5], "big") * 31 % 999_983


_MAKERS: dict[str, Callable[[Field, str], Any]] = {
    "string": _text,
    "text": _text,
    "secret": _text,
    "slug": _slug,
    "integer": _integer,
    "float": _float,
    "decimal": _decimal,
    "boolean": lambda _, who: bool(_number(who) % 2),
    "date": lambda _, who: _moment(who).date().isoformat(),
    "datetime": lambda _, who: _moment(who).isoformat(),
    "time": lambda _, who: _moment(who).time().isoformat(),
    "uuid": _uuid,
    "email": lambda field, who: f"{who}.{field.name.replace('_', '-')}@example.com",
    "url": lambda field, who: f"https://example.com/{who}/{field.name.replace('_', '-')}",
    "enum": lambda field, who: field.values[_number(who) % len(field.values)],
    "json": lambda _, who: {"note": who},
}
