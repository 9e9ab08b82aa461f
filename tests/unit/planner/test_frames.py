"""What things are tells what they hang on, for things that the catalogue has never heard of."""

import json
from pathlib import Path

import pytest

from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.planner.embedded.frames import frames, ladders
from apiwright.planner.embedded.senses import ORDER
from apiwright.planner.embedded.words import sections

SENSES = sections("senses")


def ties(prompt: str) -> set[str]:
    """The relations of what a prompt makes, as `Source>Target`."""
    blueprint = EmbeddedPlanner().plan(prompt)
    return {f"{entity.name}>{relation.target}" for entity in blueprint.entities for relation in entity.relations}


def test_a_word_has_one_sense() -> None:
    words = [word for found in SENSES.values() for word in found]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []
    assert set(SENSES) | {"thing"} == set(ORDER)


def test_frames_speak_of_senses_that_there_are() -> None:
    named = {word for word in frames() if word.startswith("$")}
    named |= {word for slots in frames().values() for slot in slots for word in slot.words if word.startswith("$")}
    assert {word.removeprefix("$") for word in named} <= set(ORDER)


def test_no_word_stands_twice_on_a_ladder() -> None:
    twice = [word for word, steps in ladders().items() for _, ladder in steps if sum(step.count(word) for step in ladder) > 1]
    assert twice == []


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("Build an API with silos, probes and humidity readings", {"Reading>Probe", "Probe>Silo"}),
        ("Build an API for a monastery with cellars, casks and cask inspections", {"Inspection>Cask", "Cask>Cellar"}),
        ("Build an API for a ropeway: pylons, pylon checks, riggers", {"PylonCheck>Pylon", "PylonCheck>Rigger"}),
        ("Build an API with regattas, heats and skippers", {"Heat>Regatta"}),
        ("Build an API with glaciers, ice cores and core analyses", {"Analysis>IceCore"}),
        ("Build an API with acupuncturists, needles, patients and acupuncture visits", {"Visit>Patient", "Visit>Acupuncturist"}),
        ("Build an API with observatories, domes, code repositories and builds", {"Dome>Observatory", "Build>Repository"}),
    ],
)
def test_unknown_things_hang_on_what_things_of_their_kind_do(prompt: str, wanted: set[str]) -> None:
    assert wanted <= ties(prompt)


def test_what_leads_on_is_not_tied_again() -> None:
    found = ties("Build an API with rentals, payments, renters and kayaks")
    assert {"Rental>Renter", "Rental>Kayak", "Payment>Rental"} <= found
    assert {"Payment>Renter", "Payment>Kayak"} & found == set()


def test_what_the_prompt_ties_stays_as_it_is() -> None:
    prompt = "Build an API. A placement belongs to a kitten and a barn. Families have a name. Kittens have an age."
    assert {tie for tie in ties(prompt) if tie.startswith("Placement>")} == {"Placement>Kitten", "Placement>Barn"}


def test_lists_of_trades_hang_together() -> None:
    rows = [json.loads(line) for line in Path(__file__).with_name("written_relations.jsonl").read_text("utf-8").splitlines()]
    found: list[bool] = []
    for row in rows:
        names = {entity["names"][0]: entity["names"] for entity in row["gold"]["entities"]}
        there = {tuple(tie.lower().split(">")) for tie in ties(row["prompt"])}
        for relation in row["gold"]["relations"]:
            ends = [names[relation["from"]], [name for end in (relation["to"], *relation.get("to_any", ())) for name in names[end]]]
            found.append(any((a, b) in there or (b, a) in there for a in ends[0] for b in ends[1]))
    assert sum(found) / len(found) >= 0.66
