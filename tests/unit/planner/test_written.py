"""Prompts in the styles that people and benchmarks write, with what a senior engineer would make of them: most of it must be found."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from apiwright.blueprint import Blueprint
from apiwright.planner.embedded import EmbeddedPlanner

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


def names(blueprint: Blueprint) -> set[str]:
    found = {re.sub(r"[^a-z]", "", entity.name.lower()) for entity in blueprint.entities}
    return found | ({"user"} if blueprint.auth is not None else set[str]())


def share(found: list[bool]) -> float:
    return sum(found) / len(found)


def test_every_element_tells_why_it_is_there() -> None:
    texts = [row["prompt"] for file in sorted(HERE.glob("written_*.jsonl")) for row in rows(file.name)]
    for text in texts:
        blueprint = EmbeddedPlanner().plan(text)
        for thing in blueprint.entities:
            members = (*thing.fields, *thing.relations, *thing.transitions, *thing.pair_actions, *thing.counts)
            assert [item for item in (thing, *members) if not item.origin.text] == [], text
        assert [role for role in blueprint.roles if not role.origin.text] == []


@pytest.mark.parametrize(("name", "least"), [("written_a.jsonl", 0.88), ("written_i.jsonl", 0.87), ("written_k.jsonl", 0.87)])
def test_what_product_briefs_need_is_there(name: str, least: float) -> None:
    found: list[bool] = []
    for row in rows(name):
        there = names(EmbeddedPlanner().plan(row["prompt"]))
        found += [bool(there & set(phrase["names"])) for phrase in row["gold"]["phrases"] if not phrase.get("optional")]
    assert share(found) >= least


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("written_b.jsonl", (0.92, 0.85)),
        ("written_h.jsonl", (0.91, 0.78)),
        ("written_j.jsonl", (0.92, 0.82)),
        ("written_l.jsonl", (0.85, 0.9)),
        ("written_m.jsonl", (0.88, 0.85)),
        ("written_n.jsonl", (0.88, 0.89)),
        ("written_p.jsonl", (0.86, 0.84)),
        ("written_q.jsonl", (0.93, 0.90)),
        ("written_r.jsonl", (0.96, 0.91)),
        ("written_s.jsonl", (0.92, 0.86)),
        ("written_t.jsonl", (0.92, 0.84)),
        ("written_u.jsonl", (0.90, 0.88)),
        ("written_v.jsonl", (0.93, 0.80)),
        ("written_w.jsonl", (0.93, 0.88)),
        ("written_x.jsonl", (0.92, 0.90)),
        ("written_y.jsonl", (0.92, 0.86)),
        ("written_z.jsonl", (0.90, 0.80)),
        ("written_aa.jsonl", (0.94, 0.93)),
        ("written_bb.jsonl", (0.94, 0.90)),
        ("written_cc.jsonl", (0.88, 0.76)),
        ("written_dd.jsonl", (0.74, 0.66)),
        ("written_ee.jsonl", (0.97, 0.95)),
        ("written_ff.jsonl", (0.88, 0.92)),
        ("written_gg.jsonl", (0.98, 0.94)),
        ("written_hh.jsonl", (0.93, 0.96)),
    ],
)
def test_specifications_give_their_entities_and_fields(name: str, least: tuple[float, float]) -> None:
    entities: list[bool] = []
    fields: list[bool] = []
    for row in rows(name):
        blueprint = EmbeddedPlanner().plan(row["prompt"])
        there = names(blueprint)
        members = {field.name for entity in blueprint.entities for field in entity.fields}
        members |= {relation.name for entity in blueprint.entities for relation in entity.relations}
        for entity in row["gold"]["entities"]:
            if entity["required"]:
                entities.append(bool(there & set(entity["names"])))
            fields += [bool(members & set(field["names"])) for field in entity["fields"] if field["required"]]
    assert share(entities) >= least[0]
    assert share(fields) >= least[1]


def test_what_is_no_thing_does_not_become_one() -> None:
    wrong: list[str] = []
    for row in rows("written_b.jsonl"):
        wrong += sorted(names(EmbeddedPlanner().plan(row["prompt"])) & set(row["gold"]["wrong"]) - {"user"})
    assert len(wrong) <= 6


@pytest.mark.parametrize(("name", "least", "most"), [("written_f.jsonl", 0.92, 11), ("written_g.jsonl", 0.90, 1)])
def test_everyday_one_liners_give_what_they_list(name: str, least: float, most: int) -> None:
    found: list[bool] = []
    wrong: list[str] = []
    for row in rows(name):
        there = names(EmbeddedPlanner().plan(row["prompt"]))
        found += [bool(there & set(entity["names"])) for entity in row["gold"]["entities"] if entity["required"]]
        wrong += sorted(there & set(row["gold"]["wrong"]))
    assert share(found) >= least
    assert len(wrong) <= most
