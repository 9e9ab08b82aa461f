"""Relations: what the prompt states first, then what the catalogue knows, so that no entity stands alone that should not."""

import re

from apiwright.blueprint import Origin, Relation
from apiwright.kit.casing import snake, words_of
from apiwright.kit.inflection import plural
from apiwright.planner.embedded.decide import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft, because
from apiwright.planner.embedded.notes import Notes, RelationNote
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.words import word_list

_SPEC = Pattern(r"^(?:@(?P<owner>[a-z_]+)|(?P<name>[a-z_]+):(?P<many>\*?)(?P<one>=?)(?P<target>[A-Z]\w*)(?P<mark>!!|!|\?)?)$")
_GATHERING = frozenset({"Order", "Cart", "Wishlist", "Playlist", "Bundle", "Collection"})
_LENT = frozenset({"Vehicle", "Equipment", "Tool", "Book"})
_LENDING = Pattern(r"\b(?:rent(?:al|als|ing|ed|s)?|lend(?:ing)?|borrow(?:ing|s|ed)?|dealer(?:ship)?|fleet)\b", re.IGNORECASE)
_RENTED = Pattern(r"\b(?:landlords?|leases?|apartments?|rents?|flats?)\b", re.IGNORECASE)
_OWNING_VERBS = word_list("owning")
_MAKING = frozenset({
    "create", "post", "publish", "upload", "write", "submit", "add", "organize", "organise", "list", "share", "make",
    "record", "log", "open", "raise", "file", "report", "request", "place", "start", "launch", "propose", "host",
    "schedule",
})  # fmt: skip


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
        if source is None or target is None or source == target or _is_folded(draft, note):
            continue
        _link(draft, note, source, target, both=(note.target, note.source) in many)


def _is_folded(draft: Draft, note: RelationNote) -> bool:
    """Whether a relation would make every account point to something, for being stated of one kind of people only."""
    kinds = {name for name in (note.source, note.target) if snake(name) in draft.folded.values()}
    holder = note.source if note.word in {"belongs", "has_one", "many_to_many", "one_to_one"} else note.target
    return holder in kinds


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
    return not part.entry.flags & {"part", "account"} and f":{whole.entry.name}!" not in part.entry.relations


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


def _is_lent(draft: Draft, entity: EntityDraft) -> bool:
    """What is rented out or lent belongs to nobody who comes for it."""
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
            for item in entity.relations.values()
            if item.target == draft.account
            and item.kind == "many_to_one"
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
            _give(draft, entity, "owner", draft.said(action.span))
    for right in notes.rights:
        kinds = {snake(actor) for actor in right.actors} & set(draft.folded.values())
        if right.negated or not (kinds or "user" in right.actors) or not set(right.verbs) & (_OWNING_VERBS if right.own else _MAKING):
            continue
        for target in filter(None, map(decision.resolve, right.targets)):
            entity = draft.entities[target]
            role = next((kind for kind in sorted(kinds) if kind in entity.relations), None)
            if target == draft.account or entity.owned_via or _is_reference(entity) or _is_part_of_owned(draft, entity):
                continue
            if role is not None:
                entity.relations[role] = entity.relations[role].model_copy(update={"required": True, "on_delete": "cascade"})
                entity.owned_via = role
            elif not draft.roles.keys() & kinds or right.own:
                _give(draft, entity, "owner", draft.said(right.span))


def _give(draft: Draft, entity: EntityDraft, name: str, origin: Origin) -> None:
    """Makes an entity belong to the account that creates it."""
    assert draft.account is not None  # noqa: S101 - the caller looked
    profile = next((item for item in entity.relations.values() if item.required and draft.entities[item.target].owned_via == "user"), None)
    if profile is not None and profile.target != draft.account and profile.kind == "many_to_one":
        entity.relations[profile.name] = profile.model_copy(update={"on_delete": "cascade"})
        entity.owned_via = profile.name
        return
    existing = next((item for item in entity.relations.values() if item.target == draft.account and item.kind == "many_to_one"), None)
    if existing is not None:
        entity.relations[existing.name] = existing.model_copy(update={"required": True, "on_delete": "cascade"})
        entity.owned_via = existing.name
    elif entity.add_relation(Relation(name=name, target=draft.account, required=True, on_delete="cascade", origin=origin)):
        entity.owned_via = name


def _is_part_of_owned(draft: Draft, entity: EntityDraft) -> bool:
    return any(
        item.kind == "many_to_one" and item.required and item.on_delete == "cascade" and draft.entities[item.target].owned_via
        for item in entity.relations.values()
        if item.target in draft.entities and item.target != entity.name
    )


def inherit_ownership(draft: Draft) -> None:
    """The parts of what is owned belong to the same owner: the lines of an order, the steps of a recipe."""
    if draft.account is None:
        return
    changed = True
    while changed:
        changed = False
        for entity in draft.entities.values():
            people = [item for item in entity.relations.values() if item.target == draft.account]
            fixed = [item for item in people if item.required or item.name not in draft.folded.values()]
            if entity.owned_via or entity.name == draft.account or fixed or _is_reference(entity):
                continue
            parts = [
                item for item in entity.relations.values() if item.kind == "many_to_one" and item.required and item.on_delete == "cascade"
            ]
            owned = [item for item in parts if item.target != entity.name and draft.entities[item.target].owned_via]
            if owned and len(parts) == 1:
                entity.owned_via = owned[0].name
                changed = True
                for item in people:
                    if item.name == draft.entities[owned[0].target].owned_via:
                        del entity.relations[item.name]


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
    if tenant is not None and _RENTED.search(draft.prompt) is None:
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
