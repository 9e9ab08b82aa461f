"""Which types stored values can go between, and what is lost on the way."""

from apiwright.blueprint.base import FieldType

_TEXTS: frozenset[FieldType] = frozenset({"string", "text", "email", "url", "slug"})
_NUMBERS: frozenset[FieldType] = frozenset({"integer", "float", "decimal"})
_WRITTEN: frozenset[FieldType] = frozenset({"enum", "uuid", "integer", "decimal", "date"})
"""Types with one plain way to write each value, the same in every database."""


def convertible(old: FieldType, new: FieldType) -> bool:
    """Whether a value of one type can be read as one of the other, at least where it looks like one."""
    if old == new or (old in _TEXTS and new in _TEXTS | _NUMBERS | {"enum", "secret"}):
        return True
    if old in _NUMBERS and new in _NUMBERS:
        return True
    if old in _WRITTEN and new in {"string", "text"}:
        return True
    return (old, new) in {
        ("enum", "slug"),
        ("boolean", "integer"),
        ("integer", "boolean"),
        ("date", "datetime"),
        ("datetime", "date"),
    }


def loss_between(old: FieldType, new: FieldType) -> str:
    """What a conversion always throws away, as a noun phrase; empty when nothing."""
    return "the time of day" if (old, new) == ("datetime", "date") else ""
