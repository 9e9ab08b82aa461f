"""Plurals and singulars, also of the nouns that follow no rule."""

import pytest

from apiwright.kit.inflection import is_plural, plural, singular

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
