"""Blueprints as text: what is written is read back, what is hostile or broken is told."""

import json

import pytest

from apiwright.blueprint import Blueprint, Origin, dump_json, dump_mermaid, dump_yaml, json_schema, load
from apiwright.errors import BlueprintError

TEXT = """
name: shop
title: "A 'shop' {{ x }} \\u2603"
description: |
  two
  lines
auth: {}
roles: [{name: admin, origin: {kind: prompt, text: admins, start: 3, end: 9}}]
entities:
- name: User
  fields: [{name: email, type: email, required: true, unique: true}]
- name: Order
  fields: [{name: placed_on, type: date, default: 2024-02-29}, {name: note, default: "yes"}]
  relations: [{name: buyer, target: User, required: true, inverse: orders}]
"""


def test_what_is_written_is_read_back() -> None:
    blueprint = load(TEXT)
    assert load(dump_yaml(blueprint)) == blueprint == load(dump_json(blueprint))
    assert blueprint.roles[0].origin == Origin(kind="prompt", text="admins", start=3, end=9)


def test_json_always_has_what_readers_look_for() -> None:
    plain = json.loads(dump_json(load("name: x\ntitle: X\nentities: [{name: A, fields: [{name: b}], relations: [{name: c, target: A}]}]")))
    assert plain["auth"] is None
    assert plain["roles"] == []
    assert plain["entities"][0]["fields"] == [{"name": "b", "type": "string"}]
    assert plain["entities"][0]["relations"] == [{"name": "c", "kind": "many_to_one", "target": "A"}]


def test_the_schema_is_that_of_a_blueprint() -> None:
    schema = json_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["properties"]) == set(Blueprint.model_fields)


def test_the_diagram_tells_relations() -> None:
    diagram = dump_mermaid(load(TEXT))
    assert diagram.startswith("erDiagram\n")
    assert "    Order }o--|| User : buyer\n" in diagram


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blueprint-shape"),
        ("[1, 2]", "blueprint-shape"),
        ("{", "blueprint-unreadable"),
        ("a: [", "blueprint-unreadable"),
        ("a: &x [1]\nb: *x", "blueprint-unreadable"),
        ("a: !!python/object/apply:os.system [id]", "blueprint-unreadable"),
        ("{" + '"a":{' * 20_000, "blueprint-unreadable"),
        ("- " * 20_000, "blueprint-unreadable"),
        ("\x00", "blueprint-unreadable"),
        ("x" * 5_000_000, "blueprint-too-large"),
        ("name: x\ntitle: X\nentities: [{name: A, surprise: 1}]", "blueprint-shape"),
        ("name: ../x\ntitle: X\nentities: [{name: A}]", "blueprint-shape"),
        ("name: x\ntitle: X\nschema_version: 2\nentities: [{name: A}]", "blueprint-shape"),
        ('name: x\ntitle: X\nentities: [{name: "A; import os"}]', "blueprint-shape"),
    ],
)
def test_what_cannot_be_used_is_told(text: str, code: str) -> None:
    with pytest.raises(BlueprintError) as caught:
        load(text)
    assert {item.code for item in caught.value.diagnostics} == {code}


def test_a_problem_of_shape_names_its_place() -> None:
    with pytest.raises(BlueprintError) as caught:
        load("name: x\ntitle: X\nentities: [{name: Todo, fields: [{name: ok}, {name: Title, type: text}]}]")
    assert caught.value.diagnostics[0].where == "entities.Todo.fields.Title.name"
