"""JSON examples that hold others: `{"title": "Lunch", "questions": [{"text": "How was it?"}]}` has questions that belong to it."""

import json
from collections.abc import Iterator
from typing import Any, cast

from apiwright.kit.casing import words_of
from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.code import ENVELOPE, read_object
from apiwright.planner.embedded.notes import Notes, RelationNote, Span

_LONGEST = 5_000
_DEEPEST = 4


def read_examples(notes: Notes, text: str, start: int, owner: str) -> str:
    """Notes what nested examples tell of `owner`; answers the text without them."""
    for begin, end in list(_nested(text)):
        try:
            found: object = json.loads(text[begin:end])
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            _object(notes, cast("dict[str, Any]", found), owner, Span(start + begin, start + end), 0)
            text = text[:begin] + " " * (end - begin) + text[end:]
    return text


def _nested(text: str) -> Iterator[tuple[int, int]]:
    """Where objects that hold others begin and end."""
    depth, begin, deepest = 0, 0, 0
    for at, char in enumerate(text):
        if char == "{":
            begin = at if depth == 0 else begin
            depth += 1
            deepest = max(deepest, depth)
        elif char == "}" and depth:
            depth -= 1
            if depth == 0 and deepest > 1 and at - begin < _LONGEST:
                yield begin, at + 1
            deepest = deepest if depth else 0


def _object(notes: Notes, found: dict[str, Any], owner: str, span: Span, depth: int) -> None:
    plain = {key: value for key, value in found.items() if not isinstance(value, dict | list)}
    if plain:
        read_object(notes, json.dumps(plain), span.start, owner)
    for key, value in found.items():
        several = cast("list[object]", value) if isinstance(value, list) else [cast("object", value)]
        held = several[0] if several else None
        if not isinstance(held, dict) or depth >= _DEEPEST:
            continue
        part = owner if key in ENVELOPE else _part(notes, key, owner, span, many=isinstance(value, list))
        _object(notes, cast("dict[str, Any]", held), part, span, depth + 1)


def _part(notes: Notes, key: str, owner: str, span: Span, *, many: bool) -> str:
    words = words_of(key)
    concept = notes.concept((*words[:-1], singular(words[-1]))) if words and many and is_plural(words[-1]) else None
    if concept is None or concept.name == owner:
        return owner
    notes.add(concept, 3.0, span, plural=True)
    notes.relations.append(RelationNote(source=concept.name, word="belongs", target=owner, span=span, required=True))
    return concept.name
