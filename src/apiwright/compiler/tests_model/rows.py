"""Rows and payloads that tests make."""

from msgspec import Struct

from apiwright.compiler.project_model import FieldModel, RelationModel
from apiwright.compiler.python_source import Code


class SampleModel(Struct, frozen=True, kw_only=True):
    """Values of one field.

    Attributes:
        key: Name in payloads, as a literal.
        attribute: Name in Python classes.
        value, json: What factories and payloads hold; with `number` in it where values must differ.
        fixed_value, fixed_json: One constant value.
        other_json: Another constant value; empty when there is none.
        distinct: How many different values there are, as far as that matters.
        numbered: Whether values must differ from row to row.
        values: Two JSON values, or the only one.
    """

    field: FieldModel
    key: Code
    attribute: Code
    value: Code
    json: Code
    fixed_value: Code
    fixed_json: Code
    other_json: Code
    distinct: int
    numbered: bool
    values: tuple[object, ...]


class ParentModel(Struct, frozen=True, kw_only=True):
    """A link that a factory fills when it is not given.

    Attributes:
        attribute: Of the row, as an identifier; `literal` the same as text, `key` its name in payloads as text.
        make: Expression that makes the target and answers with its id.
        json: The same as a payload has it (text; a list of one for many_to_many).
    """

    relation: RelationModel
    attribute: Code
    literal: Code
    key: Code
    make: Code
    json: Code
