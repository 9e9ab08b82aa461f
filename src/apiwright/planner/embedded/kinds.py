"""Kinds and states of a thing in brackets behind it: `movements (in, out, transfer)`, `orders (pending, shipped)`."""

import re
from functools import cache

from msgspec.structs import replace

from apiwright.kit.inflection import is_plural
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.catalogue import Entry, catalogue
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.fieldspec import FieldNote, field_note
from apiwright.planner.embedded.member_names import name_of_member
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.people import sounds_human
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.qualifiers import enum_values
from apiwright.planner.embedded.words import table, word_list

_OPEN = Pattern(r"^\s*(?:e\.?g\b|i\.?e\b|such as|like|including|for example|incl)|\betc\b|\.\.\.|\u2026|\bper\b|[:=]", re.IGNORECASE)
_ENUM = Pattern(r"(?:^|\s)(?P<name>[a-z_]+)!?\{(?P<values>[^}]+)\}")
_EITHER = Pattern(r"\bor\b|/", cues=("or", "/"))


def kinds_of(concept: Concept, phrase: Phrase) -> FieldNote | None:
    """The member that tells the kinds of a thing, or the states that it goes through; None where brackets hold anything else."""
    if phrase.aside is None or not phrase.plural or concept.tail or is_attribute(name_of_member(phrase)) or _OPEN.search(phrase.aside.text):
        return None
    values = enum_values(phrase.aside.text)
    if not values:
        return None
    states = _states() & set(values)
    members = [value for value in values if value not in states and (is_attribute(value) or is_plural(value))]
    if members:
        return None
    name = _usual(concept.entry, values)
    if name is None and 2 * len(states) > len(values):
        name = "status"
    if name is None and (states or (_are_things(values, concept) and not _is_human(concept) and not _EITHER.search(phrase.aside.text))):
        return None
    note = field_note(f"{name or 'type'} ({phrase.aside.text})", phrase.aside.start)
    return replace(note, passing=True) if note is not None and note.values else None


def _usual(entry: Entry | None, values: tuple[str, ...]) -> str | None:
    """The enum of an entry that has most of these values, or that tells what kind it is."""
    enums = {found["name"]: set(found["values"].split(",")) for found in _ENUM.finditer(entry.fields)} if entry is not None else {}
    best = max(enums, key=lambda name: len(enums[name] & set(values)), default="")
    if best and enums[best] & set(values):
        return best
    return next((name for name in ("type", "kind") if name in enums), None)


def _is_human(concept: Concept) -> bool:
    return sounds_human(concept.name) or (concept.entry is not None and "person" in concept.entry.flags)


def _are_things(values: tuple[str, ...], concept: Concept) -> bool:
    """`bookings (guest, room)` belong to these; the vans of `vehicles (van, car)` are vehicles."""
    known = [entry for value in values if (entry := catalogue().named(value.replace("_", " "))) is not None]
    named = [entry for entry in known if entry is not concept.entry and "weak" not in entry.flags]
    return 2 * len(named) > len(values)


@cache
def _states() -> frozenset[str]:
    moved = {value for values in table("transitions").values() for value in values}
    begun = {value for values in table("starts").values() for value in values}
    return frozenset(moved | begun | word_list("final") | {"open", "new", "planned"})
