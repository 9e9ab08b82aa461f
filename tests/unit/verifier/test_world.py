"""The population of a backend: no two rows have what only one may have, and what there is no room for is left out."""

import asyncio
import contextlib
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from sqlalchemy.ext.asyncio import create_async_engine
from tests.strategies import blueprints

from apiwright.blueprint import Blueprint, parse
from apiwright.blueprint.validation.fields import refusal
from apiwright.verifier.checks.injection import list_of
from apiwright.verifier.inside.server import BootError
from apiwright.verifier.inside.world import Population
from apiwright.verifier.probes import Probe, probes_of
from apiwright.verifier.world import World, another_row, world_of

USER: dict[str, Any] = {"name": "User", "fields": [{"name": "email", "type": "email", "required": True, "unique": True}]}
HOLDER = {"name": "holder", "target": "User", "required": True, "on_delete": "cascade"}
OWN: dict[str, Any] = {
    "owned_via": "holder",
    "access": {"create": ["authenticated"]} | {operation: ["owner"] for operation in ("read", "list", "update", "delete")},
}
CODE: dict[str, Any] = {"name": "code", "type": "enum", "values": ["m", "f"], "required": True, "unique": True}


def made(*entities: dict[str, Any], **rest: Any) -> Blueprint:
    return parse({"name": "x", "title": "X", "auth": {}, "entities": [USER, *entities], **rest})


def values_of(world: World, entity: str) -> list[dict[str, Any]]:
    return [row.values for row in world.rows if row.name.endswith(f":{entity}")]


def creations(blueprint: Blueprint, path: str) -> list[Probe]:
    probes = probes_of(blueprint, world_of(blueprint))
    return [probe for probe in probes if probe.method == "post" and probe.path == path and probe.body is not None]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(blueprints())
def test_the_rows_of_any_blueprint_obey_it(blueprint: Blueprint) -> None:
    world = world_of(blueprint)
    names: set[str] = set()
    taken: set[tuple[Any, ...]] = set()
    for row in world.rows:
        assert {*row.links.values(), *row.pairs.values()} <= names
        names.add(row.name)
        entity = next(item for item in blueprint.entities if item.name == (row.name.partition(":")[2] or world_account(blueprint)))
        for name, value in row.values.items():
            field = entity.field(name)
            assert field is not None
            assert refusal(field, value) is None
        told = {item.name: item.default for item in entity.fields} | row.values
        told |= {relation.name: row.links.get(f"{relation.name}_id") for relation in entity.relations}
        single = [(item.name,) for item in (*entity.fields, *entity.relations) if getattr(item, "unique", item.name in one_to_one(entity))]
        for group in (*single, *entity.unique_together):
            key = (entity.name, group, *(told[name] for name in group))
            assert None in key or key not in taken
            taken.add(key)


def world_account(blueprint: Blueprint) -> str:
    return blueprint.auth.entity if blueprint.auth else ""


def one_to_one(entity: Any) -> set[str]:
    return {item.name for item in entity.relations if item.kind == "one_to_one"}


SMALL: list[dict[str, Any]] = [
    {"type": "integer", "min": 7, "max": 8},
    {"type": "integer", "min": 2**63 - 2},
    {"type": "decimal", "precision": 2, "scale": 2},
    {"type": "decimal", "precision": 38, "scale": 20, "min": 10**17},
    {"type": "decimal", "max": -3},
    {"type": "float", "min": -1.7e308, "max": 1.7e308},
    {"type": "email", "max_length": 10},
    {"type": "email", "max_length": 6},
    {"type": "url", "max_length": 15},
    {"type": "url", "min_length": 60},
    {"type": "slug", "max_length": 1},
    {"type": "slug", "pattern": "[a-z-]{2,3}"},
    {"type": "string", "min_length": 3, "max_length": 3},
    {"type": "string", "pattern": "[AB]"},
    {"type": "time"},
    {"type": "date"},
    {"type": "enum", "values": ["m", "f"]},
]


@pytest.mark.parametrize("rules", SMALL, ids=str)
def test_values_differ_where_they_are_unique_and_few(rules: dict[str, Any]) -> None:
    blueprint = made({"name": "Thing", "fields": [{"name": "some_longer_name", "required": True, "unique": True, **rules}]})
    field = blueprint.entities[1].fields[0]
    values = [row["some_longer_name"] for row in values_of(world_of(blueprint), "Thing")]
    assert len(values) == len(set(values)) == 2
    assert [refusal(field, value) for value in values] == [None, None]


def test_roles_whose_names_begin_alike_have_accounts_that_differ() -> None:
    badge = {"name": "badge", "type": "integer", "required": True, "unique": True, "min": 1, "max": 4}
    entities = [{"name": "User", "fields": [*USER["fields"], badge]}]
    roles = [{"name": "agent_a"}, {"name": "agent_b"}]
    blueprint = parse({"name": "x", "title": "X", "auth": {}, "roles": roles, "entities": entities})
    assert {row.values["badge"] for row in world_of(blueprint).rows} == {1, 2, 3, 4}


def test_what_there_is_no_room_for_is_not_there_and_nothing_is_asked_of_it() -> None:
    only = {"name": "Only", "fields": [{**CODE, "values": ["a"]}], "access": {"list": ["authenticated"]}}
    part = {"name": "Part", "relations": [{"name": "only", "kind": "one_to_one", "target": "Only", "required": True}], "fields": []}
    world = world_of(made(only, part))
    assert [row.name for row in world.rows] == ["ann", "ann:Only", "ann:Part", "bob"]
    assert not world.impossible
    asked = [probe for probe in probes_of(made(only, part), world) if "/parts" in probe.path or "/onlies" in probe.path]
    assert asked
    assert all(probe.named <= world.names for probe in asked)
    assert not any("bob:Only" in str(probe) for probe in asked)


def test_one_of_each_kind_per_owner_counts_the_default() -> None:
    kind = {"name": "kind", "type": "enum", "values": ["a", "b"], "default": "a"}
    blueprint = made({"name": "Vault", "fields": [kind], "relations": [HOLDER], "unique_together": [["kind", "holder"]], **OWN})
    first, second = creations(blueprint, "/vaults")[:2]
    assert first.body == {"kind": "b"}
    assert first.expect == (201,)
    assert 409 in second.expect


def test_what_a_transition_moves_is_no_way_out_for_a_payload() -> None:
    kind = {"name": "kind", "type": "enum", "values": ["a", "b"], "default": "a"}
    vault = {"name": "Vault", "fields": [kind], "relations": [HOLDER], "unique_together": [["kind", "holder"]], **OWN}
    moves = [{"name": "move", "field": "kind", "target": "b"}]
    probe = creations(made({**vault, "transitions": moves}), "/vaults")[0]
    assert probe.body == {}
    assert 409 in probe.expect


def test_rows_of_others_that_come_to_be_meanwhile_need_room_too() -> None:
    computed = [{"name": "total", "type": "integer"}]
    blueprint = made({"name": "Vault", "fields": [CODE], "relations": [HOLDER], "computed": computed, **OWN})
    world = world_of(blueprint)
    assert another_row(blueprint.entities[1], "User", world) is None
    assert [probe.meanwhile for probe in probes_of(blueprint, world) if probe.unseen] == [(), ()]


def test_pairs_that_must_be_there_are_there_and_are_sent() -> None:
    tag = {"name": "Tag", "fields": [{"name": "name", "required": True}], "relations": [HOLDER], **OWN}
    tags = {"name": "tags", "kind": "many_to_many", "target": "Tag", "required": True}
    blueprint = made({"name": "Paper", "relations": [tags, HOLDER], **OWN}, tag)
    paper = next(row for row in world_of(blueprint).rows if row.name == "bob:Paper")
    assert paper.pairs == {"paper_tags": "bob:Tag"}
    sent = [probe.body["tag_ids"] for probe in creations(blueprint, "/papers") if probe.body]
    assert sent == [["{bob:Tag}"], ["{bob:Tag}"], ["{ann:Tag}"]]


def test_lists_are_asked_by_who_may_list_and_rows_by_who_may_read() -> None:
    access = {"create": ["role:clerk"], "read": ["role:clerk"], "list": ["owner"], "update": [], "delete": []}
    box = {"name": "Box", "relations": [HOLDER], "owned_via": "holder", "access": access}
    lid = {"name": "Lid", "access": {**access, "list": ["role:clerk"], "read": ["authenticated"]}}
    hidden = {"name": "Hidden", "access": {**access, "list": []}}
    blueprint = made(box, lid, hidden, roles=[{"name": "clerk"}])
    world = world_of(blueprint)
    asked = [list_of(entity, world) for entity in blueprint.entities[1:]]
    assert [item and (item["who"], item["reader"]) for item in asked] == [("ann", "role_clerk"), ("role_clerk", "ann"), None]


def test_what_an_entity_has_is_no_attack() -> None:
    fields = [{"name": "metadata", "type": "integer"}, {"name": "hashed_password"}]
    blueprint = made({"name": "Box", "fields": fields})
    item = list_of(blueprint.entities[1], world_of(blueprint))
    assert item is not None
    assert item["own"] == ["metadata", "hashed_password", "hashed_password__icontains"]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> sa.MetaData:
    """A project with accounts, an entity that is called like the table of tokens, and pairs."""
    metadata = sa.MetaData()
    sa.Table("refresh_tokens", metadata, sa.Column("id", sa.Uuid, primary_key=True))
    sa.Table("refresh_tokens_table", metadata, sa.Column("id", sa.Uuid, primary_key=True), sa.Column("name", sa.String, unique=True))
    keys = [sa.Column(name, sa.Uuid, sa.ForeignKey("refresh_tokens_table.id"), primary_key=True) for name in ("own_id", "other_id")]
    sa.Table("token_parts", metadata, *keys)
    url = f"sqlite+aiosqlite:///{tmp_path}/x.db"
    modules: dict[str, Any] = {
        "app.core.config": {"Settings": lambda: SimpleNamespace(database_url=url)},
        "app.models": {"Base": SimpleNamespace(metadata=metadata)},
    }
    for name, members in modules.items():
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)

    async def create() -> None:
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        await engine.dispose()

    asyncio.run(create())
    return metadata


def row(name: str, value: str, **pairs: str) -> dict[str, Any]:
    told = {"name": name, "table": "refresh_tokens", "values": {"name": value}, "links": {}, "pairs": pairs}
    return {**told, "role": "", "account": False}


@pytest.mark.usefixtures("database")
def test_rows_go_where_their_columns_are_and_pairs_beside_them() -> None:
    rows = [row("ann:RefreshToken", "a"), row("bob:RefreshToken", "b", token_parts="ann:RefreshToken")]
    with contextlib.closing(Population({"login": "", "rows": rows})) as population:
        found = population.row("bob:RefreshToken")
        assert found is not None
        assert found["name"] == "b"


@pytest.mark.usefixtures("database")
def test_a_row_that_does_not_fit_is_told_with_the_rule_and_its_values() -> None:
    rows = [row("ann:RefreshToken", "same"), row("bob:RefreshToken", "same")]
    with pytest.raises(BootError, match=r"bob:RefreshToken .*UNIQUE constraint failed: refresh_tokens_table.name.*'same'"):
        Population({"login": "", "rows": rows})
