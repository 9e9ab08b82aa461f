"""What was recorded with a vendor is replayed by the real client; what is recorded holds no key."""

import os
from pathlib import Path
from unittest.mock import patch

import pytest
from tests.fakes.vendors import orders, vendor_server
from tests.fakes.vendors.cassette import Player, running
from tests.fakes.vendors.record import CASSETTES, main, scenario
from tests.fakes.vendors.server import KEYS, MODELS
from tests.integration.llm.harness import KEY, QUICK, VENDORS

from apiwright.blueprint import Blueprint, validate
from apiwright.compiler import extension_points
from apiwright.pipeline.inspection import objections
from apiwright.planner.choice import model_choice
from apiwright.planner.writing import Draft


def replayed(model: str, cassette: Path) -> tuple[Blueprint, dict[str, Draft]]:
    """The plan and the modules that a cassette leads to."""
    player = Player(cassette)
    with running(player) as url:
        made = scenario(model_choice(model, keys=dict.fromkeys(KEYS, "unused"), url=url), QUICK)
    assert (player.missed, player.left) == ([], [])
    return made


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_is_recorded_can_be_replayed_and_holds_no_key(vendor: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = MODELS[vendor]
    with vendor_server(vendor, orders.clerk) as server, patch.dict(os.environ, server.environment(KEY)):
        main([model, str(tmp_path)])
    (cassette,) = tmp_path.iterdir()
    assert capsys.readouterr().out == f"6 exchanges in {cassette}\n"
    text = cassette.read_text()
    assert KEY not in text
    assert not {"chatcmpl-1", "msg_1", "response-1"} & set(text.replace('"', " ").replace("\\", " ").split())
    blueprint, drafts = replayed(model, cassette)
    assert [entity.name for entity in blueprint.entities] == ["Order", "OrderLine"]
    assert {point.title: objections(drafts[point.title], point) for point in extension_points(blueprint)} == dict.fromkeys(orders.RIGHT, ())


@pytest.mark.parametrize("cassette", sorted(CASSETTES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_recorded_models_still_plan_and_write(cassette: Path) -> None:
    """Left out, and told so, as long as nobody with a key has recorded one."""
    blueprint, drafts = replayed(cassette.stem.replace("--", ":"), cassette)
    assert validate(blueprint) == []
    assert set(drafts) == {point.title for point in extension_points(blueprint)}


@pytest.mark.parametrize(
    ("model", "said"),
    [("", "names no model"), ("google:gemini-2.5-flash", "There is no key for google"), ("openai-compatible:x", "no address of its own")],
)
def test_what_cannot_be_recorded_is_said(model: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*KEYS.values(), "APIWRIGHT_MODEL_URL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit, match=said):
        main([model, str(tmp_path)])
    assert list(tmp_path.iterdir()) == []
