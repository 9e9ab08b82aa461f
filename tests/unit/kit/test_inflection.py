"""Plurals and singulars, also of the nouns that follow no rule."""

import pytest

from apiwright.kit.inflection import is_plural, plural, singular, with_article

PAIRS = [
    ("tag", "tags"), ("category", "categories"), ("person", "people"), ("SalesPerson", "SalesPeople"), ("analysis", "analyses"),
    ("status", "statuses"), ("series", "series"), ("box", "boxes"), ("address", "addresses"), ("quiz", "quizzes"), ("movie", "movies"),
    ("class", "classes"), ("course", "courses"), ("purchase", "purchases"), ("house", "houses"), ("day", "days"),
    ("PurchaseOrder", "PurchaseOrders"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "many"), PAIRS)
def test_there_and_back(one: str, many: str) -> None:
    assert plural(one) == many
    assert singular(many) == one
    assert singular(one) == one


def test_a_singular_in_s_is_no_plural() -> None:
    assert [word for word in ("status", "news", "series", "bus", "tags") if is_plural(word)] == ["tags"]


def test_the_article_follows_the_sound() -> None:
    nouns = ("appointment", "order item", "hour", "user", "unit", "url", "one time code", "invoice", "umbrella", "pet")
    assert [with_article(noun) for noun in nouns] == [
        "an appointment", "an order item", "an hour", "a user", "a unit", "a url", "a one time code", "an invoice", "an umbrella", "a pet",
    ]  # fmt: skip
