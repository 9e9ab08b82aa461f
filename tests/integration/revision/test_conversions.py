"""Rows before and after a revision, on both databases: kept, converted, filled, or refused with nothing changed."""

from dataclasses import dataclass, field
from typing import Any, get_args

import pytest
from tests.integration.revision import databases

from apiwright.blueprint import Blueprint, Entity, Field, FieldType, Relation
from apiwright.blueprint.changes import (
    AddField,
    AddRelation,
    AlterField,
    AlterRelation,
    Change,
    ChangeUnique,
    Conversion,
    RemoveField,
    RenameEntity,
    RenameField,
    apply,
)
from apiwright.compiler.migrations import make_revision

KEEP = Conversion()
STAMP = "'2030-01-01 00:00:00.000000'"
ONE, TWO = ("00000000000040008000000000000001", "00000000000040008000000000000002")


@dataclass
class Case:
    """`values` are SQL literals of the column `x` in two rows of `items`; `after` and `back` what `shown` makes of them."""

    name: str
    before: Field
    after: Field
    values: tuple[str, str]
    expected: tuple[Any, Any] | None
    back: tuple[Any, Any] | None = None
    how: Conversion = KEEP
    refused: str = ""
    sqlite: tuple[str, str] | None = None
    read: dict[str, str] = field(default_factory=dict[str, str])


def f(kind: Any = "string", **rules: Any) -> Field:
    return Field(name="x", type=kind, **rules)


def enum(*values: str, **rules: Any) -> Field:
    return f("enum", values=values, **rules)


MONEY = {"sqlite": "x", "postgresql": "CAST(x * 100 AS INTEGER)"}
CASES = [
    Case("wider text", f(max_length=5), f(max_length=9), ("'ab'", "NULL"), ("ab", None), ("ab", None)),
    Case("shorter text that fits", f(max_length=9), f(max_length=5), ("'ab'", "NULL"), ("ab", None), ("ab", None)),
    Case("shorter text that does not fit", f(max_length=9), f(max_length=3), ("'abcd'", "NULL"), None, refused="more than 3 characters"),
    Case("text cut on request", f(max_length=9), f(max_length=3), ("'abcd'", "'x'"), ("abc", "x"), how=Conversion(unfit="truncate")),
    Case("text cleared on request", f(max_length=9), f(max_length=3), ("'abcd'", "'x'"), (None, "x"), how=Conversion(unfit="clear")),
    Case("longer shortest", f(), f(min_length=3), ("'ab'", "NULL"), None, refused="fewer than 3"),
    Case("a pattern that fits", f(), f(pattern="[a-z]+"), ("'ab'", "NULL"), ("ab", None)),
    Case("a pattern that does not", f(), f(pattern="[a-z]+"), ("'a1'", "NULL"), None, refused="new pattern"),
    Case("required with all there", f(), f(required=True), ("'a'", "'b'"), ("a", "b"), ("a", "b")),
    Case("required with one missing", f(), f(required=True), ("'a'", "NULL"), None, refused="rows of items have no x"),
    Case("required with a fill", f(), f(required=True), ("'a'", "NULL"), ("a", "it's"), how=Conversion(fill="it's")),
    Case("a default fills", f(), f(default="a:b"), ("'a'", "NULL"), ("a", "a:b"), ("a", "a:b")),
    Case("optional", f(required=True), f(), ("'a'", "'b'"), ("a", "b"), ("a", "b")),
    Case("unique that is", f(), f(unique=True), ("'a'", "'b'"), ("a", "b"), ("a", "b")),
    Case("unique that is not", f(), f(unique=True), ("'a'", "'a'"), None, refused="the same in several rows"),
    Case("unique with two empty ones", f(), f(unique=True), ("NULL", "NULL"), (None, None)),
    Case("an index comes", f(), f(indexed=True), ("'a'", "'b'"), ("a", "b")),
    Case("an enum value more", enum("a", "b"), enum("a", "b", "in-progress"), ("'a'", "'b'"), ("a", "b"), ("a", "b")),
    Case("an enum value less, unused", enum("a", "b", "c"), enum("a", "b"), ("'a'", "'b'"), ("a", "b"), ("a", "b")),
    Case("an enum value less, in use", enum("a", "b"), enum("a"), ("'a'", "'b'"), None, refused="none of the values"),
    Case("an enum value replaced", enum("a", "b"), enum("a", "it's"), ("'a'", "'b'"), ("a", "it's"), ("a", "b"),
         Conversion(replace=(("b", "it's"),))),
    Case("enum to text", enum("a", "b"), f(), ("'a'", "NULL"), ("a", None), ("a", None)),
    Case("text to enum", f(), enum("a", "b"), ("'a'", "NULL"), ("a", None), ("a", None)),
    Case("text that is no enum", f(), enum("a", "b"), ("'c'", "NULL"), None, refused="none of the values"),
    Case("decimal to cents", f("decimal"), f("integer"), ("12.34", "NULL"), (1234, None), (1234, None),
         Conversion(factor=100), sqlite=("1234", "NULL"), read={"back": "cents"}),
    Case("decimal to integer, whole", f("decimal"), f("integer"), ("12.00", "-3"), (12, -3), sqlite=("1200", "-300")),
    Case("decimal to integer, with a fraction", f("decimal"), f("integer"), ("12.34", "1"), None, refused="no whole number",
         sqlite=("1234", "100")),
    Case("more decimals", f("decimal"), f("decimal", scale=3), ("12.34", "-0.5"), (12340, -500), (1234, -50),
         sqlite=("1234", "-50"), read={"after": "mills", "back": "cents"}),
    Case("fewer decimals that do not fit", f("decimal"), f("decimal", scale=1), ("12.34", "1"), None, refused="more than 1 decimals",
         sqlite=("1234", "100")),
    Case("integer to decimal", f("integer"), f("decimal"), ("12", "NULL"), (1200, None), (12, None), read={"after": "cents"}),
    Case("integer to text", f("integer"), f(), ("12", "-5"), ("12", "-5"), (12, -5)),
    Case("text to integer", f(), f("integer"), ("' 12 '", "'-5'"), (12, -5), ("12", "-5")),
    Case("text that is no integer", f(), f("integer"), ("'twelve'", "'5'"), None, refused="is no number"),
    Case("text cleared that is no integer", f(), f("integer"), ("'twelve'", "'5'"), (None, 5), how=Conversion(unfit="clear")),
    Case("decimal to text", f("decimal"), f(), ("12.30", "-0.05"), ("12.30", "-0.05"), sqlite=("1230", "-5")),
    Case("a smallest value", f("integer"), f("integer", min=3), ("3", "NULL"), (3, None)),
    Case("below the smallest value", f("integer"), f("integer", min=3), ("2", "5"), None, refused="below 3"),
    Case("above the largest decimal", f("decimal"), f("decimal", max=10), ("12.34", "5"), None, refused="above 10", sqlite=("1234", "500")),
    Case("boolean to integer", f("boolean"), f("integer"), ("true", "false"), (1, 0), sqlite=("1", "0")),
    Case("integer to boolean", f("integer"), f("boolean"), ("1", "0"), (1, 0), (1, 0), read={"after": "flag"}),
    Case("integer that is no boolean", f("integer"), f("boolean"), ("1", "2"), None, refused="neither 0 nor 1"),
    Case("date to datetime", f("date"), f("datetime"), ("'2030-02-03'", "NULL"), ("2030-02-03 00:00:00", None), ("2030-02-03", None),
         read={"after": "moment", "back": "day"}),
    Case("text to email", f(), f("email"), ("'a@b.co'", "NULL"), ("a@b.co", None)),
    Case("text that is no email", f(), f("email"), ("'nobody'", "NULL"), None, refused="no email"),
    Case("text that is no slug", f(), f("slug"), ("'No Slug'", "NULL"), None, refused="no slug"),
    Case("types that nothing leads between", f("json"), f("date"), ("'{}'", "NULL"), (None, None), (None, None)),
]  # fmt: skip
READ = {
    "cents": {"sqlite": "x", "postgresql": "CAST(x * 100 AS INTEGER)"},
    "mills": {"sqlite": "x", "postgresql": "CAST(x * 1000 AS INTEGER)"},
    "flag": {"sqlite": "x", "postgresql": "CAST(x AS INTEGER)"},
    "moment": {"sqlite": "substr(x, 1, 19)", "postgresql": "to_char(x AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"},
    "day": {"sqlite": "x", "postgresql": "CAST(x AS TEXT)"},
    "": {"sqlite": "x", "postgresql": "x"},
}


def blueprint(item: Field, *relations: Relation) -> Blueprint:
    return Blueprint(name="x", title="X", entities=(Entity(name="Item", fields=(item,), relations=relations), Entity(name="Other")))


def prepared(case: Case, dialect: str) -> dict[str, Any]:
    change = AlterField(entity="Item", before=case.before, after=case.after, conversion=case.how)
    old, new = blueprint(case.before), blueprint(case.after)
    assert apply(old, [change]) == new
    revision = make_revision(old, new, [change], number=2, former="0001")
    values = case.sqlite if case.sqlite and dialect == "sqlite" else case.values
    rows = [
        f"INSERT INTO items (id, x, created_at, updated_at) VALUES ('{key}', {value}, {STAMP}, {STAMP})"
        for key, value in zip((ONE, TWO), values, strict=True)
    ]
    query = "SELECT {} FROM items ORDER BY id"
    return {
        "base": databases.initial(old),
        "fresh": databases.initial(new),
        "revision": revision.file.text if revision else "",
        "rows": rows,
        "queries": [query.format(READ[case.read.get("after", "")][dialect])],
        "back": [query.format(READ[case.read.get("back", "")][dialect])],
    }


def test_values_follow_their_field(database_url: str, subtests: pytest.Subtests) -> None:
    dialect = database_url.split("+", maxsplit=1)[0]
    answers = databases.run([prepared(case, dialect) for case in CASES], database_url)
    for case, answer in zip(CASES, answers, strict=True):
        with subtests.test(case.name):
            if case.refused:
                assert case.refused in answer["error"]
                assert "nothing was changed" in answer["error"]
                assert answer["unchanged"]
                continue
            assert answer["error"] is None
            assert (answer["upgraded"], answer["downgraded"]) == ([], [])
            assert case.expected == tuple(row[0] for row in answer["found"][0])
            if case.back is not None:
                assert case.back == tuple(row[0] for row in answer["back"][0])


TO_OTHER = Relation(name="other", target="Other")
MANY = Relation(name="others", kind="many_to_many", target="Other")
OTHERS = [f"INSERT INTO others (id, created_at, updated_at) VALUES ('{key}', {STAMP}, {STAMP})" for key in (ONE, TWO)]
LINKS: list[tuple[str, Blueprint, tuple[Change, ...], list[str], list[str], list[Any], str]] = [
    (
        "a new required field of each type is filled",
        blueprint(f()),
        tuple(
            AddField(entity="Item", item=Field(name=f"of_{kind}", type=kind, required=True, values=("a", "b") if kind == "enum" else ()))
            for kind in get_args(FieldType)
        ),
        [],
        ["SELECT count(*) FROM items WHERE of_string = '' AND of_integer = 0 AND of_enum = 'a' AND of_email = 'unknown@example.com'"],
        [2],
        "",
    ),
    (
        "a field that is removed takes its values along, and comes back empty",
        blueprint(f()),
        (RemoveField(entity="Item", item=f()), AddField(entity="Item", item=Field(name="y", type="integer", default=7))),
        [],
        ["SELECT count(*) FROM items WHERE y = 7"],
        [2],
        "",
    ),
    (
        "names change, values stay",
        blueprint(f(unique=True), TO_OTHER),
        (RenameEntity(entity="Item", to="Thing"), RenameEntity(entity="Other", to="Item"), RenameField(entity="Thing", name="x", to="y")),
        [*OTHERS, f"UPDATE items SET other_id = '{ONE}'"],
        ["SELECT count(*) FROM things JOIN items ON items.id = things.other_id WHERE y = 'a' OR y = 'b'"],
        [2],
        "",
    ),
    (
        "a required link needs rows to point to",
        blueprint(f()),
        (AddRelation(entity="Item", item=TO_OTHER.model_copy(update={"required": True})),),
        [],
        [],
        [],
        "nothing tells their other_id",
    ),
    (
        "a required link is filled as asked",
        blueprint(f()),
        (AddRelation.model_validate({"entity": "Item", "item": TO_OTHER.model_copy(update={"required": True}), "fill": TWO}),),
        OTHERS,
        ["SELECT count(*) FROM items JOIN others ON others.id = items.other_id"],
        [2],
        "",
    ),
    (
        "a link becomes a list",
        blueprint(f(), TO_OTHER),
        (AlterRelation(entity="Item", before=TO_OTHER, after=TO_OTHER.model_copy(update={"kind": "many_to_many"})),),
        [*OTHERS, f"UPDATE items SET other_id = '{ONE}' WHERE x = 'a'"],
        ["SELECT count(*) FROM item_other"],
        [1],
        "",
    ),
    (
        "a list becomes a link where none has two",
        blueprint(f(), MANY),
        (AlterRelation(entity="Item", before=MANY, after=MANY.model_copy(update={"kind": "many_to_one"})),),
        [*OTHERS, f"INSERT INTO item_others (item_id, other_id) VALUES ('{ONE}', '{TWO}')"],
        ["SELECT count(*) FROM items WHERE others_id IS NOT NULL"],
        [1],
        "",
    ),
    (
        "a list does not become a link where one has two",
        blueprint(f(), MANY),
        (AlterRelation(entity="Item", before=MANY, after=MANY.model_copy(update={"kind": "many_to_one"})),),
        [*OTHERS, f"INSERT INTO item_others (item_id, other_id) VALUES ('{ONE}', '{TWO}'), ('{ONE}', '{ONE}')"],
        [],
        [],
        "more than one of item_others",
    ),
    (
        "a link that only one may have",
        blueprint(f(), TO_OTHER),
        (AlterRelation(entity="Item", before=TO_OTHER, after=TO_OTHER.model_copy(update={"kind": "one_to_one"})),),
        [*OTHERS, f"UPDATE items SET other_id = '{ONE}'"],
        [],
        [],
        "the same in several rows",
    ),
    (
        "what must be unique together",
        blueprint(f(), TO_OTHER),
        (ChangeUnique(entity="Item", before=(), after=(("x", "other"),)),),
        [*OTHERS, f"UPDATE items SET other_id = '{ONE}', x = 'same'"],
        [],
        [],
        "the same in several rows",
    ),
]  # fmt: skip


def test_rows_and_links_follow_their_tables(database_url: str, subtests: pytest.Subtests) -> None:
    items = [
        f"INSERT INTO items (id, x, created_at, updated_at) VALUES ('{key}', '{value}', {STAMP}, {STAMP})"
        for key, value in ((ONE, "a"), (TWO, "b"))
    ]
    cases: list[dict[str, Any]] = []
    for _, old, changes, rows, queries, _, _ in LINKS:
        new = apply(old, changes)
        revision = make_revision(old, new, changes, number=2, former="0001")
        assert revision is not None
        cases.append(
            {
                "base": databases.initial(old),
                "fresh": databases.initial(new),
                "revision": revision.file.text,
                "rows": [*items, *rows],
                "queries": queries,
                "back": ["SELECT count(*) FROM items"],
            }
        )
    for (name, _, _, _, _, expected, refused), answer in zip(LINKS, databases.run(cases, database_url), strict=True):
        with subtests.test(name):
            if refused:
                assert refused in answer["error"]
                assert answer["unchanged"]
                continue
            assert answer["error"] is None
            assert (answer["upgraded"], answer["downgraded"]) == ([], [])
            assert [rows[0][0] for rows in answer["found"]] == expected
            assert answer["back"] == [[[2]]]
