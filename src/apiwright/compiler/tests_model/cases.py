"""Single things to try."""

from msgspec import Struct

from apiwright.compiler.project_model import CountModel, RelationModel
from apiwright.compiler.python_source import Code


class FilterCase(Struct, frozen=True, kw_only=True):
    """One parameter of a list, as literals."""

    parameter: Code
    text: Code


class Filters(Struct, frozen=True, kw_only=True):
    """What tells the row of a test from others.

    Attributes:
        found_by: Parameters that let it through, each at most once.
        not_found_by: Those that keep it out.
    """

    found_by: tuple[FilterCase, ...]
    not_found_by: tuple[FilterCase, ...]


class LinkFilter(Struct, frozen=True, kw_only=True):
    """A filter by the id of a linked row: its parameter as a literal, and the attribute of the row that holds the id."""

    name: Code
    parameter: Code
    attribute: Code


class WrongValue(Struct, frozen=True, kw_only=True):
    """A member of the payload with a value that it refuses."""

    key: Code
    json: Code


class Link(Struct, frozen=True, kw_only=True):
    """A link that a payload may set."""

    key: Code
    many: bool


class Conflict(Struct, frozen=True, kw_only=True):
    """A rule that a second row breaks.

    Attributes:
        name: Part of the test's name.
        make: Expression that makes the first row, for `caller`.
        refers: Whether `payload` refers to it, as `stored`.
        payload: Expression of a payload that has in common with it what must be unique.
    """

    name: Code
    make: Code
    refers: bool
    payload: Code


class LinksTests(Struct, frozen=True, kw_only=True):
    """A many_to_many of the entity that create can set."""

    relation: RelationModel
    key: Code
    make: Code
    parameter: Code


class ForeignTests(Struct, frozen=True, kw_only=True):
    """A link that may only lead to the caller's own rows: its name, its key, and how a row of somebody else is made."""

    name: Code
    key: Code
    make: Code
    many: bool


class ChildTests(Struct, frozen=True, kw_only=True):
    """Rows of another entity that point here, and what deleting a row does to them.

    Attributes:
        name: Part of the test's name.
        make: Expression that makes the child of the row.
        rule: `cascade`, `restrict` or `set_null`.
    """

    name: Code
    make: Code
    model: Code
    attribute: Code
    rule: str


class CountTests(Struct, frozen=True, kw_only=True):
    """A count and how to raise it by one."""

    count: CountModel
    key: Code
    make: Code
