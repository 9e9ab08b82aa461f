"""Relations that the prompt states."""

import re

from apiwright.blueprint import Relation
from apiwright.kit.casing import pascal, snake
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.decision import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft
from apiwright.planner.embedded.notes import Notes, RelationNote

_LINES = frozenset({"Item", "Line", "Row", "Entry", "Position"})
_GATHERING = frozenset({"Order", "Cart", "Wishlist", "Playlist", "Bundle", "Collection"})


def link_stated(draft: Draft, decision: Decision, notes: Notes) -> None:
    """Adds the relations that the prompt states, the strongest statement of a pair first."""
    stated = [item for item in notes.relations if item.word in {"many_to_many", "one_to_one"}]
    stated += [item for item in notes.relations if item.word == "belongs"]
    stated += [item for item in notes.relations if item.word == "has_many"] + [item for item in notes.relations if item.word == "has_one"]
    many = {(item.source, item.target) for item in notes.relations if item.word == "has_many"}
    for note in stated:
        source, target = _end(draft, decision, note.source), _end(draft, decision, note.target)
        other = decision.resolve(pascal(singular(note.name))) if source == target and note.name else None
        if other is not None:
            target = other  # managers that are kept for themselves
        if source is not None and source == target:
            _link_kin(draft, note, source)
        if source is None or target is None or source == target or _is_folded(draft, note):
            continue
        _link(draft, note, source, target, both=(note.target, note.source) in many)


def _link_kin(draft: Draft, note: RelationNote, source: str) -> None:
    """Ties things of one kind: a task to its parent, an employee to a manager, users to their friends."""
    origin = draft.said(note.span)
    if note.word == "many_to_many" and note.name:
        draft.entities[source].add_relation(Relation(name=note.name, kind="many_to_many", target=source, origin=origin))
    elif note.word == "belongs" and note.required is False:
        name = note.name or f"parent_{snake(source)}"
        name = "parent" if name.startswith("parent") else name
        draft.entities[source].add_relation(Relation(name=name, target=source, on_delete="set_null", origin=origin))


def _is_folded(draft: Draft, note: RelationNote) -> bool:
    """Whether a relation would make every account point to something, for being stated of one kind of people only."""
    kinds = {name for name in (note.source, note.target) if snake(name) in draft.folded.values()}
    holder = note.source if note.word in {"belongs", "has_one", "many_to_many", "one_to_one"} else note.target
    return holder in kinds


def _end(draft: Draft, decision: Decision, name: str) -> str | None:
    if name == "User" or (name in {"Owner", "Member"} and decision.resolve(name) is None):
        return draft.account
    return decision.resolve(name)


def _link(draft: Draft, note: RelationNote, source: str, target: str, *, both: bool) -> None:
    left, right = draft.entities[source], draft.entities[target]
    if left.leads_to(target) or (right.leads_to(source) and note.word != "many_to_many"):
        return
    origin = draft.said(note.span)
    word = note.word
    if word == "has_many" and _gathers(left, right):
        item = draft.by_entry(f"{left.entry.name}Item") if left.entry is not None else None
        if item is not None:
            draft.entities[item].add_relation(
                Relation(name=snake(target), target=target, required=True, on_delete="restrict", origin=origin)
            )
            return
        word = "many_to_many"
    if word == "has_many" and (both or (_is_shared(right) and not _is_part(right, left))):
        word = "many_to_many"
    match word:
        case "many_to_many":
            left.add_relation(Relation(name=plural(snake(target)), kind="many_to_many", target=target, origin=origin))
        case "one_to_one":
            left.add_relation(
                Relation(name=snake(target), kind="one_to_one", target=target, required=True, on_delete="cascade", origin=origin)
            )
        case "has_many" if source == draft.account and right.entry is not None and ":*User" in right.entry.relations:
            pass
        case "has_many":
            part = _is_part(right, left)
            name = "owner" if source == draft.account and right.entry is None else snake(source)
            right.add_relation(
                Relation(name=name, target=source, required=True, on_delete="cascade" if part else "restrict", origin=origin)
            )
        case "belongs" | "has_one":
            name = note.name or snake(target)
            left.add_relation(
                Relation(
                    name=name, target=target, required=True, on_delete="cascade" if _is_part(left, right) else "restrict", origin=origin
                )
            )


def _gathers(whole: EntityDraft, part: EntityDraft) -> bool:
    """`orders contain several books`: what is gathered is in many orders."""
    if whole.entry is None or part.entry is None or whole.entry.name not in _GATHERING:
        return False
    return part.name not in _LINES and not part.entry.flags & {"part", "account"} and f":{whole.entry.name}!" not in part.entry.relations


def _is_shared(entity: EntityDraft) -> bool:
    return entity.entry is not None and "shared" in entity.entry.flags


def _is_part(part: EntityDraft, whole: EntityDraft) -> bool:
    if part.entry is None or whole.entry is None:
        return False
    return bool(re.search(rf":{whole.entry.name}!!(?:\s|$)", part.entry.relations))
