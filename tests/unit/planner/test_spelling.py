"""Slips of the pen are read as what they mean; what is quoted stays as it was written."""

import pytest

from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.planner.embedded.spelling import Spelling


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a todo api with usres", "a todo api with users"),
        ("custommers have an adress", "customers have an address"),
        ("priorty of the tikcets", "priority of the tickets"),
        ("GET /usres returns `usres`", "GET /usres returns `usres`"),
        ("farms sell produce to older planters", "farms sell produce to older planters"),
        ("tanks, taxidermists and turbines", "tanks, taxidermists and turbines"),
    ],
)
def test_a_slip_means_the_word_it_is_nearest_to(written: str, meant: str) -> None:
    assert Spelling(written).text == meant


def test_places_are_those_of_the_text_as_written() -> None:
    spelling = Spelling("usrs write coments on tikcets")
    for word, right in (("write", "write"), ("on", "on"), ("tikcets", "tickets")):
        assert spelling.written(spelling.text.index(right)) == spelling.prompt.index(word)


def test_origins_quote_what_was_written() -> None:
    prompt = "An API with usres and tikcets. A tikcet has a priorty (low, high)."
    blueprint = EmbeddedPlanner().plan(prompt)
    ticket = blueprint.entity("Ticket")
    assert ticket is not None
    assert ticket.field("priority") is not None
    assert blueprint.prompt == prompt
    assert ticket.origin.text in prompt
