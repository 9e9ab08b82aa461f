"""Whatever the two blueprints: a database that was revised is the same as a fresh one, and goes back to what it was."""

from functools import cache
from typing import Any

import pytest
import tests.strategies as any_blueprint
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.integration.revision import databases

from apiwright.blueprint import Blueprint
from apiwright.blueprint.changes import apply, diff
from apiwright.compiler.migrations import make_revision

FEW_NAMES = ("User", "Order", "Group", "Person", "Series", "PurchaseOrder")
FEW_MEMBERS = ("name", "title", "order", "status", "date", "total", "parent", "items", "note")


@pytest.fixture
def few_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that two blueprints have something in common."""
    monkeypatch.setattr(any_blueprint, "ENTITY_NAMES", FEW_NAMES)
    monkeypatch.setattr(any_blueprint, "MEMBER_NAMES", FEW_MEMBERS)


@st.composite
def _hints(draw: st.DrawFn, old: Blueprint, new: Blueprint) -> dict[str, str]:
    """Some entity that is gone is one that is new, under another name."""
    gone = [entity.name for entity in old.entities if new.entity(entity.name) is None]
    fresh = [entity.name for entity in new.entities if old.entity(entity.name) is None]
    return {draw(st.sampled_from(gone)): draw(st.sampled_from(fresh))} if gone and fresh and draw(st.booleans()) else {}


def pairs(count: int) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = []

    @settings(max_examples=count, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # pyright: ignore[reportArgumentType]
    @given(any_blueprint.blueprints(), any_blueprint.blueprints(), st.data())
    def collect(old: Blueprint, new: Blueprint, data: st.DataObject) -> None:
        changes = diff(old, new, renamed=data.draw(_hints(old, new)))
        assert apply(old, changes) == new
        revision = make_revision(old, new, changes, number=2, former="0001")
        text = revision.file.text if revision else ""
        cases.append({"base": databases.initial(old), "fresh": databases.initial(new), "revision": text})

    collect()
    return cases


def told(answers: list[dict[str, Any]], cases: list[dict[str, Any]]) -> None:
    for answer, case in zip(answers, cases, strict=True):
        assert answer["error"] is None, f"{answer['error']}\n{case['revision']}"
        assert answer["upgraded"] == [], case["revision"]
        assert answer["downgraded"] == [], case["revision"]


@cache
def some_pairs() -> list[dict[str, Any]]:
    """The same for each database."""
    return pairs(20)


@pytest.mark.usefixtures("few_names")
def test_a_revised_database_is_the_same_as_a_fresh_one(database_url: str) -> None:
    told(databases.run(some_pairs(), database_url), some_pairs())


@pytest.mark.soak
@pytest.mark.usefixtures("few_names")
@pytest.mark.timeout(1_200)
def test_so_are_many(database_url: str) -> None:
    for _ in range(5):
        cases = pairs(100)
        told(databases.run(cases, database_url), cases)
