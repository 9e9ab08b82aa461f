"""Relations that the catalogue knows between entities that are there."""

import re

from apiwright.blueprint import Relation
from apiwright.kit.casing import snake
from apiwright.planner.embedded.drafts import Draft, EntityDraft, because
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.words import word_list

_SPEC = Pattern(r"^(?:@(?P<owner>[a-z_]+)|(?P<name>[a-z_]+):(?P<many>\*?)(?P<one>=?)(?P<target>[A-Z]\w*)(?P<mark>!!|!|\?)?)$")


_LENT = frozenset({"Vehicle", "Equipment", "Tool", "Book", "Pet"})


_LENDING = Pattern(
    r"\b(?:rent(?:al|als|ing|ed|s)?|lend(?:ing)?|borrow(?:ing|s|ed)?|dealer(?:ship)?|fleet|adopt(?:s|ed|ions?)?|shelters?)\b",
    re.IGNORECASE,
)


def link_usual(draft: Draft) -> None:
    """Adds the relations that the catalogue knows between entities that are there, and ownership where there are accounts."""
    for entity in list(draft.entities.values()):
        if entity.entry is None:
            continue
        specs = entity.entry.relations.split()
        wholes = {spec.split(":")[1]: found["target"] for spec in specs if spec.endswith("!!") and (found := _SPEC.match(spec))}
        several = sum(draft.by_entry(target) is not None for target in wholes.values() if target) > 1
        for spec in specs:
            _usual(draft, entity, spec, loosely=several)


def _usual(draft: Draft, entity: EntityDraft, spec: str, *, loosely: bool) -> None:
    found = _SPEC.match(spec)
    if found is None:
        raise ValueError(f"not a relation of the catalogue: {spec}")
    origin = because(f"{entity.name} usually has it.", kind="catalogue")
    if found["owner"]:
        if found["owner"] == "owner" and _is_lent(draft, entity):
            return
        _own(draft, entity, found["owner"])
        return
    if found["target"] == "Customer" and _is_lent(draft, entity):
        return
    target = draft.by_entry(found["target"])
    if target is None and found["target"] in draft.folded and entity.name != draft.account and not found["many"] and found["mark"] != "!!":
        _link_folded(draft, entity, found["name"], found["target"], required=found["mark"] in {"!", "!!"})
    if target is None or target not in draft.entities:
        return
    inverse = draft.entities[target].leads_to(entity.name)
    repeated = entity.leads_to(target) and not _names_more(entity, found["target"])
    if repeated or (inverse and target != entity.name and not found["many"]):
        return
    if target == entity.name and found["mark"] != "?":
        return
    name = snake(target) if found["name"] == snake(found["target"]) else found["name"]  # a `screening` is what the prompt calls showtimes
    if found["many"]:
        if not inverse:
            entity.add_relation(Relation(name=found["name"], kind="many_to_many", target=target, origin=origin))
        return
    required = found["mark"] in {"!", "!!"} and not (loosely and found["mark"] == "!!")
    rule = "cascade" if found["mark"] == "!!" else "restrict" if required else "set_null"
    kind = "one_to_one" if found["one"] else "many_to_one"
    entity.add_relation(
        Relation(name=name, kind=kind, target=target, required=required or bool(found["one"]), on_delete=rule, origin=origin)
    )


def _is_lent(draft: Draft, entity: EntityDraft) -> bool:
    """What is rented out, lent or given away belongs to nobody who comes for it."""
    return entity.entry is not None and entity.entry.name in _LENT and _LENDING.search(draft.prompt) is not None


def _link_folded(draft: Draft, entity: EntityDraft, name: str, target: str, *, required: bool) -> None:
    """`teacher` of a course is an account where teachers are users with a role."""
    if draft.account is None or any(item.target == draft.account and item.name == name for item in entity.relations.values()):
        return
    owning = entity.entry is not None and f"@{name}" in entity.entry.relations.split()
    rule = "cascade" if owning else "restrict" if required else "set_null"
    role = draft.folded[target]
    before = entity.relations.get(entity.owned_via or "")
    if (
        required
        and before is not None
        and before.target == draft.account
        and before.origin.kind == "catalogue"
        and not _is_staffed(draft, name)
    ):
        del entity.relations[before.name]
        entity.owned_via, rule = name, "cascade"
    origin = because(f"A {role.replace('_', ' ')} is a user with that role.")
    entity.add_relation(Relation(name=name, target=draft.account, required=required, on_delete=rule, origin=origin))


def _names_more(entity: EntityDraft, target: str) -> bool:
    """Whether the entry means two relations to one target (`follower`, `followee`)."""
    assert entity.entry is not None  # noqa: S101 - the caller looked
    return len(re.findall(rf":{target}(?!\w)", entity.entry.relations)) > 1


def _own(draft: Draft, entity: EntityDraft, name: str) -> None:
    person = draft.by_entry(name.capitalize())
    if person is not None and person != draft.account:
        if not entity.leads_to(person):
            entity.add_relation(
                Relation(name=name, target=person, required=True, origin=because(f"{entity.name} usually has it.", kind="catalogue"))
            )
        return
    if draft.account is None or draft.account == entity.name or draft.account not in draft.entities:
        return
    existing = next(
        (
            item.name
            for item in sorted(entity.relations.values(), key=lambda item: item.name != name)
            if item.target == draft.account
            and item.kind == "many_to_one"
            and not (name in word_list("doer") and item.name in word_list("later"))  # who asks is not who approves
            and (item.name == name or item.name not in draft.folded.values() or (item.required and not _is_staffed(draft, item.name)))
        ),
        None,
    )
    if existing is None:
        rule = "cascade"
        origin = because(f"{entity.name} belongs to the account that makes it.", kind="catalogue")
        if not entity.add_relation(Relation(name=name, target=draft.account, required=True, on_delete=rule, origin=origin)):
            return
        existing = name
    entity.owned_via = entity.owned_via or existing


def _is_staffed(draft: Draft, name: str) -> bool:
    """Whether a relation leads to users of a role who do not make such rows: the instructor of a review."""
    return name in draft.folded.values() and name not in word_list("coming") | word_list("crowd")
