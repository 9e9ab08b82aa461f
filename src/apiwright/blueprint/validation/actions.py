"""Transitions, pair actions and counts."""

from collections.abc import Iterator

from apiwright.blueprint.members import Count, PairAction, Transition
from apiwright.blueprint.model import Blueprint, Entity
from apiwright.blueprint.validation.limits import Problem
from apiwright.diagnostics import Diagnostic


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Problems of everything an entity does beyond create, read, update and delete."""
    for entity in blueprint.entities:
        where = f"entities.{entity.name}"
        for transition in entity.transitions:
            yield from _told(f"{where}.transitions.{transition.name}", _transition(entity, transition))
        for action in entity.pair_actions:
            yield from _told(f"{where}.pair_actions.{action.name}", _pair_action(blueprint, entity, action))
        for count in entity.counts:
            yield from _told(f"{where}.counts.{count.name}", _count(blueprint, entity, count))


def _told(where: str, problems: Iterator[Problem]) -> Iterator[Diagnostic]:
    for code, message, hint in problems:
        yield Diagnostic(code=code, where=where, message=message, hint=hint)


def _transition(entity: Entity, transition: Transition) -> Iterator[Problem]:
    field = entity.field(transition.field)
    if field is None or field.type != "enum":
        yield "transition-field-unfit", f"{entity.name} has no enum {transition.field!r} to move.", "Name one of its enum fields."
        return
    for value in (*transition.sources, transition.target):
        if value not in field.values:
            known = ", ".join(field.values)
            yield "transition-value-unknown", f"{field.name} has no value {value!r}.", f"Add it, or choose one of {known}."
    if transition.target in transition.sources:
        yield "transition-stays", f"It moves from {transition.target!r} to where it is already.", "Take the target out of `sources`."
    if field.default is None:
        message = f"{field.name} is moved by transitions only, so it needs a value to start from."
        yield "transition-without-start", message, f"Give {field.name} a `default`."
    stamp = entity.field(transition.stamp) if transition.stamp else None
    if transition.stamp and (stamp is None or stamp.type != "datetime"):
        yield "transition-stamp-unfit", f"{entity.name} has no datetime {transition.stamp!r}.", "Name a datetime field, or remove `stamp`."
    elif stamp is not None and stamp.required and stamp.default is None:
        message = f"{stamp.name} is set by the transition only, so no new row could have it."
        yield "transition-stamp-required", message, f"Take `required` from {stamp.name}."


def _pair_action(blueprint: Blueprint, entity: Entity, action: PairAction) -> Iterator[Problem]:
    through = blueprint.entity(action.through)
    if blueprint.auth is None:
        yield "pair-without-auth", f"{action.name!r} needs accounts, and there are none.", "Add `auth`, or remove the action."
        return
    if through is None:
        yield "pair-through-unknown", f"There is no entity {action.through}.", "Add it: it holds one row per pair."
        return
    ends = ((action.actor, blueprint.auth.entity), (action.subject, entity.name))
    for name, target in ends:
        relation = through.relation(name)
        if relation is None or relation.target != target or relation.kind != "many_to_one" or not relation.required:
            message = f"{through.name}.{name} is no required many_to_one to {target}."
            yield "pair-end-unfit", message, f"Give {through.name} such a relation, and name it here."
    if action.actor == action.subject:
        yield "pair-ends-same", "Actor and subject are the same relation.", f"Name two relations of {through.name}."
    elif {action.actor, action.subject} not in [set(group) for group in through.unique_together]:
        message = f"A pair in {through.name} could be there twice."
        yield "pair-not-unique", message, f"Add ({action.actor}, {action.subject}) to its `unique_together`."
    needed = [item.name for item in through.fields if item.required and item.default is None]
    needed += [item.name for item in through.relations if item.required and item.name not in {action.actor, action.subject}]
    if needed:
        message = f"{through.name} also needs {', '.join(needed)}, which the action has no way to give."
        yield "pair-needs-more", message, "Make them optional, or give the fields defaults."
    if "public" in action.access:
        yield "pair-public", "Somebody must be logged in to act.", "Grant `authenticated`, or a role."


def _count(blueprint: Blueprint, entity: Entity, count: Count) -> Iterator[Problem]:
    source = blueprint.entity(count.source)
    relation = source.relation(count.via) if source else None
    if source is None:
        yield "count-source-unknown", f"There is no entity {count.source}.", "Name the entity whose rows are counted."
    elif relation is None or relation.target != entity.name:
        yield "count-via-unfit", f"{source.name} has no relation {count.via!r} to {entity.name}.", "Name the relation that points here."
