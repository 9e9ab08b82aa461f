"""Values for requests obey the rules that they are made from."""

import re

import pytest

from apiwright.blueprint import Field
from apiwright.verifier.patterns import matching
from apiwright.verifier.samples import value_of


@pytest.mark.parametrize(
    "pattern",
    ["#[0-9a-f]{6}", "[a-z][a-z0-9_]*", r"\d{3}-\d{4}", "(foo|bar)+", r"[^a-z]{2}", "a?b*c+",
     r"\w+@\w+\.(com|org)", "[A-Z]{2}[0-9]{2}[A-Z0-9]{4,30}", "x{0}y"],
)  # fmt: skip
def test_a_pattern_is_matched_as_a_whole(pattern: str) -> None:
    assert re.fullmatch(pattern, matching(pattern, 0, 200, seed="ann"))


def test_length_and_pattern_hold_together() -> None:
    text = matching("[a-z]+", 7, 9, seed="ann")
    assert 7 <= len(text) <= 9


@pytest.mark.parametrize("who", ["ann", "bob", "eve", "changed"])
@pytest.mark.parametrize(("low", "high"), [(1, 5), (-3, -1), (0, 0), (None, 10), (5, None), (None, -7), (0.5, 2.5)])
def test_numbers_stay_within_their_bounds(low: float | None, high: float | None, who: str) -> None:
    for kind in ("integer", "float", "decimal"):
        if kind == "integer" and low == 0.5:
            low = 1
        value = float(value_of(Field(name="amount", type=kind, min=low, max=high), who))
        assert low is None or value >= low
        assert high is None or value <= high


def test_text_obeys_its_lengths_and_holds_no_wildcard() -> None:
    text = value_of(Field(name="first_name", type="string", min_length=30, max_length=40), "ann")
    assert 30 <= len(text) <= 40
    assert not set(text) & {"%", "_"}


def test_different_people_have_different_values() -> None:
    for kind in ("string", "email", "slug", "url", "uuid", "integer", "datetime"):
        field = Field(name="code", type=kind, unique=True)
        assert value_of(field, "ann") != value_of(field, "bob")
