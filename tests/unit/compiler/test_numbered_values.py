"""Values by which the rows of tests are kept apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apiwright.blueprint import Blueprint, Entity, Field, FieldType
from apiwright.blueprint.validation.fields import problems_of, refusal
from apiwright.compiler.lower_tests.values import ENDLESS, sample_of
from apiwright.compiler.lowering import lower
from apiwright.compiler.tests_model import SampleModel

TEXTS: tuple[FieldType, ...] = ("string", "slug", "email", "url")


def sample(field: Field) -> SampleModel | None:
    """The sample of a field whose values must differ."""
    project = lower(Blueprint(name="x", title="X", entities=(Entity(name="Thing", fields=(field,)),)))
    return sample_of(project.entities[0].fields[0], numbered=True)


def values(found: SampleModel) -> list[object]:
    """One value for each number, as many as are said to differ."""
    return [eval(found.json, {"number": number}) for number in range(1, found.distinct + 1)]


@settings(deadline=None)
@given(kind=st.sampled_from(TEXTS), shortest=st.integers(0, 70), room=st.integers(0, 70))
def test_texts_of_any_length_are_taken_and_differ(kind: FieldType, shortest: int, room: int) -> None:
    field = Field(name="value", type=kind, unique=True, min_length=shortest, max_length=max(shortest + room, 1))
    found = sample(field) if not list(problems_of(field)) else None
    if found is None:
        return
    made = values(found)
    assert [value for value in made if refusal(field, value) is not None] == []
    assert len(set(made)) == found.distinct
    assert not set(made) & set(found.values) or found.distinct < 4


@pytest.mark.parametrize(
    ("rules", "distinct"),
    [
        ({"min_length": 5, "max_length": 5}, ENDLESS),
        ({"max_length": 2}, 100),
        ({"type": "slug", "max_length": 3}, ENDLESS),
        ({"type": "email", "max_length": 10}, ENDLESS),
        ({"type": "url", "max_length": 15}, ENDLESS),
        ({"type": "integer", "min": 1, "max": 500}, 498),
        ({"type": "integer", "min": 1, "max": 3}, 3),
    ],
)
def test_values_are_as_many_as_the_rules_leave_room_for(rules: dict[str, object], distinct: int) -> None:
    field = Field.model_validate({"name": "value", "unique": True, **rules})
    found = sample(field)
    assert found is not None
    assert found.distinct == distinct
    assert all(refusal(field, value) is None for value in values(found))
    assert len({repr(value) for value in values(found)}) == distinct
