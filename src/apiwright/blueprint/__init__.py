"""The typed description of a backend: what it is made of, free of Python and FastAPI.

`load` and `dump` go between text (YAML or JSON) and models; `validate` tells everything that does not hold together.
"""

from typing import TYPE_CHECKING, Any

from apiwright.blueprint.base import ComputedType, FieldType, Grant, Operation, Origin
from apiwright.blueprint.extensions import Computed, Endpoint, Hook
from apiwright.blueprint.members import Count, Field, PairAction, Relation, Transition
from apiwright.blueprint.model import Access, Auth, Blueprint, Entity, Role
from apiwright.blueprint.validation import validate

if TYPE_CHECKING:
    from apiwright.blueprint.text import dump_json, dump_mermaid, dump_yaml, json_schema, load, parse

__all__ = [
    "Access",
    "Auth",
    "Blueprint",
    "Computed",
    "ComputedType",
    "Count",
    "Endpoint",
    "Entity",
    "Field",
    "FieldType",
    "Grant",
    "Hook",
    "Operation",
    "Origin",
    "PairAction",
    "Relation",
    "Role",
    "Transition",
    "dump_json",
    "dump_mermaid",
    "dump_yaml",
    "json_schema",
    "load",
    "parse",
    "validate",
]

_TEXT = frozenset({"dump_json", "dump_mermaid", "dump_yaml", "json_schema", "load", "parse"})


def __getattr__(name: str) -> Any:
    """Import what knows text, and YAML with it, only when it is asked for: who plans does not."""
    if name not in _TEXT:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    value = getattr(import_module(f"{__name__}.text"), name)
    globals()[name] = value
    return value
