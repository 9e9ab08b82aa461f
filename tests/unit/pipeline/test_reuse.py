"""What the tests of an entity stand on: which edits ask for them again, and which do not."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from apiwright.blueprint import Blueprint, load
from apiwright.blueprint.changes import apply
from apiwright.compiler import compile_blueprint
from apiwright.pipeline.reuse import standing_on
from apiwright.planner.embedded import EmbeddedPlanner

GOLDEN = Path(__file__).parents[2] / "golden"
BLOG = load((GOLDEN / "blog" / "blueprint.yaml").read_text("utf-8"))
SHOP = EmbeddedPlanner().plan("No authentication.\nSupplier: name\nProduct: name, price, belongs to Supplier\nWarehouse: city, address")


def files(blueprint: Blueprint) -> dict[str, str]:
    return {file.path: file.text for file in compile_blueprint(blueprint)}


def asked_again(before: Mapping[str, str], after: Mapping[str, str], old: Blueprint, new: Blueprint | None = None) -> set[str]:
    """Test modules that a change asks for again."""
    known = standing_on(before, old)
    return {path for path, digest in standing_on(after, new or old).items() if known.get(path) != digest}


def edited(before: Mapping[str, str], path: str) -> dict[str, str]:
    return {**before, path: f"{before.get(path, '')}\n# by hand\n"}


def test_nothing_has_changed() -> None:
    assert len(standing_on(files(BLOG), BLOG)) == len(BLOG.entities)
    assert asked_again(files(BLOG), files(BLOG), BLOG) == set()


def test_an_entity_and_those_next_to_it() -> None:
    before = files(SHOP)
    assert {"tests/test_products.py", "tests/test_suppliers.py", "tests/test_warehouses.py"} <= standing_on(before, SHOP).keys()
    for path in ("app/repositories/product.py", "app/models/product.py", "tests/test_products.py"):
        again = asked_again(before, edited(before, path), SHOP)
        assert again == {"tests/test_products.py", "tests/test_suppliers.py"}, path


def test_accounts_stand_under_everything() -> None:
    before = files(BLOG)
    assert BLOG.auth is not None
    assert asked_again(before, edited(before, "app/models/user.py"), BLOG) == standing_on(before, BLOG).keys()
    new = apply(BLOG, EmbeddedPlanner().revise(BLOG, "users have a phone"))
    assert asked_again(before, files(new), BLOG, new) == standing_on(before, BLOG).keys()


@pytest.mark.parametrize(
    "path", ["app/core/errors.py", "app/main.py", "tests/conftest.py", "tests/factories.py", "app/mine.py", "pyproject.toml"]
)
def test_what_somebody_wrote_for_all_of_them(path: str) -> None:
    before = files(SHOP)
    assert asked_again(before, edited(before, path), SHOP) == standing_on(before, SHOP).keys()


@pytest.mark.parametrize(
    "path", ["README.md", "Dockerfile", "migrations/versions/0002_more.py", ".apiwright/v2.json", "tests/test_mine.py"]
)
def test_what_no_test_of_an_entity_reads(path: str) -> None:
    before = files(SHOP)
    assert asked_again(before, edited(before, path), SHOP) == set()


def test_a_revision_asks_for_what_it_touches() -> None:
    new = apply(SHOP, EmbeddedPlanner().revise(SHOP, "warehouses have a capacity (integer)"))
    assert asked_again(files(SHOP), files(new), SHOP, new) == {"tests/test_warehouses.py"}
    new = apply(SHOP, EmbeddedPlanner().revise(SHOP, "suppliers have a rating (integer)"))
    assert asked_again(files(SHOP), files(new), SHOP, new) == {"tests/test_suppliers.py"}
    new = apply(SHOP, EmbeddedPlanner().revise(SHOP, "when a supplier is deleted, delete its products"))
    assert asked_again(files(SHOP), files(new), SHOP, new) == {"tests/test_products.py", "tests/test_suppliers.py"}
    new = apply(SHOP, EmbeddedPlanner().revise(SHOP, "suppliers cannot be deleted"))
    assert asked_again(files(SHOP), files(new), SHOP, new) == {"tests/test_products.py", "tests/test_suppliers.py"}


def test_a_neighbour_that_only_gets_another_neighbour_asks_for_nothing() -> None:
    new = apply(SHOP, EmbeddedPlanner().revise(SHOP, "add comments to products"))
    assert asked_again(files(SHOP), files(new), SHOP, new) == {"tests/test_comments.py", "tests/test_products.py"}


def test_a_rename_asks_for_those_whose_files_say_the_name() -> None:
    reviews = apply(SHOP, EmbeddedPlanner().revise(SHOP, "add comments to products, and likes to comments"))
    new = apply(reviews, EmbeddedPlanner().revise(reviews, "rename Supplier to Vendor"))
    before, after = files(reviews), files(new)
    assert "tests/test_comments.py" in standing_on(before, reviews)
    assert asked_again(before, after, reviews, new) == {"tests/test_products.py", "tests/test_vendors.py"}
    assert "tests/test_comments.py" in asked_again(before, edited(after, "app/models/product.py"), reviews, new)
