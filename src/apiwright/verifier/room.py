"""What the rules about unique values leave room for."""

from collections.abc import Iterator, Mapping
from typing import Any

from apiwright.blueprint import Entity
from apiwright.blueprint.validation.fields import refusal
from apiwright.verifier.samples import field_values, moved_by_transitions, value_of

_TURNS = 100
Key = tuple[str, tuple[str, ...], tuple[str, ...]]


class Room:
    """Gives values to rows, such that no two rows have what only one may have. A row of the same name has the same values again."""

    def __init__(self) -> None:
        self._taken: set[Key] = set()
        self._given: dict[tuple[str, str], dict[str, Any] | None] = {}

    def values(self, entity: Entity, who: str, links: Mapping[str, str], *, stored: bool = False) -> dict[str, Any] | None:
        """A value for each field that a row must have; None where no row is left that may be there beside the others.

        Args:
            entity: Whose row.
            who: What tells its values from those of others.
            links: Every key of it with the name of the row that it points to.
            stored: Whether they go into the database, not into a payload: then what only transitions may set is among them.
        """
        name = (entity.name, who)
        if name not in self._given:
            self._given[name] = self._found(entity, who, links, stored=stored)
        return self._given[name]

    def _found(self, entity: Entity, who: str, links: Mapping[str, str], *, stored: bool) -> dict[str, Any] | None:
        if self._taken & set(_keys(entity, {}, links, linked=True)):
            return None
        for turn in range(_TURNS):
            values = _values(entity, who, turn, stored=stored)
            keys = set(_keys(entity, values, links))
            if not keys & self._taken and _fit(entity, values):
                self._taken |= keys
                return values
        return None


def _values(entity: Entity, who: str, turn: int, *, stored: bool) -> dict[str, Any]:
    """At first what a row must have; after that other values, and some instead of defaults and of nothing, or nothing."""
    values = field_values(entity, who, stored=stored)
    if turn == 0:
        return values
    moved, grouped = moved_by_transitions(entity), {name for group in entity.unique_together for name in group}
    for field in entity.fields:
        settable = stored or field.name not in moved
        if settable and (field.name in values or (field.name in grouped and field.default is not None)):
            values[field.name] = value_of(field, who, turn)
        if field.unique and not field.required and turn >= _TURNS // 2:
            values.pop(field.name, None)
    return values


def _fit(entity: Entity, values: Mapping[str, Any]) -> bool:
    return all(refusal(field, values[field.name]) is None for field in entity.fields if field.name in values)


def _keys(entity: Entity, values: Mapping[str, Any], links: Mapping[str, str], *, linked: bool = False) -> Iterator[Key]:
    """What only one row may have, as this one would have it; only what is made of links, if so asked."""
    groups = [(item.name,) for item in entity.fields if item.unique]
    groups += [(item.name,) for item in entity.relations if item.kind == "one_to_one"]
    for group in (*groups, *entity.unique_together):
        if linked and not all(entity.relation(name) for name in group):
            continue
        told = [_told(entity, name, values, links) for name in group]
        if None not in told:
            yield entity.name, group, tuple(str(part).casefold() for part in told)


def _told(entity: Entity, name: str, values: Mapping[str, Any], links: Mapping[str, str]) -> Any:
    field = entity.field(name)
    return links.get(f"{name}_id") if field is None else values.get(name, field.default)
