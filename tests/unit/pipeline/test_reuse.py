"""What the tests of an entity stand on: which edits ask for them again, and which do not."""

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

from apiwright.blueprint import Blueprint, load
from apiwright.blueprint.changes import apply
from apiwright.compiler import compile_blueprint
from apiwright.pipeline.reuse import standing_on
from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.verifier.each_test import digests_of_tests

GOLDEN = Path(__file__).parents[2] / "golden"
BLOG = load((GOLDEN / "blog" / "blueprint.yaml").read_text("utf-8"))
SHOP = EmbeddedPlanner().plan("No authentication.\nSupplier: name\nProduct: name, price, belongs to Supplier\nWarehouse: city, address")


def files(blueprint: Blueprint) -> dict[str, str]:
    return {file.path: file.text for file in compile_blueprint(blueprint)}


def asked_again(before: Mapping[str, str], after: Mapping[str, str], old: Blueprint, new: Blueprint | None = None) -> set[str]:
    """Test modules that a change asks for again, in part or as a whole."""
    return {test.partition("::")[0] for test in single_asked_again(before, after, old, new)}


def single_asked_again(before: Mapping[str, str], after: Mapping[str, str], old: Blueprint, new: Blueprint | None = None) -> set[str]:
    """Tests that a change asks for again, as pytest calls them."""
    known = set(standing_tests(before, old).values())
    return {test for test, stands_on in standing_tests(after, new or old).items() if stands_on not in known}


def standing_tests(files: Mapping[str, str], blueprint: Blueprint) -> dict[str, tuple[str, ...]]:
    """All that each test stands on."""
    modules = standing_on(files, blueprint)
    return {f"{path}::{name}": (path, modules[path], own) for path in modules for name, own in digests_of_tests(files[path]).items()}


def edited(before: Mapping[str, str], path: str) -> dict[str, str]:
    return {**before, path: f"{before.get(path, '')}\n# by hand\n"}


def test_nothing_has_changed() -> None:
    assert len(standing_on(files(BLOG), BLOG)) == sum(entity.name != "Follow" for entity in BLOG.entities)  # it has no routes of its own
    assert asked_again(files(BLOG), files(BLOG), BLOG) == set()


def test_an_entity_and_those_next_to_it() -> None:
    before = files(SHOP)
    assert {"tests/test_products.py", "tests/test_suppliers.py", "tests/test_warehouses.py"} <= standing_on(before, SHOP).keys()
    for path in ("app/repositories/product.py", "app/models/product.py"):
        again = asked_again(before, edited(before, path), SHOP)
        assert again == {"tests/test_products.py", "tests/test_suppliers.py"}, path


def test_a_test_that_was_edited_alone() -> None:
    before = files(SHOP)
    text = before["tests/test_products.py"]
    after = {**before, "tests/test_products.py": text.replace("async def test_create(", "async def test_create(  # by hand\n    ")}
    assert single_asked_again(before, after, SHOP) == {"tests/test_products.py::test_create"}
    after = {**before, "tests/test_products.py": text.replace("WRONG_VALUES: ", "MORE = 1\nWRONG_VALUES: ")}
    assert single_asked_again(before, after, SHOP) == {f"tests/test_products.py::{name}" for name in digests_of_tests(text)}
    after = {**before, "tests/test_products.py": text.replace("from uuid import uuid4", "from mine import uuid4")}
    users = {name for name, source in functions(text).items() if "uuid4" in source}
    assert len(users) < len(digests_of_tests(text))
    assert single_asked_again(before, after, SHOP) == {f"tests/test_products.py::{name}" for name in users}


def functions(text: str) -> dict[str, str]:
    return {node.name: ast.unparse(node) for node in ast.parse(text).body if isinstance(node, ast.AsyncFunctionDef)}


def test_accounts_stand_under_everything() -> None:
    before = files(BLOG)
    assert BLOG.auth is not None
    everything = {test.partition("::")[0] for test in standing_tests(before, BLOG)}
    assert asked_again(before, edited(before, "app/models/user.py"), BLOG) == everything
    new = apply(BLOG, EmbeddedPlanner().revise(BLOG, "users have a phone"))
    assert asked_again(before, files(new), BLOG, new) == everything


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


def test_a_rename_asks_one_that_is_pointed_to_only_for_the_tests_that_say_the_name() -> None:
    new = apply(SHOP, EmbeddedPlanner().revise(SHOP, "rename Product to Article"))
    again = single_asked_again(files(SHOP), files(new), SHOP, new)
    assert {test for test in again if "articles" not in test} == {"tests/test_suppliers.py::test_delete_with_article_supplier"}
    all_of_its_own = digests_of_tests(files(new)["tests/test_articles.py"]).keys()
    assert {test.partition("::")[2] for test in again if "articles" in test} == all_of_its_own
