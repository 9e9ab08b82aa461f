"""Relations: targets that exist, delete rules that can be kept, rows that can come into being, pairs that are unique."""

from collections.abc import Iterator

from apiwright.blueprint.members import Relation
from apiwright.blueprint.model import Blueprint, Entity
from apiwright.diagnostics import Diagnostic


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Problems of relations and of `unique_together`."""
    for entity in blueprint.entities:
        where = f"entities.{entity.name}"
        for relation in entity.relations:
            yield from _relation(blueprint, relation, f"{where}.relations.{relation.name}")
        yield from _unique_together(entity, f"{where}.unique_together")
    yield from _inverses(blueprint)
    yield from _never_made(blueprint)


def _relation(blueprint: Blueprint, relation: Relation, where: str) -> Iterator[Diagnostic]:
    if blueprint.entity(relation.target) is None:
        known = ", ".join(entity.name for entity in blueprint.entities[:12])
        message = f"There is no entity {relation.target}."
        yield Diagnostic(code="relation-target-unknown", where=where, message=message, hint=f"Add it, or choose one of {known}.")
    if relation.required and relation.on_delete == "set_null":
        message = "A required link cannot be cleared when its target is deleted."
        yield Diagnostic(code="delete-rule-impossible", where=where, message=message, hint="Use cascade or restrict, or make it optional.")


def _unique_together(entity: Entity, where: str) -> Iterator[Diagnostic]:
    seen: set[frozenset[str]] = set()
    for group in entity.unique_together:
        if len(set(group)) != len(group) or len(group) < 2:
            message = f"A group needs two different members or more, not ({', '.join(group)})."
            yield Diagnostic(code="unique-group-small", where=where, message=message, hint="For a single field use `unique`.")
        if frozenset(group) in seen:
            message = f"The group ({', '.join(group)}) is listed twice."
            yield Diagnostic(code="unique-group-duplicate", where=where, message=message, hint="Keep one.")
        seen.add(frozenset(group))
        for name in group:
            field, relation = entity.field(name), entity.relation(name)
            if field is None and relation is None:
                message = f"{entity.name} has no field or relation {name!r}."
                yield Diagnostic(code="unique-group-unknown", where=where, message=message, hint="Name its own fields and relations.")
            elif (field and field.type in {"json", "text", "secret"}) or (relation and relation.kind == "many_to_many"):
                message = f"{name!r} cannot be part of a unique group."
                yield Diagnostic(code="unique-group-unfit", where=where, message=message, hint="Use short values and single links.")


def _inverses(blueprint: Blueprint) -> Iterator[Diagnostic]:
    taken: dict[tuple[str, str], str] = {}
    for entity in blueprint.entities:
        for relation in entity.relations:
            target = blueprint.entity(relation.target)
            if relation.inverse is None or target is None:
                continue
            where = f"entities.{entity.name}.relations.{relation.name}"
            members = {item.name for item in (*target.fields, *target.relations, *target.counts)}
            other = taken.setdefault((target.name, relation.inverse), where)
            if other != where or relation.inverse in members:
                message = f"{target.name} already has a member {relation.inverse!r}."
                yield Diagnostic(code="inverse-clash", where=where, message=message, hint="Choose another `inverse`.")


def _never_made(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """A row that needs a row that needs the first one can never be made."""
    needs = {entity.name: {item.target for item in entity.relations if item.required and item.target} for entity in blueprint.entities}
    makeable: set[str] = set()
    while True:
        more = {name for name, targets in needs.items() if name not in makeable and targets <= makeable}
        if not more:
            break
        makeable |= more
    for entity in blueprint.entities:
        stuck = [item for item in entity.relations if item.required and item.target in needs.keys() - makeable]
        if entity.name not in makeable and stuck and _reaches(needs, stuck[0].target, entity.name):
            where = f"entities.{entity.name}.relations.{stuck[0].name}"
            message = f"No {entity.name} can ever be made: it needs a {stuck[0].target}, which needs a {entity.name} in turn."
            yield Diagnostic(code="required-cycle", where=where, message=message, hint="Make one relation of the circle optional.")


def _reaches(needs: dict[str, set[str]], start: str, goal: str) -> bool:
    seen, queue = {start}, [start]
    while queue:
        name = queue.pop()
        if name == goal:
            return True
        queue += sorted(needs.get(name, set()) - seen)
        seen |= needs.get(name, set())
    return False
