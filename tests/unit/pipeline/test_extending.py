"""What is not even begun."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.fakes.vendors.orders import ENTITIES, OUTLINE, TOTAL

from apiwright.blueprint import parse
from apiwright.compiler import compile_blueprint
from apiwright.filetree import FileTree, GeneratedFile
from apiwright.pipeline.events import Event
from apiwright.pipeline.extending import extend
from apiwright.planner.writing import Assignment, Drafts
from apiwright.verifier.sandbox.bubblewrap import Availability

BLUEPRINT = parse({"name": "orders", "title": OUTLINE["title"], "entities": list(ENTITIES.values())})
TREE = compile_blueprint(BLUEPRINT)


class Unasked:
    """A writer that must not be asked."""

    name = "nobody:asked"

    def write(self, request: str, assignments: Sequence[Assignment], **_: Any) -> Drafts:
        raise AssertionError(request, assignments)


def test_without_a_sandbox_nothing_is_asked_for_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apiwright.verifier.trial.availability", lambda: Availability(None, "bubblewrap is not installed"))
    events: list[Event] = []
    extended = extend(BLUEPRINT, TREE, writer=Unasked(), request="", spent=None, emit=events.append)
    assert {item.name for item in extended.left_out} == {"Order.total", "Order.limit_discount", "Order.clear"}
    assert all("bubblewrap is not installed" in item.reason for item in extended.left_out)
    assert extended.tree.manifest == TREE.manifest
    assert [event.phase for event in events] == ["extensions", *(f"extension:{item.name}" for item in extended.left_out)]


def test_what_a_person_has_touched_is_nobody_elses() -> None:
    touched = {"app/extensions/order/total.py": TOTAL["module"], "tests/extensions/order/test_limit_discount.py": "# mine"}
    files = [GeneratedFile(file.path, touched.get(file.path, file.text), file.phase) for file in TREE]
    tree = FileTree(file for file in files if file.path != "app/extensions/order/clear.py")
    events: list[Event] = []
    extended = extend(BLUEPRINT, tree, writer=Unasked(), request="", spent=None, emit=events.append)
    assert (extended.tree, extended.left_out, events) == (tree, (), [])
