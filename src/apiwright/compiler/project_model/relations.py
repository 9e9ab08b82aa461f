"""Links between entities as they are printed."""

from msgspec import Struct

from apiwright.blueprint import Relation
from apiwright.compiler.project_model.fields import Filter
from apiwright.compiler.python_source import Code


class EntityRef(Struct, frozen=True, kw_only=True):
    """An entity as others refer to it; see `EntityModel` for the meaning of each name."""

    name: str
    model: Code
    repository: Code
    module: Code
    table: str
    table_variable: Code
    label: Code
    labels: Code


class RelationModel(Struct, frozen=True, kw_only=True):
    """A link to another entity.

    Attributes:
        relation: As the blueprint has it: kind, required, on_delete, inverse.
        name: Its name in the blueprint.
        target: The entity it points to.
        key: Name in payloads and queries: `author_id`; for many_to_many `tag_ids`.
        attribute: `key` as a Python attribute; many_to_many has it in schemas only.
        many: Whether it is many_to_many.
        unique: Whether a target may be linked once (one_to_one).
        nullable: Whether the link may be empty.
        owner: Whether it is filled with the caller: the payload never has it.
        writable: Whether payloads take it.
        needed: Whether create must have it.
        checked: Whether a payload's target must be in the caller's reach, not just exist.
        mapped, column, create, update, read: As in `FieldModel`; `mapped` and `column` are empty for many_to_many.
        alias: Whether `attribute` differs from `key`.
        link_table: Name of the pair table of a many_to_many; else empty.
        link_variable: Its Python variable in the model's module; else empty.
        source_column, target_column: The pair table's two columns; else empty.
        filters: Query parameters for this relation.
    """

    relation: Relation
    name: str
    target: EntityRef
    key: str
    key_literal: Code
    attribute: Code
    many: bool
    unique: bool
    nullable: bool
    owner: bool
    writable: bool
    needed: bool
    checked: bool
    mapped: Code
    column: Code
    create: Code
    update: Code
    read: Code
    alias: bool
    link_table: str
    link_table_literal: Code
    link_variable: Code
    link_columns: tuple[Code, ...]
    source_column: str
    target_column: str
    source_literal: Code
    target_literal: Code
    filters: tuple[Filter, ...]


class Target(Struct, frozen=True, kw_only=True):
    """A link that a write must look up before it stores it: is the row there, and in the caller's reach?

    Attributes:
        reach_function: Function of the repository's module that tells which rows the caller may point to; empty when any will do.
        reach: SQL condition on the target's rows of `caller`, as a Python expression; empty likewise.
        exempt: Roles that may point to every row, as a set display; empty when there are none.
    """

    relation: RelationModel
    reach_function: Code
    reach: Code
    exempt: Code


class LinkRef(Struct, frozen=True, kw_only=True):
    """A pair table's variable, and the module in `models` that has it."""

    module: Code
    variable: Code
