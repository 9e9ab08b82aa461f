"""Which changes let more people in."""

import pytest

from apiwright.blueprint import Access, Auth, Blueprint, Entity, Field, Relation, Role, Transition, validate
from apiwright.blueprint.base import Grant
from apiwright.blueprint.changes import AlterField, ChangeAccess, ChangeAuth, ChangeOwner, RemoveTransition, RenameEntity, widened_by
from apiwright.blueprint.changes.union import Change

STATE = Field(name="state", type="enum", values=("open", "closed"), required=True, default="open")
KEY = Field(name="door_key", type="secret")
CLOSE = Transition(name="close", field="state", target="closed", access=("owner",))
OWNER: tuple[Grant, ...] = ("owner",)
SHOP = Blueprint(
    name="shop",
    title="Shop",
    auth=Auth(registration=False),
    roles=(Role(name="clerk"),),
    entities=(
        Entity(name="User", fields=(Field(name="email", type="email", required=True, unique=True),), access=Access(create=("role:clerk",))),
        Entity(
            name="Order",
            fields=(STATE, KEY),
            relations=(Relation(name="user", target="User", required=True),),
            owned_via="user",
            operations=("create", "read", "list", "update"),
            access=Access(create=("authenticated",), read=OWNER, list=OWNER, update=OWNER, delete=OWNER),
            transitions=(CLOSE,),
        ),
    ),
)


def access(before: tuple[Grant, ...], after: tuple[Grant, ...]) -> ChangeAccess:
    return ChangeAccess(entity="Order", operation="read", before=before, after=after)


WIDER: list[tuple[Change, str]] = [
    (access(OWNER, ("public",)), "entities.Order.access.read"),
    (access(OWNER, ("authenticated",)), "entities.Order.access.read"),
    (access(OWNER, ("owner", "role:clerk")), "entities.Order.access.read"),
    (ChangeOwner(entity="Order", before="user", after=None), "entities.Order.owned_via"),
    (AlterField(entity="Order", before=KEY, after=KEY.model_copy(update={"type": "string"})), "entities.Order.fields.door_key"),
    (RemoveTransition(entity="Order", item=CLOSE), "entities.Order.fields.state"),
    (ChangeAuth(before=SHOP.auth, after=Auth(registration=True)), "auth.registration"),
]


def test_the_example_holds_together() -> None:
    assert validate(SHOP) == []


@pytest.mark.parametrize(("change", "where"), WIDER, ids=lambda value: getattr(value, "kind", ""))
def test_what_opens_a_door_is_found(change: Change, where: str) -> None:
    assert [item.where for item in widened_by(SHOP, [change])] == [where]


def test_what_shuts_a_door_is_not() -> None:
    assert widened_by(SHOP, [access(OWNER, ())]) == ()
    assert widened_by(SHOP, [RenameEntity(entity="Order", to="Purchase")]) == ()


def test_another_name_hides_no_door() -> None:
    opened = ChangeAccess(entity="Purchase", operation="read", before=OWNER, after=("public",))
    found = widened_by(SHOP, [RenameEntity(entity="Order", to="Purchase"), opened])
    assert [item.where for item in found] == ["entities.Purchase.access.read"]
