"""What was recorded with a vendor is replayed by the real client; what is recorded holds no key."""

from pathlib import Path

import pytest
from tests.fakes.vendors import vendor_server
from tests.fakes.vendors.cassette import Player, running
from tests.fakes.vendors.library import PROMPT, librarian
from tests.fakes.vendors.record import CASSETTES, record
from tests.fakes.vendors.server import KEYS, MODELS
from tests.integration.llm.harness import KEY, QUICK, VENDORS

from apiwright.blueprint import Blueprint, validate
from apiwright.planner.choice import model_choice
from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.planner.llm import EnhancedPlanner


def replayed(model: str, cassette: Path) -> Blueprint:
    """The plan that a cassette leads to."""
    player = Player(cassette)
    with running(player) as url:
        choice = model_choice(model, keys=dict.fromkeys(KEYS, "unused"), url=url)
        blueprint = EnhancedPlanner(choice, budget=QUICK, drafter=EmbeddedPlanner()).plan(PROMPT)
    assert (player.missed, player.left) == ([], [])
    return blueprint


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_is_recorded_can_be_replayed_and_holds_no_key(vendor: str, tmp_path: Path) -> None:
    cassette = tmp_path / "cassette.jsonl"
    with vendor_server(vendor, librarian) as server:
        assert record(MODELS[vendor], dict.fromkeys(KEYS, KEY), server.url, cassette) == 4
    text = cassette.read_text()
    assert KEY not in text
    assert not {"chatcmpl-1", "msg_1", "response-1"} & set(text.replace('"', " ").replace("\\", " ").split())
    blueprint = replayed(MODELS[vendor], cassette)
    assert [entity.name for entity in blueprint.entities] == ["Member", "Book", "Loan"]


@pytest.mark.parametrize("cassette", sorted(CASSETTES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_recorded_models_still_plan(cassette: Path) -> None:
    assert validate(replayed(cassette.stem.replace("--", ":"), cassette)) == []
