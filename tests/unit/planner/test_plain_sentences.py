"""What single sentences tell: states that actions need, sides, what is unique within what, lengths."""

import pytest

from apiwright.blueprint import Blueprint
from apiwright.planner.embedded import EmbeddedPlanner


def plan(prompt: str) -> Blueprint:
    return EmbeddedPlanner().plan(prompt)


@pytest.mark.parametrize(
    ("prompt", "name", "values", "moves"),
    [
        ("Book: title, isbn\nPOST /books/{id}/publish", "Book", ("draft", "published"), ["publish"]),
        ("Ticket: subject, body\nPOST /tickets/{id}/close\nPOST /tickets/{id}/reopen", "Ticket", ("open", "closed"), ["close", "reopen"]),
        ("Claims have an amount.\nPOST /claims/{id}/approve\nPOST /claims/{id}/reject", "Claim", ("pending", "approved", "rejected"),
         ["approve", "reject"]),
        ("Users log in. Songs have a title.\nPUT /songs/{song_id}/archive", "Song", ("active", "archived"), ["archive"]),
    ],
)  # fmt: skip
def test_an_endpoint_called_by_a_verb_moves_a_state(prompt: str, name: str, values: tuple[str, ...], moves: list[str]) -> None:
    entity = plan(prompt).entity(name)
    assert entity is not None
    status = entity.field("status")
    assert status is not None
    assert status.values == values
    assert [item.name for item in entity.transitions] == moves


@pytest.mark.parametrize(
    ("prompt", "name", "values", "sources"),
    [
        ("Invoices have a status (draft, sent, paid). An accountant approves invoices.", "Invoice", ("draft", "sent", "paid", "approved"),
         ("draft", "sent")),
        ("Orders have a status (new, shipped, delivered). Managers cancel orders.", "Order", ("new", "shipped", "delivered", "cancelled"),
         ("new", "shipped")),
        ("Posts have a title and a status (draft, published). A moderator archives posts.", "Post", ("draft", "published", "archived"),
         ("draft", "published")),
        ("Parcels have a status (packed, sent, arrived). Couriers deliver parcels.", "Parcel", ("packed", "sent", "arrived"),
         ("packed", "sent")),
    ],
)  # fmt: skip
def test_what_somebody_does_needs_its_state(prompt: str, name: str, values: tuple[str, ...], sources: tuple[str, ...]) -> None:
    entity = plan(prompt).entity(name)
    assert entity is not None
    status = entity.field("status")
    assert status is not None
    assert status.values == values
    assert [item.sources for item in entity.transitions] == [sources]


def test_an_endpoint_called_by_a_verb_leaves_what_is_told_otherwise() -> None:
    task = plan("Task: title, done\nPOST /tasks/{id}/complete").entity("Task")
    assert task is not None
    assert task.field("status") is None


@pytest.mark.parametrize(
    ("prompt", "name", "sides"),
    [
        ("Messages are visible to sender and receiver only.", "Message", ["sender", "receiver"]),
        ("Letters can only be seen by the sender and the recipient.", "Letter", ["sender", "recipient"]),
        ("Contracts have terms. Contracts are visible to the buyer and the seller only.", "Contract", ["buyer", "seller"]),
        ("Transfers have an amount. Only the payer and the payee can view a transfer.", "Transfer", ["payer", "payee"]),
    ],
)
def test_who_stands_on_either_side_is_a_member_and_no_role(prompt: str, name: str, sides: list[str]) -> None:
    blueprint = plan(prompt)
    entity = blueprint.entity(name)
    assert entity is not None
    assert [(item.name, item.target) for item in entity.relations] == [(side, "User") for side in sides]
    assert entity.owned_via == sides[0]
    assert entity.access.read == ("owner",)
    assert blueprint.roles == ()
    assert any(sides[1] in assumption for assumption in blueprint.assumptions)


@pytest.mark.parametrize(
    ("prompt", "name", "group"),
    [
        ("Games have moves with number and notation (unique per game).", "Move", ("game", "number", "notation")),
        ("- Shelf: name\n- Box: shelf, code (string, unique per shelf)", "Box", ("shelf", "code")),
        ("Warehouses have bins. A bin has a label which is unique within the warehouse.", "Bin", ("warehouse", "label")),
    ],
)
def test_what_is_unique_within_something_is_unique_together_with_it(prompt: str, name: str, group: tuple[str, ...]) -> None:
    entity = plan(prompt).entity(name)
    assert entity is not None
    assert entity.unique_together == (group,)
    assert not any(item.unique for item in entity.fields)


@pytest.mark.parametrize(
    ("prompt", "name", "group", "first"),
    [
        ("Shops have opening hours: one per weekday (monday, tuesday). Each shop belongs to its owner.", "OpeningHour",
         ("shop", "weekday"), "monday"),
        ("Clinics have rooms and visiting hours: one per weekday.", "VisitingHour", ("clinic", "weekday"), "monday"),
        ("Farms have milking slots, one per shift (morning, noon, evening).", "MilkingSlot", ("farm", "shift"), "morning"),
    ],
)  # fmt: skip
def test_one_for_each_of_several_kinds_is_a_thing_of_its_own(prompt: str, name: str, group: tuple[str, ...], first: str) -> None:
    entity = plan(prompt).entity(name)
    assert entity is not None
    kind = entity.field(group[1])
    assert kind is not None
    assert kind.values[0] == first
    assert kind.required
    assert entity.unique_together == (group,)


def test_one_of_several_tells_the_values_as_they_are_written() -> None:
    game = plan("Games have a date and moves. Result is one of 1-0, 0-1, 1/2-1/2.").entity("Game")
    assert game is not None
    result = game.field("result")
    assert result is not None
    assert result.values == ("1-0", "0-1", "1/2-1/2")
    assert result.default is None
    match = plan("Matches have a date. The outcome must be one of: win, draw or loss.").entity("Match")
    assert match is not None
    outcome = match.field("outcome")
    assert outcome is not None
    assert outcome.values == ("win", "draw", "loss")


@pytest.mark.parametrize(
    ("told", "lengths"),
    [
        ("a code of exactly 5 characters", (5, 5)),
        ("a code of 4 letters", (None, 4)),
        ("a two-letter code", (None, 2)),
        ("a code of up to 9 characters", (None, 9)),
        ("a code of always 10 symbols", (10, 10)),
        ("a 6-digit code", (None, 6)),
    ],
)
def test_a_length_told_plainly_limits_its_field(told: str, lengths: tuple[int | None, int | None]) -> None:
    for prompt in (f"Vouchers have {told} and a colour.", f"Each voucher has a colour and {told}."):
        voucher = plan(prompt).entity("Voucher")
        assert voucher is not None
        code = voucher.field("code")
        assert code is not None
        assert (code.min_length, code.max_length) == lengths
        assert voucher.field("colour") is not None
