"""The JSON schemas that a model answers by: those of the blueprint itself, less what is not a model's to say."""

import re
from typing import Any, cast

from apiwright.blueprint import Entity
from apiwright.planner.llm.outline import Outline, RevisedOutline

_SCALAR: dict[str, Any] = {"anyOf": [{"type": kind} for kind in ("string", "number", "boolean", "null")]}
_NOT_THEIRS = frozenset({"origin"})
"""Where an element comes from is ours to say: a model that could would pass its own ideas off as the user's words."""

_ACTED_UPON = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters: a terminal would do as they say, and hide or forge lines that tell what a model has changed."""


def outline_schema(*, revision: bool) -> dict[str, Any]:
    """Of the first unit: which entities there are, and what concerns them all."""
    return _lean((RevisedOutline if revision else Outline).model_json_schema()) | {"title": "Outline"}


def entity_schema(name: str) -> dict[str, Any]:
    """Of one entity, whose name is given."""
    schema = _lean(Entity.model_json_schema())
    schema["properties"]["name"] = {"type": "string", "enum": [name]}
    return schema | {"title": "Entity"}


def theirs(answer: object) -> object:
    """An answer without what is not a model's to say, without nulls, which mean that a member is left out, and of plain text."""
    if isinstance(answer, str):
        return _ACTED_UPON.sub("", answer)
    if isinstance(answer, dict):
        members = cast("dict[str, object]", answer)
        return {
            _ACTED_UPON.sub("", name): theirs(value) for name, value in members.items() if value is not None and name not in _NOT_THEIRS
        }
    if isinstance(answer, list):
        return [theirs(item) for item in cast("list[object]", answer)]
    return answer


def _lean(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without titles and defaults, which cost tokens and which vendors treat differently."""
    kept = {key: value for key, value in schema.items() if key not in {"title", "default", "$defs", "properties"}}
    lean: dict[str, Any] = {key: _inside(value) for key, value in kept.items()}
    if "properties" in schema:
        lean["properties"] = {
            name: _SCALAR if name == "default" else _lean(value) for name, value in schema["properties"].items() if name not in _NOT_THEIRS
        }
    if "$defs" in schema:
        lean["$defs"] = {name: _lean(value) for name, value in schema["$defs"].items() if name != "Origin"}
    return lean


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return _lean(cast("dict[str, Any]", value))
    if isinstance(value, list):
        return [_inside(item) for item in cast("list[Any]", value)]
    return value
