"""Pair actions: which rows their callers reach."""

import pytest

from apiwright.blueprint import Access, Auth, Blueprint, Entity, Field, Grant, PairAction, Relation, Role, validate
from apiwright.compiler import compile_blueprint
from apiwright.diagnostics import errors_in

LIMITED_TO_OWNER = "caller.id, owner_id=caller.id"


BUT_FOR_ADMINS, BUT_FOR_CLERKS = (f'caller.id, owner_id=None if caller.role in {{"{role}"}} else caller.id' for role in ("admin", "clerk"))


@pytest.mark.parametrize(
    ("act", "read", "call", "told"),
    [
        (("authenticated",), ("public",), "caller.id", None),
        (("role:admin",), ("authenticated",), "caller.id", None),
        (("owner",), ("authenticated",), LIMITED_TO_OWNER, 403),
        (("owner",), ("role:clerk",), LIMITED_TO_OWNER, 404),
        (("owner", "role:admin"), ("public",), BUT_FOR_ADMINS, 403),
        (("authenticated",), ("owner",), LIMITED_TO_OWNER, 404),
        (("authenticated",), ("owner", "role:clerk"), BUT_FOR_CLERKS, 404),
        (("owner", "role:admin"), ("owner", "role:clerk"), LIMITED_TO_OWNER, 404),
        (("role:admin", "role:clerk"), ("owner", "role:clerk"), BUT_FOR_CLERKS, None),
    ],
)
def test_pair_actions_reach_what_the_caller_may_act_on_and_may_read(
    act: tuple[Grant, ...], read: tuple[Grant, ...], call: str, told: int | None
) -> None:
    pair = PairAction(name="pin", undo="unpin", through="Pin", actor="user", subject="note", access=act)
    founder = Relation(name="founder", target="User", required=True)
    note = Entity(name="Note", relations=(founder,), owned_via="founder", pair_actions=(pair,), access=Access(read=read))
    ends = (Relation(name="user", target="User", required=True), Relation(name="note", target="Note", required=True))
    pin = Entity(name="Pin", relations=ends, operations=(), unique_together=(("user", "note"),))
    user = Entity(name="User", fields=(Field(name="email", type="email", required=True, unique=True),))
    roles = (Role(name="admin"), Role(name="clerk"))
    blueprint = Blueprint(name="notes", title="Notes", entities=(user, note, pin), roles=roles, auth=Auth())
    assert not errors_in(validate(blueprint))

    tree = compile_blueprint(blueprint)

    router, tests = " ".join(tree["app/routers/notes.py"].text.split()), tree["tests/test_notes.py"].text
    for function in ("pin_note", "unpin_note"):
        told_repository = router.partition(f".{function}(")[2].partition(" @router")[0]
        assert told_repository.strip(" )") == f"note_id, {call}"
    if told is None:
        assert "test_pin_note_what_somebody_else_owns" not in tests
    else:
        told_others = tests.partition("test_pin_note_what_somebody_else_owns")[2].partition("async def ")[0]
        assert f"assert response.status_code == {told}" in told_others
