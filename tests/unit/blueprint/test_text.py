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


BAD = "name: x\ntitle: X\nentities: [{name: A, fields: [{name: b, %s}]}]"


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("name: x\nentities: [{name: A}]", "title", "It is missing."),
        ("5", "", "It must have members with names (`name: value`)."),
        (BAD % "kindd: 1", "entities.A.fields.b.kindd", "There is no such member."),
        (BAD % "default: [{1: 2}, !!set {a}]", "line 3", "A tag (`!name`) is not allowed here."),
        (BAD % "default: *a", "line 3", "An alias (`*name`) is not allowed here."),
        (BAD % f"default: {'[' * 120}", "line 3", "It is nested too deeply."),
        (BAD % "default: {1: 2}", "entities.A.fields.b.default", "It has none of the types that it may have."),
        (BAD % "required: maybe", "entities.A.fields.b.required", "It must be true or false."),
        (BAD % "max_length: 1.5", "entities.A.fields.b.max_length", "It must be a whole number."),
        (BAD % "max_length: 0", "entities.A.fields.b.max_length", "It must be greater than or equal to 1."),
        (BAD % "min: many", "entities.A.fields.b.min", "It has none of the types that it may have."),
        ("name: x\ntitle: X\nentities: [5]", "entities.0", "It must have members with names (`name: value`)."),
        ("name: x\ntitle: X\nentities: []", "entities", "It needs at least one element."),
        ('prompt: "\\ud800"\nname: x\ntitle: X\nentities: [{name: A}]', "prompt", "It has characters that are no text."),
        (BAD.replace("b,", '"\\ud800",') % "indexed: 2", r"entities.A.fields.\ud800.name", "It has characters that are no text."),
    ],
)
def test_a_problem_is_told_once_with_its_place_and_a_hint(text: str, where: str, message: str) -> None:
    with pytest.raises(BlueprintError) as caught:
        load(text)
    told = caught.value.diagnostics[0]
    assert (told.where, told.message) == (where, message)
    assert len(caught.value.diagnostics) == 1 + ("indexed" in text)
    assert all(item.hint.endswith((".", "start from.")) for item in caught.value.diagnostics)
    assert str(told).encode()


def test_words_that_old_yaml_takes_for_something_else_are_text() -> None:
    blueprint = load(
        "name: x\ntitle: X\nentities:\n- name: A\n  fields:\n  - {name: on, type: enum, values: [yes, no, off], required: yes}\n"
        "  - {name: at, type: time, default: 08:30:00}\n  - {name: code, default: 010}\n  - {name: n, type: float, default: 1.5e3}\n"
        "  - {name: big, type: json, default: 0xff}\n  - {name: last, min: -.5, type: float, max: 1_000}\n"
    )
    on, at, code, number, big, last = blueprint.entities[0].fields
    assert (on.name, on.values, on.required) == ("on", ("yes", "no", "off"), True)
    assert (at.default, code.default, number.default, big.default) == ("08:30:00", "010", 1500.0, "0xff")
    assert (last.min, last.max) == (-0.5, 1000)
    assert load(dump_yaml(blueprint)) == blueprint


def test_a_problem_of_shape_names_its_place() -> None:
    with pytest.raises(BlueprintError) as caught:
        load("name: x\ntitle: X\nentities: [{name: Todo, fields: [{name: ok}, {name: Title, type: text}]}]")
    assert caught.value.diagnostics[0].where == "entities.Todo.fields.Title.name"
