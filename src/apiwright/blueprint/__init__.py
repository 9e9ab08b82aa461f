"""The typed description of a backend: what it is made of, free of Python and FastAPI.

`load` and `dump` go between text (YAML or JSON) and models; `validate` tells everything that does not hold together.
"""

from typing import TYPE_CHECKING

from apiwright.blueprint.base import ComputedType, FieldType, Grant, Operation, Origin
from apiwright.blueprint.extensions import Computed, Endpoint, Hook
from apiwright.blueprint.members import Count, Field, PairAction, Relation, Transition
from apiwright.blueprint.model import Access, Auth, Blueprint, Entity, Role
from apiwright.blueprint.validation import validate
from apiwright.kit.later import imported_later

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

__getattr__ = imported_later(
    __name__, dict.fromkeys(("dump_json", "dump_mermaid", "dump_yaml", "json_schema", "load", "parse"), "text")
)  # and YAML with it: who plans needs neither
