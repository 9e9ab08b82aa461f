"""Names and likeness of projects."""

from uuid import uuid4

import pytest

from apiwright.store.similarity import alike, name_from, terms_in, terms_of


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("Create a todo list CRUD backend with users and tags", "Todo List"),
        ("Todo List Crud Backend", "Todo List"),
        ("Build an e-commerce API", "E-commerce"),
        ("I want a blog with posts", "Blog"),
        ("Rest Api", "New Project"),
        ("😀", "New Project"),
        ("", "New Project"),
        ("a " * 100_000, "New Project"),
    ],
)
def test_a_project_is_named_from_its_prompt(prompt: str, name: str) -> None:
    assert name_from(prompt) == name


def test_a_clearly_similar_project_is_found_and_no_other() -> None:
    todo, clinic = uuid4(), uuid4()
    projects = [(todo, terms_of("Todo List", ["Todo", "Tag", "User"])), (clinic, terms_of("Clinic", ["Doctor", "Appointment"]))]
    assert [item.project_id for item in alike("a todo list with tags", projects)] == [todo]
    assert alike("inventory of a warehouse", projects) == []
    assert alike("", projects) == []


def test_words_are_compared_in_the_singular() -> None:
    assert terms_in("Categories and people") == terms_in("category, person")
