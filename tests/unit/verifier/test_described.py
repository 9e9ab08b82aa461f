"""What an application says of itself: a change that nobody asked for is found."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from apiwright.blueprint import load
from apiwright.verifier.described import unintended

OLD = load("""
name: x
title: X
entities:
  - name: Item
    fields: [{name: title, type: string}, {name: size, type: integer}]
  - name: Tag
    fields: [{name: name, type: string}]
""")
NEW = load("""
name: x
title: X
entities:
  - name: Item
    fields: [{name: title, type: string}, {name: size, type: integer}, {name: color, type: string}]
  - name: Tag
    fields: [{name: name, type: string}]
""")


def document() -> dict[str, Any]:
    def route(schema: str) -> dict[str, Any]:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
        parameters = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in ("title", "name__icontains")]
        return {"get": {"parameters": parameters, "responses": {"200": {"content": content}}}}

    tag = {"properties": {"name": {"type": "string"}, "error": {"$ref": "#/components/schemas/Problem"}}}
    item = {"properties": {"title": {"type": "string"}, "size": {"type": "integer"}, "tag": {"$ref": "#/components/schemas/TagRead"}}}
    schemas = {"ItemRead": item, "TagRead": tag, "Problem": {"properties": {"title": {"type": "string"}}}}
    paths: dict[str, Any] = {"/items": route("ItemRead"), "/tags": route("TagRead"), "/health/live": {"get": {"responses": {"200": {}}}}}
    return {"paths": paths, "components": {"schemas": schemas}}


def wanted() -> dict[str, Any]:
    after = document()
    after["components"]["schemas"]["ItemRead"]["properties"]["color"] = {"type": "string"}
    after["paths"]["/items"]["get"]["parameters"].append({"name": "color", "in": "query"})
    return after


def test_what_was_asked_for_is_no_finding() -> None:
    assert unintended(OLD, NEW, document(), wanted()) == []


def _schema(name: str, key: str) -> Callable[[dict[str, Any]], None]:
    return lambda after: after["components"]["schemas"][name]["properties"].update({key: {"type": "boolean"}})


PLANTED: list[tuple[str, Callable[[dict[str, Any]], None], str]] = [
    ("a schema of another entity", _schema("TagRead", "name"), "/tags is described"),
    ("a schema that it refers to", _schema("Problem", "title"), "/tags is described"),
    ("a route of another entity", lambda after: after["paths"]["/tags"].pop("get"), "/tags is described"),
    ("a route of none", lambda after: after["paths"].pop("/health/live"), "/health/live is described"),
    ("a field that was not to change", _schema("ItemRead", "size"), "ItemRead describes size"),
    ("a field that was not to go", lambda after: after["components"]["schemas"]["ItemRead"]["properties"].pop("size"),
     "ItemRead describes size"),
    ("a filter", lambda after: after["paths"]["/items"]["get"]["parameters"].pop(0), "/items describes the filter title"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "plant", "told"), PLANTED, ids=[item[0] for item in PLANTED])
def test_a_change_that_nobody_asked_for_is_found(name: str, plant: Callable[[dict[str, Any]], None], told: str) -> None:
    after = json.loads(json.dumps(wanted()))
    plant(after)
    found = unintended(OLD, NEW, document(), after)
    assert any(message.startswith(told) for message in found), (name, found)


LINKED = """
name: x
title: X
entities:
  - name: Item
    fields: [{name: title, type: string}]
    relations: [{name: tag, kind: KIND, target: Tag, on_delete: restrict}]
  - name: Tag
    fields: [{name: name, type: string}]
"""


def test_what_nothing_points_to_any_more_is_deleted_freely_and_that_alone_may_differ() -> None:
    old, new = (load(LINKED.replace("KIND", kind)) for kind in ("many_to_one", "many_to_many"))
    before = document()
    before["paths"]["/tags/{tag_id}"] = {"delete": {"responses": {"204": {}, "404": {}, "409": {}}}}
    after = document()
    after["paths"]["/tags/{tag_id}"] = {"delete": {"responses": {"204": {}, "404": {}}}}
    assert unintended(old, new, before, after) == []
    assert unintended(old, old, before, after) != [], "nothing about its links was changed"
    del after["paths"]["/tags/{tag_id}"]["delete"]["responses"]["404"]
    assert any("/tags/{tag_id}" in message for message in unintended(old, new, before, after))
