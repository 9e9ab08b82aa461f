"""What the name of a member tells: its type, and the usual values of an enum."""

from functools import cache
from pathlib import Path

from apiwright.blueprint import FieldType
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.words import lexicon

_FOLDER = Path(__file__).parent / "words"


@cache
def _lists() -> tuple[dict[str, FieldType], dict[str, FieldType], dict[str, FieldType]]:
    names: dict[str, FieldType] = {}
    measures: dict[str, FieldType] = {}
    tails: dict[str, FieldType] = {}
    for line in (_FOLDER / "attributes.txt").read_text("utf-8").splitlines():
        kind, _, rest = line.partition(":")
        if line.startswith("#") or not rest:
            continue
        for word in rest.split():
            if kind in {"tail", "measure"}:
                tail, _, of = word.partition("=")
                (tails if kind == "tail" else measures).setdefault(tail, of)  # type: ignore[arg-type] - checked by a test against FieldType
            else:
                names.setdefault(word, kind)  # type: ignore[arg-type]
    return names, tails, measures


_TOLD_FIRST: dict[str, FieldType] = {"date": "date", "year": "integer", "month": "integer", "place": "string", "country": "string"}
_BOUNDS = frozenset({"min", "max", "minimum", "maximum", "lowest", "highest"})


def is_moment(name: str) -> bool:
    """Whether a name tells when something was done last: `last_viewed`, `first_seen`."""
    first, _, rest = name.partition("_")
    return first in {"last", "first"} and lexicon().verbs.get(rest, ("", ""))[1] == "ed"


@cache
def attribute_names() -> frozenset[str]:
    """Names that a member of one word usually has: `price`, `email`."""
    return frozenset(name for name in _lists()[0] if "_" not in name)


def is_attribute_name(name: str) -> bool:
    """Whether a longer name is one that members have as it stands: `birth_date`."""
    return "_" in name and name in _lists()[0]


def is_attribute(name: str) -> bool:
    """Whether a snake_case name is one that members have, by itself or by its last word."""
    names, tails, _ = _lists()
    last = name.rsplit("_", 1)[-1]
    return (
        name in names
        or singular(name) in names
        or is_moment(name)
        or name.startswith(("is_", "has_", "number_of_", "count_of_", "date_of_", "year_of_", "place_of_", "country_of_"))
        or ("_per_" in name and is_attribute(name.split("_per_", maxsplit=1)[0]))
        or (last != name and (last in tails or last in names))
    )


def known_type(name: str) -> FieldType | None:
    """The type that a name tells, or None."""
    names, tails, measures = _lists()
    if name in names or name in measures:
        return names.get(name) or measures[name]
    if name.startswith(("is_", "has_", "can_", "allow_", "allows_")):
        return "boolean"
    if name.startswith(("number_of_", "count_of_")) or "_number_of_" in name:
        return "integer"
    first, _, rest = name.partition("_")
    if is_moment(name):
        return "datetime"
    if rest.startswith("of_") and first in _TOLD_FIRST:
        return _TOLD_FIRST[first]
    bare, _, last = name.rpartition("_")
    if bound := rest if first in _BOUNDS else bare if last in _BOUNDS else "":
        return known_type(bound) or "integer"
    if name.startswith(("times_per_", "days_", "hours_", "minutes_", "weeks_", "months_", "years_")) or _is_left_to_do(name):
        return "integer"
    if "_per_" in name:
        return known_type(name.split("_per_", maxsplit=1)[0])
    if last != name and last in tails:
        return tails[last]
    one = singular(name)
    if one != name and one in names:
        return {"image": "json", "photo": "json", "picture": "json", "url": "json", "link": "json"}.get(names[one], names[one])  # type: ignore[return-value]
    if last != name and last in names:
        return names[last]
    return None


def _is_left_to_do(name: str) -> bool:
    """Whether a name counts what is still to be done with: `parcels_to_drop`."""
    counted, _, deed = name.rpartition("_to_")
    return counted.endswith("s") and lexicon().base(deed) is not None


@cache
def usual_values(name: str) -> tuple[str, ...]:
    """The usual values of an enum of that name, or none."""
    for line in (_FOLDER / "enums.txt").read_text("utf-8").splitlines():
        key, _, rest = line.partition(":")
        if key == name or (name.endswith("_" + key) and rest):
            return tuple(rest.split())
    return ()
