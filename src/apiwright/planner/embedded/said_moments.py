"""When things are, as prose tells it: `a gallery expires on a date`, `a group trains on a weekday at a time`."""

import re

from msgspec.structs import replace

from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.fieldspec import field_note
from apiwright.planner.embedded.patterns import Pattern

_WHEN = Pattern(
    r"\b(?:(?P<verb>expires?|ends?|starts?|begins?|opens?|closes?|departs?|arrives?)\s+)?(?P<how>on|at)\s+an?\s+"
    r"(?:(?:given|certain|specific|fixed|set|particular|chosen)\s+)?(?P<what>date|day|weekday|time)(?=\s*(?:[.,;)]|$)|\s+(?:and|at|in|on|with|to|for)\b)",
    re.IGNORECASE,
    cues=("on a ", "at a "),
)


def read_moments(said: Discourse, of: Concept | None, sentence: str, at: int) -> None:
    """Notes when the thing that a sentence is about happens; people do things on a day, and have none."""
    if of is None or of.tail or (of.entry is not None and of.entry.flags & {"person", "account"}):
        return
    for found in _WHEN.finditer(sentence):
        what = found["what"].lower()
        name = f"{found['verb'].lower().rstrip('s')}s_{found['how'].lower()}" if found["verb"] else what
        note = field_note(name, at + found.start("what"))
        if note is not None:
            said.notes.fields.append((of.name, replace(note, passing=True)))
