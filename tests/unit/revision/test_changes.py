"""Changes: found, applied, told."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from tests.strategies import blueprints

from apiwright.blueprint import Blueprint, Field, Relation, load, validate
from apiwright.blueprint.changes import (
    AddField,
    AddRelation,
    AlterField,
    Change,
    Conversion,
    RemoveEntity,
    RemoveField,
    RenameEntity,
    apply,
    changes_from_json,
    changes_to_json,
    diff,
)
from apiwright.diagnostics import errors_in
from apiwright.errors import BlueprintError, InputError

CALM = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.large_base_example],
)
SHOP = """
name: shop
title: Shop
entities:
  - name: User
    fields: [{name: email, type: email, required: true, unique: true}]
  - name: Order
    fields:
      - {name: number, type: string, required: true}
      - {name: status, type: enum, values: [open, paid], default: open}
      - {name: paid_at, type: datetime}
    relations: [{name: buyer, target: User, required: true}]
    owned_via: buyer
    transitions: [{name: pay, field: status, target: paid, access: [owner, 'role:clerk'], stamp: paid_at}]
    unique_together: [[buyer, number]]
roles: [{name: clerk}]
auth: {entity: User, login: email}
"""


@CALM
@given(blueprints(), blueprints())
def test_what_diff_finds_leads_from_one_blueprint_to_the_other(old: Blueprint, new: Blueprint) -> None:
    changes = diff(old, new)
    assert apply(old, changes) == new
    assert changes_from_json(json.loads(json.dumps(changes_to_json(changes)))) == changes
    assert all(change.sentence.endswith(".") and "\n" not in change.sentence for change in changes)


@CALM
@given(blueprints())
def test_a_blueprint_does_not_differ_from_itself(blueprint: Blueprint) -> None:
    assert diff(blueprint, blueprint) == ()


def test_a_rename_takes_everything_along_that_refers_to_it() -> None:
    old = load(SHOP)
    renames: tuple[Change, ...] = diff(
        old,
        load(
            SHOP.replace("Order", "Purchase").replace("number", "code").replace("status", "state").replace("buyer", "customer")
            .replace("paid_at", "settled_at").replace("User", "Account").replace("clerk", "cashier").replace("email, type", "mail, type")
            .replace("login: email", "login: mail")
        ),
        renamed={
            "Order": "Purchase", "User": "Account", "role:clerk": "role:cashier", "Purchase.number": "code", "Purchase.status": "state",
            "Purchase.paid_at": "settled_at", "Purchase.buyer": "customer", "Account.email": "mail",
        },
    )  # fmt: skip
    assert {type(change).__name__ for change in renames} == {"RenameEntity", "RenameField", "RenameRelation", "RenameRole"}
    renamed = apply(old, renames)
    assert not errors_in(validate(renamed))
    assert renamed.entity("Purchase") is not None
    assert not any(change.destructive for change in renames)


def test_a_rename_that_nothing_answers_to_is_refused() -> None:
    with pytest.raises(InputError, match="Nobody is not in the blueprint as it was"):
        diff(load(SHOP), load(SHOP), renamed={"Nobody": "User"})


@pytest.mark.parametrize(
    ("change", "sentence", "loses", "narrows"),
    [
        (RemoveEntity(entity="Order"), "Remove the entity Order.", "every row of Order", ""),
        (RenameEntity(entity="Order", to="Purchase"), "Rename Order to Purchase; its rows stay.", "", ""),
        (
            AddField(entity="Order", item=Field(name="due", type="date", required=True)),
            "Add due (date, required) to Order.",
            "",
            "",
        ),
        (RemoveField(entity="Order", item=Field(name="due")), "Remove due from Order.", "the due of every Order", ""),
        (
            AddRelation(entity="Order", item=Relation(name="shop", target="Shop", required=True)),
            "An Order has a shop (Shop, many to one, required).",
            "",
            "no Order is there yet, since none could tell its shop",
        ),
        (
            AlterField(
                entity="Order",
                before=Field(name="price", type="decimal"),
                after=Field(name="price", type="integer"),
                conversion=Conversion(factor=100),
            ),
            "Order.price: decimal becomes integer (values are multiplied by 100).",
            "",
            "each value of Order.price can be read as an integer",
        ),
        (
            AlterField(entity="Order", before=Field(name="note", type="json"), after=Field(name="note", type="date")),
            "Order.note: json becomes date.",
            "the note of every Order: no json can be read as a date",
            "",
        ),
        (
            AlterField(
                entity="Order",
                before=Field(name="status", type="enum", values=("a", "b", "c")),
                after=Field(name="status", type="enum", values=("a", "c")),
            ),
            "Order.status: the value b is dropped.",
            "",
            "no Order has the status b",
        ),
        (
            AlterField(entity="Order", before=Field(name="x"), after=Field(name="x", required=True, unique=True, max_length=3)),
            "Order.x: becomes required, is unique and its longest length becomes 3.",
            "",
            "no two rows of Order have the same x, every Order has a x and each value of Order.x keeps the new rules",
        ),
    ],
)
def test_a_change_tells_what_it_does_loses_and_asks(change: Change, sentence: str, loses: str, narrows: str) -> None:
    assert (change.sentence, change.loses, change.narrows) == (sentence, loses, narrows)


def test_a_change_of_what_is_not_there_is_refused() -> None:
    with pytest.raises(BlueprintError, match="There is no entity Nobody"):
        apply(load(SHOP), [RemoveEntity(entity="Nobody")])
    with pytest.raises(BlueprintError, match="There is a number already"):
        apply(load(SHOP), [AddField(entity="Order", item=Field(name="number"))])
