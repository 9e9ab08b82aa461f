"""What lowering one part of a blueprint needs to know of the rest."""

from msgspec import Struct, field

from apiwright.blueprint import Blueprint
from apiwright.compiler.lowering.naming import ConstraintNames, EntityNames, FunctionNames


class Context(Struct, frozen=True):
    """The blueprint, and the names given so far.

    Attributes:
        names: By the entities' names in the blueprint.
        tables: Names of tables and their variables that are taken.
        later: The (entity, relation) whose keys close a circle of tables, so that they are added when all tables are there.
    """

    blueprint: Blueprint
    names: dict[str, EntityNames]
    tables: set[str]
    later: frozenset[tuple[str, str]]
    constraints: ConstraintNames = field(default_factory=ConstraintNames)
    functions: FunctionNames = field(default_factory=FunctionNames)

    def is_account(self, name: str) -> bool:
        """Whether the entity of that name holds the accounts."""
        return self.blueprint.auth is not None and self.blueprint.auth.entity == name
