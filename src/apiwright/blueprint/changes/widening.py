"""Who is let in that was not before. What weakens protection is never a matter of course: it is found here, whoever proposes it."""

from collections.abc import Iterator, Sequence

from apiwright.blueprint.base import OPERATIONS, Grant, Model
from apiwright.blueprint.changes.apply import apply
from apiwright.blueprint.changes.base import granted
from apiwright.blueprint.changes.entities import RenameEntity
from apiwright.blueprint.changes.extensions import RenameExtension
from apiwright.blueprint.changes.fields import RenameField
from apiwright.blueprint.changes.relations import RenameRelation
from apiwright.blueprint.changes.union import Change
from apiwright.blueprint.changes.whole import RenameRole
from apiwright.blueprint.extensions import Endpoint
from apiwright.blueprint.model import Blueprint, Entity
from apiwright.errors import BlueprintError

_RENAMES = RenameEntity | RenameField | RenameRelation | RenameExtension | RenameRole


class Widening(Model):
    """One door that is opened wider. `where` is a path, e.g. `entities.Order.access.read`."""

    where: str
    sentence: str


def widened_by(old: Blueprint, changes: Sequence[Change]) -> tuple[Widening, ...]:
    """What the changes open, with whatever they rename followed. Another name alone widens nothing."""
    followed = old
    for change in changes:
        if isinstance(change, _RENAMES):
            try:
                followed = apply(followed, [change])
            except BlueprintError:
                continue  # it renames what these changes add themselves
    return widened(followed, apply(old, changes))


def widened(old: Blueprint, new: Blueprint) -> tuple[Widening, ...]:
    """Everything that lets more people do, read or be more than before. What is new altogether widens nothing.

    Entities, members and actions are compared by their names: what goes by another name has to be renamed in `old` first.
    """
    return tuple(_found(old, new))


def _found(old: Blueprint, new: Blueprint) -> Iterator[Widening]:
    if old.auth is not None and new.auth is None:
        yield Widening(where="auth", sentence="Accounts are removed: nobody has to log in any more.")
    elif old.auth is not None and new.auth is not None and new.auth.registration and not old.auth.registration:
        yield Widening(where="auth.registration", sentence="Anybody may register.")
    for after in new.entities:
        before = old.entity(after.name)
        if before is not None:
            yield from _entity(old, before, after)


def _entity(old: Blueprint, before: Entity, after: Entity) -> Iterator[Widening]:
    where = f"entities.{after.name}"
    for operation in OPERATIONS:
        if operation in after.operations:
            grants = before.access.of(operation) if operation in before.operations else ()
            yield from _more(f"{where}.access.{operation}", f"{operation} {after.name}", grants, after.access.of(operation))
    if before.owned_via is not None and after.owned_via != before.owned_via:
        yield Widening(where=f"{where}.owned_via", sentence=f"{after.name} no longer belongs to whom it belonged to.")
    for kind in ("transitions", "pair_actions", "endpoints"):
        earlier = {item.name: item.access for item in getattr(before, kind)}
        for item in getattr(after, kind):
            # A new action on rows that are there is measured by who may update them, a new answer by who may read them.
            usual = ("authenticated",) if kind == "pair_actions" else before.access.update
            if isinstance(item, Endpoint) and item.method == "GET":
                usual = before.access.read if item.scope == "row" else before.access.list
            grants = earlier.get(item.name, usual)
            yield from _more(f"{where}.{kind}.{item.name}.access", f"{item.name} {after.name}", grants, item.access)
    for field in before.fields:
        now = after.field(field.name)
        if field.type == "secret" and now is not None and now.type != "secret":
            yield Widening(where=f"{where}.fields.{field.name}", sentence=f"{after.name}.{field.name} is no longer secret: it can be read.")
    moved, still = ({item.field for item in entity.transitions} for entity in (before, after))
    for name in sorted(moved - still):
        if after.field(name) is not None and old.auth is not None:
            sentence = f"{after.name}.{name} can be set by whoever updates, no longer by actions only."
            yield Widening(where=f"{where}.fields.{name}", sentence=sentence)


def _more(where: str, what: str, before: Sequence[Grant], after: Sequence[Grant]) -> Iterator[Widening]:
    if any(not _covered(grant, before) for grant in after):
        yield Widening(where=where, sentence=f"{what}: for {granted(after)}, no longer for {granted(before)} alone.")


def _covered(grant: Grant, by: Sequence[Grant]) -> bool:
    """Whether whom a grant lets in could get in before."""
    return grant in by or "public" in by or (grant != "public" and "authenticated" in by)
