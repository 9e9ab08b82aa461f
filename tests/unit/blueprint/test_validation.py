"""Each problem of a blueprint is told by its own diagnostic, with its place and a hint."""

import json
from typing import Any

import pytest

from apiwright.blueprint import load, parse, validate
from apiwright.errors import BlueprintError

USER = {"name": "User", "fields": [{"name": "email", "type": "email", "required": True, "unique": True}]}
STATUS = {"name": "status", "type": "enum", "values": ["open", "done"], "default": "open"}
OWNER = {"name": "owner", "target": "User", "required": True}


def entity(name: str = "Todo", **members: Any) -> dict[str, Any]:
    return {"name": name, **members}


def field(**members: Any) -> dict[str, Any]:
    return entity(fields=[{"name": "x", **members}])


def relation(**members: Any) -> dict[str, Any]:
    return entity(relations=[{"name": "x", "target": "Todo", **members}])


def codes(*entities: dict[str, Any], **rest: Any) -> list[str]:
    return [item.code for item in validate(parse({"name": "x", "title": "X", "entities": list(entities), **rest}))]


ACCOUNTS: dict[str, Any] = {"auth": {}}
LIKE = entity(
    "Like",
    relations=[{"name": "user", "target": "User", "required": True}, {"name": "todo", "target": "Todo", "required": True}],
    unique_together=[["user", "todo"]],
)
LIKED = {"name": "like", "undo": "unlike", "through": "Like", "actor": "user", "subject": "todo"}

CASES: list[tuple[str, list[dict[str, Any]], dict[str, Any]]] = [
    ("entity-duplicate", [entity("UserID"), entity("UserId")], {}),
    ("plural-clash", [entity("Todo"), entity("Task", plural="Todos")], {}),
    ("path-reserved", [entity("Health")], {}),
    ("role-duplicate", [USER], {**ACCOUNTS, "roles": [{"name": "a"}, {"name": "a"}]}),
    ("role-reserved", [USER], {**ACCOUNTS, "roles": [{"name": "user"}]}),
    ("name-reserved", [entity(fields=[{"name": "created_at", "type": "datetime"}])], {}),
    ("name-reserved", [entity(fields=[{"name": "limit", "type": "integer"}])], {}),
    ("name-reserved", [{**USER, "fields": [*USER["fields"], {"name": "password"}]}], ACCOUNTS),
    (
        "name-reserved",
        [{**USER, "fields": [*USER["fields"], STATUS], "transitions": [{"name": "role", "field": "status", "target": "done"}]}],
        {**ACCOUNTS, "roles": [{"name": "admin"}]},
    ),
    ("nothing-to-call", [entity(operations=[])], {}),
    ("name-duplicate", [entity(fields=[{"name": "x"}, {"name": "x"}])], {}),
    ("name-duplicate", [entity(fields=[{"name": "x_id"}], relations=[{"name": "x", "target": "Todo"}])], {}),
    ("name-duplicate", [entity(fields=[{"name": "tag_ids"}], relations=[{"name": "tags", "kind": "many_to_many", "target": "Todo"}])], {}),
    ("action-duplicate", [entity(fields=[STATUS], transitions=[{"name": "end", "field": "status", "target": "done"}] * 2)], {}),
    ("extension-duplicate", [entity(computed=[{"name": "x"}], hooks=[{"name": "x", "moment": "after", "operation": "create"}])], {}),
    ("name-duplicate", [entity(fields=[{"name": "x"}], computed=[{"name": "x"}])], {}),
    ("name-reserved", [entity(computed=[{"name": "created_at"}])], {}),
    ("hook-never-runs", [entity(operations=["list"], hooks=[{"name": "x", "moment": "after", "operation": "create"}])], {}),
    ("endpoint-nobody", [entity(endpoints=[{"name": "x", "access": []}])], {}),
    ("grant-role-unknown", [{**USER, "endpoints": [{"name": "x", "access": ["role:none"]}]}], ACCOUNTS),
    ("name-duplicate", [entity(endpoints=[{"name": "x", "answer": [{"name": "y"}, {"name": "y"}]}])], {}),
    ("rule-misplaced", [entity(endpoints=[{"name": "x", "arguments": [{"name": "y", "unique": True}]}])], {}),
    ("rule-misplaced", [entity(endpoints=[{"name": "x", "answer": [{"name": "y", "max_length": 3}]}])], {}),
    ("enum-empty", [entity(endpoints=[{"name": "x", "arguments": [{"name": "y", "type": "enum"}]}])], {}),
    ("answer-secret", [entity(endpoints=[{"name": "x", "answer": [{"name": "y", "type": "secret"}]}])], {}),
    ("argument-unfit", [entity(endpoints=[{"name": "x", "method": "GET", "arguments": [{"name": "y", "type": "json"}]}])], {}),
    (
        "action-duplicate",
        [entity(fields=[STATUS], transitions=[{"name": "end", "field": "status", "target": "done"}], endpoints=[{"name": "end"}])],
        {},
    ),
    ("rule-misplaced", [field(type="boolean", max_length=3)], {}),
    ("rule-misplaced", [field(type="json", unique=True)], {}),
    ("rule-misplaced", [field(type="secret", default="x")], {}),
    ("bounds-empty", [field(type="integer", min=5, max=1)], {}),
    ("bounds-empty", [field(min_length=5, max_length=1)], {}),
    ("bounds-empty", [field(min_length=300)], {}),
    ("bounds-empty", [field(type="email", max_length=4)], {}),
    ("bounds-empty", [field(type="url", max_length=7)], {}),
    ("bounds-empty", [field(type="decimal", precision=5, scale=2, min=0.333, max=0.337)], {}),
    ("bounds-empty", [field(type="decimal", precision=3, scale=1, min=99.95, max=99.99)], {}),
    ("pattern-impossible", [field(pattern="[a-z]{5}", max_length=3)], {}),
    ("pattern-impossible", [field(pattern="a?(bc|d){0,2}", min_length=6)], {}),
    ("pattern-impossible", [field(pattern="[a-z]{4,}|.{3}", max_length=2)], {}),
    ("pattern-impossible", [field(type="slug", pattern="[A-Z]+")], {}),
    ("pattern-impossible", [field(type="slug", pattern=r"[a-z]+\s[a-z]+")], {}),
    ("length-too-large", [field(max_length=20_000)], {}),
    ("scale-too-large", [field(type="decimal", precision=3, scale=5)], {}),
    ("bound-not-integer", [field(type="integer", min=1.5)], {}),
    ("bound-not-finite", [field(type="float", max=float("inf"))], {}),
    ("bound-too-large", [field(type="decimal", precision=4, scale=2, max=100)], {}),
    ("enum-empty", [field(type="enum")], {}),
    ("enum-duplicate", [field(type="enum", values=["a", "a"])], {}),
    ("text-unstorable", [field(type="enum", values=["a\x00"])], {}),
    ("pattern-invalid", [field(pattern="(")], {}),
    ("pattern-unsupported", [field(pattern="(?=a)b")], {}),
    ("relation-target-unknown", [relation(target="Nobody")], {}),
    ("delete-rule-impossible", [entity("A"), relation(target="A", required=True, on_delete="set_null")], {}),
    ("unique-group-small", [entity(fields=[{"name": "x"}], unique_together=[["x"]])], {}),
    ("unique-group-duplicate", [entity(fields=[{"name": "x"}, {"name": "y"}], unique_together=[["x", "y"], ["y", "x"]])], {}),
    ("unique-group-unknown", [entity(fields=[{"name": "x"}], unique_together=[["x", "y"]])], {}),
    ("unique-group-unfit", [entity(fields=[{"name": "x"}, {"name": "y", "type": "json"}], unique_together=[["x", "y"]])], {}),
    ("inverse-clash", [entity("A", fields=[{"name": "b"}]), relation(target="A", inverse="b")], {}),
    ("required-cycle", [relation(required=True)], {}),
    (
        "required-cycle",
        [
            entity("A", relations=[{"name": "b", "target": "B", "required": True}]),
            entity("B", relations=[{"name": "a", "target": "A", "required": True}]),
        ],
        {},
    ),
    ("roles-without-auth", [entity()], {"roles": [{"name": "admin"}]}),
    ("auth-entity-unknown", [entity()], ACCOUNTS),
    ("auth-login-unfit", [entity("User")], ACCOUNTS),
    ("account-owned", [{**USER, "relations": [{"name": "boss", "target": "User"}], "owned_via": "boss"}], ACCOUNTS),
    ("ownership-without-auth", [USER, entity(relations=[OWNER], owned_via="owner")], {}),
    ("ownership-unknown", [USER, entity(owned_via="owner")], ACCOUNTS),
    ("ownership-nowhere", [USER, entity("A"), relation(target="A", required=True) | {"owned_via": "x"}], ACCOUNTS),
    ("ownership-optional", [USER, entity(relations=[{**OWNER, "required": False}], owned_via="owner")], ACCOUNTS),
    ("operation-duplicate", [entity(operations=["read", "read"])], {}),
    ("grant-without-auth", [entity(access={"read": ["authenticated"]})], {}),
    ("grant-role-unknown", [USER, entity(access={"read": ["role:admin"]})], ACCOUNTS),
    ("grant-owner-nowhere", [USER, entity(access={"read": ["owner"]})], ACCOUNTS),
    ("transition-field-unfit", [entity(transitions=[{"name": "end", "field": "x", "target": "done"}])], {}),
    ("transition-value-unknown", [entity(fields=[STATUS], transitions=[{"name": "end", "field": "status", "target": "gone"}])], {}),
    (
        "transition-stays",
        [entity(fields=[STATUS], transitions=[{"name": "end", "field": "status", "sources": ["done"], "target": "done"}])],
        {},
    ),
    (
        "transition-without-start",
        [entity(fields=[{**STATUS, "default": None}], transitions=[{"name": "end", "field": "status", "target": "done"}])],
        {},
    ),
    (
        "transition-stamp-unfit",
        [entity(fields=[STATUS], transitions=[{"name": "end", "field": "status", "target": "done", "stamp": "at"}])],
        {},
    ),
    ("pair-without-auth", [USER, LIKE, entity(pair_actions=[{**LIKED, "access": ["public"]}])], {}),
    ("pair-through-unknown", [USER, entity(pair_actions=[LIKED])], ACCOUNTS),
    ("pair-end-unfit", [USER, LIKE, entity(pair_actions=[{**LIKED, "actor": "x"}])], ACCOUNTS),
    ("pair-ends-same", [USER, LIKE, entity(pair_actions=[{**LIKED, "actor": "todo"}])], ACCOUNTS),
    ("pair-not-unique", [USER, {**LIKE, "unique_together": []}, entity(pair_actions=[LIKED])], ACCOUNTS),
    ("pair-needs-more", [USER, {**LIKE, "fields": [{"name": "x", "required": True}]}, entity(pair_actions=[LIKED])], ACCOUNTS),
    ("pair-public", [USER, LIKE, entity(pair_actions=[{**LIKED, "access": ["public"]}])], ACCOUNTS),
    ("count-source-unknown", [entity(counts=[{"name": "n", "source": "Nobody", "via": "x"}])], {}),
    ("count-via-unfit", [entity("A"), entity(counts=[{"name": "n", "source": "A", "via": "x"}])], {}),
]


@pytest.mark.parametrize(("code", "entities", "rest"), CASES, ids=[f"{case[0]}-{number}" for number, case in enumerate(CASES)])
def test_each_problem_has_its_diagnostic(code: str, entities: list[dict[str, Any]], rest: dict[str, Any]) -> None:
    problems = validate(parse({"name": "x", "title": "X", "entities": entities, **rest}))
    found = [item for item in problems if item.code == code]
    assert found, [item.code for item in problems]
    assert all(item.where and item.message.endswith(".") and item.hint.endswith(".") for item in problems)


NESTED = json.loads("[" * 200 + "]" * 200)
IMPOSSIBLE_DEFAULTS: list[dict[str, Any]] = [
    {"type": "integer", "default": "x"},
    {"type": "integer", "default": True},
    {"type": "integer", "default": 2**63},
    {"type": "integer", "default": 0, "min": 1},
    {"type": "decimal", "default": "1.234"},
    {"type": "boolean", "default": 1},
    {"type": "date", "default": "tomorrow"},
    {"type": "datetime", "default": "2024-01-01T00:00:00"},
    {"type": "uuid", "default": "x"},
    {"type": "enum", "values": ["a"], "default": "b"},
    {"type": "string", "default": "x" * 300},
    {"type": "string", "default": "b", "pattern": "a+"},
    {"type": "email", "default": "nobody"},
    {"type": "url", "default": "nowhere"},
    {"type": "slug", "default": "Not A Slug"},
    {"type": "string", "default": "x", "unique": True},
    {"type": "decimal", "precision": 38, "scale": 2, "default": "123456789012345678901234567890.125"},
    {"type": "decimal", "default": "1e999999999"},
    {"type": "decimal", "default": "1e-999999999"},
    {"type": "float", "default": 10**400},
    {"type": "datetime", "default": "0001-01-01T00:00:00+14:00"},
    {"type": "datetime", "default": "9999-12-31T23:59:59-14:00"},
    {"type": "json", "default": {"a": float("nan")}},
    {"type": "json", "default": {"a": [10**400]}},
    {"type": "json", "default": "\ud800"},
    {"type": "json", "default": {"\x00": 1}},
    {"type": "json", "default": {"a": {1: 2}}},
    {"type": "json", "default": {"a": {b"b"}}},
    {"type": "json", "default": NESTED},
]


@pytest.mark.parametrize("members", IMPOSSIBLE_DEFAULTS, ids=str)
def test_a_default_that_the_field_would_refuse_is_a_problem(members: dict[str, Any]) -> None:
    assert codes(field(**members)) == ["default-impossible"]


POSSIBLE: list[dict[str, Any]] = [
    {"type": "decimal", "precision": 38, "scale": 20, "min": 1000000000000, "default": "1000000000000.5"},
    {"type": "decimal", "precision": 38, "scale": 2, "default": "123456789012345678901234567890.12"},
    {"type": "decimal", "default": "100.00000"},
    {"type": "decimal", "precision": 5, "scale": 2, "min": 0.333, "max": 0.34},
    {"type": "datetime", "default": "0001-01-01T00:00:00Z"},
    {"type": "json", "default": {"a": [None, True, 1, 0.5, "b", {}]}},
    {"type": "email", "max_length": 5},
    {"type": "slug", "pattern": "(?i)[A-Z]+"},
    {"type": "slug", "pattern": "[A-Z]*[^A-Z]|X"},
    {"pattern": "[a-z]{2,3}?(-[a-z]+)*", "min_length": 200, "max_length": 200},
    {"pattern": "(a|bc){3}", "min_length": 6},
    {"pattern": ".*", "max_length": 1},
    {"pattern": "^a$", "max_length": 1},
]


@pytest.mark.parametrize("members", POSSIBLE, ids=str)
def test_a_field_that_some_value_fits_is_no_problem(members: dict[str, Any]) -> None:
    assert codes(field(**members)) == []


@pytest.mark.parametrize("rules", [{"min": float("nan")}, {"max": float("nan"), "default": 1}, {"min": 10**400, "default": 1}], ids=str)
@pytest.mark.parametrize("kind", ["integer", "float", "decimal"])
def test_a_bound_that_is_no_number_is_told_and_compared_with_nothing(kind: str, rules: dict[str, Any]) -> None:
    assert codes(field(type=kind, **rules)) == ["bound-not-finite"]


def test_a_blueprint_that_uses_everything_well_has_no_problem() -> None:
    todo = entity(
        fields=[STATUS, {"name": "done_at", "type": "datetime"}, {"name": "price", "type": "decimal", "default": "9.99"}],
        relations=[OWNER, {"name": "parent", "target": "Todo", "inverse": "children"}],
        owned_via="owner",
        access={"read": ["owner", "role:admin"], "create": ["authenticated"]},
        transitions=[{"name": "finish", "field": "status", "sources": ["open"], "target": "done", "stamp": "done_at"}],
        pair_actions=[LIKED],
        counts=[{"name": "like_count", "source": "Like", "via": "todo"}],
        unique_together=[["owner", "price"]],
    )
    line = entity("Line", relations=[{"name": "todo", "target": "Todo", "required": True}], owned_via="todo", access={"read": ["owner"]})
    assert codes(USER, LIKE, todo, line, auth={}, roles=[{"name": "admin"}]) == []


def test_two_actions_of_one_name_are_told_where_the_second_one_is() -> None:
    transition = {"name": "end", "field": "status", "target": "done"}
    problems = validate(parse({"name": "x", "title": "X", "entities": [entity(fields=[STATUS], transitions=[transition, transition])]}))
    assert [item.where for item in problems] == ["entities.Todo.transitions.end"]


def test_all_problems_are_told_at_once() -> None:
    text = "name: x\ntitle: X\nentities:\n- name: A\n  fields: [{name: x, type: enum}, {name: x}]\n  relations: [{name: b, target: B}]\n"
    with pytest.raises(BlueprintError) as caught:
        load(text)
    assert {item.code for item in caught.value.diagnostics} == {"enum-empty", "name-duplicate", "relation-target-unknown"}
