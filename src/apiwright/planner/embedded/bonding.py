"""Bonds -> relations, for things that nothing stronger ties (see `said_bonds`)."""

from apiwright.blueprint import Relation
from apiwright.kit.casing import pascal, snake, words_of
from apiwright.kit.inflection import is_plural, plural, singular
from apiwright.planner.embedded.decision import Chosen, Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft
from apiwright.planner.embedded.notes import BondNote, Notes, Span
from apiwright.planner.embedded.standing import is_person
from apiwright.planner.embedded.words import word_list


def tie_bonds(draft: Draft, decision: Decision, notes: Notes) -> None:
    """Adds a relation for each bond between two things of which one hangs on nothing yet, and for every firm one."""
    for bond in sorted(notes.bonds, key=lambda item: (not item.many, not item.firm)):
        names = [decision.resolve(name) for name in (bond.source, bond.target)]
        ends = [draft.entities[name] for name in names if name is not None and name != draft.account and name in draft.entities]
        if len(ends) == 2 and ends[0] is not ends[1] and not (is_people(ends[0]) and is_people(ends[1])):
            _tie(draft, bond, ends[0], ends[1])


def tie_counted(draft: Draft, decision: Decision, notes: Notes) -> None:
    """`a lot has a number of levels, each level has spots`: the levels are those of the lot."""
    for owner, note in notes.fields:
        if not (note.name.startswith("number_of_") or (note.type == "integer" and is_plural(note.name))):
            continue
        name = decision.resolve(pascal(singular(note.name.removeprefix("number_of_"))))
        whole = decision.resolve(owner)
        part = draft.entities.get(name or "")
        if part is None or whole not in draft.entities or part.name in {whole, draft.account} or is_people(part):
            continue
        if not part.leads_to(whole) and not draft.entities[whole].leads_to(part.name):
            origin = draft.said(Span(note.start, note.end))
            part.add_relation(Relation(name=snake(whole), target=whole, on_delete="set_null", origin=origin))


def _tie(draft: Draft, bond: BondNote, left: EntityDraft, right: EntityDraft) -> None:
    if left.leads_to(right.name) or right.leads_to(left.name) or is_led(draft, left, right) or is_led(draft, right, left):
        return
    if not bond.firm and is_tied(draft, left) and is_tied(draft, right):
        return
    origin = draft.said(bond.span)
    if bond.many and not _happens(left):
        left.add_relation(Relation(name=plural(snake(right.name)), kind="many_to_many", target=right.name, origin=origin))
        return
    if _rank(left) > _rank(right):
        left, right = right, left
    left.add_relation(Relation(name=snake(right.name), target=right.name, on_delete="set_null", origin=origin))


def _rank(entity: EntityDraft) -> int:
    """What happens is of a thing, a thing is in a place, and both are somebody's."""
    word = words_of(entity.name)[-1]
    if word in word_list("houses") | word_list("container"):
        return 3
    if is_people(entity):
        return 2
    return 0 if _happens(entity) else 1


def _happens(entity: EntityDraft) -> bool:
    return words_of(entity.name)[-1] in word_list("happening") | word_list("record")


def is_people(entity: EntityDraft) -> bool:
    """Whether an entity is a kind of people."""
    return is_person(Chosen(name=entity.name, entry=entity.entry, span=None))


def is_tied(draft: Draft, entity: EntityDraft) -> bool:
    """Whether a relation leads from or to it, other than to who owns it."""
    own = any(item.target != draft.account for item in entity.relations.values())
    return own or any(other.leads_to(entity.name) for other in draft.entities.values())


def is_led(draft: Draft, entity: EntityDraft, target: EntityDraft) -> bool:
    """Whether an entity leads to another over a third: the book of a loan of a copy."""
    return any(
        item.kind == "many_to_one" and item.required and item.target != draft.account and draft.entities[item.target].leads_to(target.name)
        for item in entity.relations.values()
        if item.target in draft.entities
    )
