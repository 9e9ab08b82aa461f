"""Unusual values are put where a document allows them, beside an ordinary one."""

from typing import Any

import jsonschema_rs
import pytest

from apiwright.verifier.inside.unusual import with_unusual


def hinted(schema: dict[str, Any], kind: str = "application/json") -> dict[str, Any]:
    body = {"content": {kind: {"schema": {"$ref": "#/components/schemas/Thing"}}}}
    document = {"paths": {"/things": {"post": {"requestBody": body}}}, "components": {"schemas": {"Thing": {"properties": {"it": schema}}}}}
    return with_unusual(document)["components"]["schemas"]["Thing"]["properties"]["it"]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": "string", "maxLength": 7, "minLength": 3},
        {"type": "string", "pattern": "^[^\\x00]*$", "maxLength": 200},
        {"type": "string", "format": "password", "minLength": 8, "maxLength": 128},
        {"type": "string", "format": "date"},
        {"type": "integer", "minimum": 1},
        {"type": "number", "minimum": 0},
        {},
    ],
    ids=str,
)
def test_the_ordinary_value_is_allowed_and_some_unusual_ones_are(schema: dict[str, Any]) -> None:
    plain = {key: value for key, value in hinted(dict(schema)).items() if not key.startswith("example")}
    found = hinted(dict(schema))
    allowed = [value for value in found["examples"] if jsonschema_rs.is_valid(plain, value)]
    assert jsonschema_rs.is_valid(plain, found["example"])
    assert allowed
    assert found["example"] not in allowed


def test_every_sign_comes_along_however_short_a_text_must_be() -> None:
    whole, short = hinted({"type": "string"}), hinted({"type": "string", "maxLength": 40})
    assert signs(short) == signs(whole)


def signs(schema: dict[str, Any]) -> set[str]:
    return {sign for text in schema["examples"] for sign in text if not (sign.isascii() and sign.isdigit())}


def test_no_text_breaks_a_pattern() -> None:
    assert not any("\x00" in text for text in hinted({"type": "string", "pattern": "^[^\\x00]*$"})["examples"])
    assert set(hinted({"type": "string", "pattern": r"^\d+\.\d\d$"})["examples"]) == {"99999999.99"}


def test_what_can_be_left_empty_is_left_empty_where_another_member_is_looked_at() -> None:
    found = hinted({"anyOf": [{"type": "string"}, {"type": "null"}]})
    assert found["example"] is None
    assert "" in found["anyOf"][0]["examples"]


def test_a_form_has_no_null() -> None:
    found = hinted({"anyOf": [{"type": "string"}, {"type": "null"}], "title": "It"}, "application/x-www-form-urlencoded")
    assert found["type"] == "string"
    assert found["title"] == "It"
    assert found["example"] == "plain"


def test_lists_are_sent_empty_and_with_several() -> None:
    found = hinted({"type": "array", "items": {"enum": ["a", "b", "c"]}})
    assert (found["example"], found["examples"]) == (["a"], [[], ["a", "b"]])


def test_long_texts_are_not_put_into_an_address_by_the_hundred() -> None:
    parameter = {"in": "query", "name": "its", "schema": {"type": "array", "maxItems": 100, "items": {"type": "string"}}}
    with_unusual({"paths": {"/things": {"get": {"parameters": [parameter]}}}})
    assert parameter["schema"] == {"type": "array", "maxItems": 100, "items": {"type": "string"}}


@pytest.mark.parametrize("schema", [{"type": "string", "format": "uuid"}, {"enum": ["a"]}, {"type": "boolean"}, {"$ref": "#/x"}], ids=str)
def test_ids_and_what_has_few_values_are_left_alone(schema: dict[str, Any]) -> None:
    assert hinted(dict(schema)) == schema
