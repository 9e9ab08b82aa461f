"""What is offered for rows that do not fit a change."""

import pytest

from apiwright.blueprint import Field
from apiwright.blueprint.changes import AlterField
from apiwright.workflows.outcome import told


def altered(before: Field, after: Field) -> dict[str, object] | None:
    return told([AlterField(entity="Item", before=before, after=after)])[0]["offer"]


@pytest.mark.parametrize(
    ("before", "after", "ways"),
    [
        (Field(name="note"), Field(name="note", max_length=20), ["truncate", "clear"]),
        (Field(name="note", required=True), Field(name="note", required=True, max_length=20), ["truncate"]),
        (Field(name="note"), Field(name="note", required=True), ["fill"]),
        (Field(name="size", type="integer"), Field(name="size", type="integer", max=9), ["clear"]),
    ],
)
def test_only_ways_that_fit_the_field_are_offered(before: Field, after: Field, ways: list[str]) -> None:
    offer = altered(before, after)
    assert offer is not None
    assert (offer["entity"], offer["field"], offer["ways"]) == ("Item", after.name, ways)


def test_a_dropped_value_can_be_replaced_by_those_that_stay() -> None:
    before = Field(name="state", type="enum", values=("open", "closed"), required=True)
    offer = altered(before, before.model_copy(update={"values": ("open", "done")}))
    assert offer == {"entity": "Item", "field": "state", "ways": ["replace"], "dropped": ["closed"], "values": ["open", "done"]}


def test_nothing_is_offered_where_every_row_fits() -> None:
    assert altered(Field(name="note", max_length=20), Field(name="note", max_length=40)) is None
