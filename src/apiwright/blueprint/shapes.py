"""What pydantic finds wrong with the shape of a blueprint, in words of ours: where, what, and how to mend it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, cast

from apiwright.diagnostics import Diagnostic

_MEMBERS = "`apiwright schema` prints what a blueprint may hold."
_HINTS = {
    "name": "Entities are PascalCase, fields and relations snake_case, the blueprint itself kebab-case; ASCII letters and digits.",
    "type": "`apiwright schema` lists the field types.",
    "kind": "many_to_one, one_to_one or many_to_many.",
    "default": "Give text, a number, true, false, a list, or members with names.",
    "min": "Give a number.",
    "max": "Give a number.",
    "entities": "A blueprint has 1 to 400 of them.",
}
_GRANT = "Give a list of `public`, `authenticated`, `owner` or `role:<name>`, e.g. [owner, role:admin]."
_MESSAGES = {
    "missing": "It is missing.",
    "extra_forbidden": "There is no such member.",
    "model_type": "It must have members with names (`name: value`).",
    "dict_type": "It must have members with names (`name: value`).",
    "tuple_type": "It must be a list.",
    "too_short": "It needs at least one element.",
    "bool_type": "It must be true or false.",
    "bool_parsing": "It must be true or false.",
    "int_type": "It must be a whole number.",
    "int_parsing": "It must be a whole number.",
    "int_from_float": "It must be a whole number.",
    "string_type": "It must be text.",
    "string_unicode": "It has characters that are no text.",
    "string_pattern_mismatch": "It is not written as it must be.",
}
_MENDED = {
    "missing": "Add it.",
    "extra_forbidden": f"Remove it, or mend its name: {_MEMBERS}",
    "tuple_type": "Write it in brackets, e.g. [a, b].",
    "string_type": "Put it in quotes.",
    "string_unicode": "Remove them.",
}
_NOTHING_LEFT = "too_short"


def shape_problems(errors: Iterable[Mapping[str, Any]], document: object) -> list[Diagnostic]:
    """One diagnostic per place, whose path tells elements of lists by their names.

    A list of which pydantic kept nothing is told to be too short; where that is for what its elements have, only they are told.
    """
    places = [(_place(error, document), error) for error in errors]
    told: list[Diagnostic] = []
    for place, group in groupby(places, key=lambda item: item[0]):
        found = [error for _, error in group]
        within = any(len(other) > len(place) and other[: len(place)] == place for other, _ in places)
        if found[0]["type"] != _NOTHING_LEFT or not within:
            told.append(_problem(place, found, document))
    return told


def _problem(place: tuple[int | str, ...], found: Sequence[Mapping[str, Any]], document: object) -> Diagnostic:
    steps: list[str] = []
    value = document
    for step in place:
        value = _inside(value, step)
        name = _inside(value, "name")
        steps.append(_printable(name) if isinstance(step, int) and isinstance(name, str) else _printable(str(step)))
    kind, last = found[0]["type"], steps[-1] if steps else ""
    message = "It has none of the types that it may have." if len(found) > 1 else _MESSAGES.get(kind) or _in_our_words(found[0]["msg"])
    hint = _MENDED.get(kind, "") if kind in {"missing", "extra_forbidden", "string_unicode"} else ""
    hint = hint or (_GRANT if "access" in steps[-3:] else "") or _HINTS.get(last) or _MENDED.get(kind) or _MEMBERS
    return Diagnostic(code="blueprint-shape", where=".".join(steps), message=message, hint=hint)


def _place(error: Mapping[str, Any], document: object) -> tuple[int | str, ...]:
    """The path of an error as far as the document has it, without the names that pydantic gives to the types of a union."""
    location, value = error["loc"], document
    for depth, step in enumerate(location):
        is_there = isinstance(value, list) if isinstance(step, int) else isinstance(value, dict) and step in value
        if not is_there:
            return location[: depth + 1] if error["type"] == "missing" else location[:depth]
        value = _inside(cast("object", value), step)
    return location


def _in_our_words(message: str) -> str:
    for theirs, ours in (
        ("Input should ", "It must "),
        ("String should ", "It must "),
        ("Tuple should ", "It must "),
        ("Value error, ", ""),
    ):
        message = message.replace(theirs, ours)
    return message.removesuffix(".") + "."


def _printable(text: str) -> str:
    return text.encode(errors="backslashreplace").decode()


def _inside(value: object, step: int | str) -> object:
    try:
        return cast("Any", value)[step]
    except (KeyError, IndexError, TypeError):
        return None
