"""Everything about a blueprint that does not hold together, collected.

One module per kind of question: names, fields, relations, access, actions, extensions. Each is a function from a blueprint to
diagnostics, whose `where` is a path by names, e.g. `entities.Todo.fields.status`.
"""

from apiwright.blueprint.model import Blueprint
from apiwright.blueprint.validation import access, actions, extensions, fields, names, relations
from apiwright.diagnostics import Diagnostic

__all__ = ["validate"]


def validate(blueprint: Blueprint) -> list[Diagnostic]:
    """Every problem of a blueprint; empty when it can be compiled."""
    return [
        *names.check(blueprint),
        *fields.check(blueprint),
        *relations.check(blueprint),
        *access.check(blueprint),
        *actions.check(blueprint),
        *extensions.check(blueprint),
    ]
