"""Relations: what the prompt states first, then what the catalogue knows, so that no entity stands alone that should not."""

import re

from apiwright.blueprint import Relation
from apiwright.kit.casing import snake, words_of
from apiwright.kit.inflection import plural
from apiwright.planner.embedded.decide import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft, because
from apiwright.planner.embedded.notes import Notes, RelationNote
from apiwright.planner.embedded.words import word_list

_SPEC = re.compile(r"^(?:@(?P<owner>[a-z_]+)|(?P<name>[a-z_]+):(?P<many>\*?)(?P<one>=?)(?P<target>[A-Z]\w*)(?P<mark>!!|!|\?)?)$")
_OWNING_VERBS = word_list("owning")


def link_stated(draft: Draft, decision: Decision, notes: Notes) -> None:
    """Adds the relations that the prompt states, the strongest statement of a pair first."""
    stated = [item for item in notes.relations if item.word in {"many_to_many", "one_to_one"}]
    stated += [item for item in notes.relations if item.word == "belongs"]
    stated += [item for item in notes.relations if item.word == "has_many"] + [item for item in notes.relations if item.word == "has_one"]
    many = {(item.source, item.target) for item in notes.relations if item.word == "has_many"}
    for note in stated:
        source, target = _end(draft, decision, note.source), _end(draft, decision, note.target)
        if source is not None and source == target and note.word == "belongs" and note.required is False:
            name = note.name or f"parent_{snake(source)}"
            name = "parent" if name.startswith("parent") else name
            draft.entities[source].add_relation(Relation(name=name, target=source, on_delete="set_null", origin=draft.said(note.span)))
        if source is None or target is None or source == target:
            continue
        _link(draft, note, source, target, both=(note.target, note.source) in many)


def _end(draft: Draft, decision: Decision, name: str) -> str | None:
    if name == "User":
        return draft.account
    return decision.resolve(name)


def _link(draft: Draft, note: RelationNote, source: str, target: str, *, both: bool) -> None:
    left, right = draft.entities[source], draft.entities[target]
    if left.leads_to(target) or (right.leads_to(source) and note.word != "many_to_many"):
        return
    origin = draft.said(note.span)
    word = note.word
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


def _is_shared(entity: EntityDraft) -> bool:
    return entity.entry is not None and "shared" in entity.entry.flags


def _is_part(part: EntityDraft, whole: EntityDraft) -> bool:
    if part.entry is None or whole.entry is None:
        return False
    return bool(re.search(rf":{whole.entry.name}!!(?:\s|$)", part.entry.relations))


def link_usual(draft: Draft) -> None:
    """Adds the relations that the catalogue knows between entities that are there, and ownership where there are accounts."""
    for entity in list(draft.entities.values()):
        if entity.entry is None:
            continue
        single = [spec for spec in entity.entry.relations.split() if (found := _SPEC.match(spec)) and found["target"]]
        present = [spec for spec in single if draft.by_entry(_SPEC.match(spec)["target"]) is not None]  # type: ignore[index]
        several = len({spec.split(":")[1] for spec in present if spec.endswith("!!")}) > 1
        for spec in entity.entry.relations.split():
            _usual(draft, entity, spec, loosely=several)


def _usual(draft: Draft, entity: EntityDraft, spec: str, *, loosely: bool) -> None:
    found = _SPEC.match(spec)
    if found is None:
        raise ValueError(f"not a relation of the catalogue: {spec}")
    origin = because(f"{entity.name} usually has it.", kind="catalogue")
    if found["owner"]:
        _own(draft, entity, found["owner"])
        return
    target = draft.by_entry(found["target"])
    if target is None or target not in draft.entities:
        return
    inverse = draft.entities[target].leads_to(entity.name)
    repeated = entity.leads_to(target) and not _names_more(entity, found["target"])
    if repeated or (inverse and target != entity.name and not found["many"]):
        return
    if target == entity.name and found["mark"] != "?":
        return
    if found["many"]:
        if not inverse:
            entity.add_relation(Relation(name=found["name"], kind="many_to_many", target=target, origin=origin))
        return
    required = found["mark"] in {"!", "!!"} and not (loosely and found["mark"] == "!!")
    rule = "cascade" if found["mark"] == "!!" else "restrict" if required else "set_null"
    kind = "one_to_one" if found["one"] else "many_to_one"
    entity.add_relation(
        Relation(name=found["name"], kind=kind, target=target, required=required or bool(found["one"]), on_delete=rule, origin=origin)
    )


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
    existing = next((item.name for item in entity.relations.values() if item.target == draft.account and item.kind == "many_to_one"), None)
    if existing is None:
        rule = "cascade"
        origin = because(f"{entity.name} belongs to the account that makes it.", kind="catalogue")
        if not entity.add_relation(Relation(name=name, target=draft.account, required=True, on_delete=rule, origin=origin)):
            return
        existing = name
    entity.owned_via = entity.owned_via or existing


def link_owned(draft: Draft, decision: Decision, notes: Notes) -> None:
    """Ownership by deed: what users create, manage, post as theirs, where nothing else tells."""
    if draft.account is None:
        return
    for action in notes.actions:
        target = decision.resolve(action.target)
        if target is None or target == draft.account or action.negated:
            continue
        entity = draft.entities[target]
        mine = action.actor in {"User", draft.account} and action.verb in _OWNING_VERBS
        if not (mine or action.theirs) or entity.owned_via or _is_reference(entity):
            continue
        if entity.entry is None or action.theirs:
            existing = next(
                (item.name for item in entity.relations.values() if item.target == draft.account and item.kind == "many_to_one"), None
            )
            if existing is None:
                relation = Relation(name="owner", target=draft.account, required=True, on_delete="cascade", origin=draft.said(action.span))
                if not entity.add_relation(relation):
                    continue
                existing = "owner"
            entity.owned_via = existing


def _is_reference(entity: EntityDraft) -> bool:
    return entity.entry is not None and bool(entity.entry.flags & {"shared", "person", "account"})


def link_lonely(draft: Draft) -> None:
    """An entity named after another one belongs to it: `GameRoom` has nothing to do with Room, but `BookPage` belongs to Book."""
    for entity in draft.entities.values():
        words = words_of(entity.name)
        if len(words) < 2 or entity.relations:
            continue
        for cut in range(len(words) - 1, 0, -1):
            owner = next((name for name in draft.entities if words_of(name) == words[:cut]), None)
            if owner is not None and not draft.entities[owner].leads_to(entity.name):
                origin = because(f"A {' '.join(words)} is named after a {' '.join(words[:cut])}.")
                entity.add_relation(Relation(name=snake(owner), target=owner, required=True, on_delete="cascade", origin=origin))
                break
    tenant = draft.by_entry("Tenant")
    if tenant is not None:
        for entity in draft.entities.values():
            pair = entity.entry is not None and "pair" in entity.entry.flags
            if entity.name != tenant and not pair and not entity.leads_to(tenant):
                origin = because("Every row belongs to one tenant.")
                entity.add_relation(
                    Relation(
                        name=snake(tenant),
                        target=tenant,
                        required=entity.name != draft.account,
                        on_delete="cascade" if entity.name != draft.account else "set_null",
                        origin=origin,
                    )
                )
