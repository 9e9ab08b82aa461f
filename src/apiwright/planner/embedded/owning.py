"""Ownership: what people make is theirs, and so are its parts."""

from apiwright.blueprint import Origin, Relation
from apiwright.kit.casing import snake
from apiwright.planner.embedded.decision import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft
from apiwright.planner.embedded.notes import Notes
from apiwright.planner.embedded.words import word_list

_OWNING_VERBS = word_list("owning")


_TAKING = frozenset({"rent", "borrow", "lease", "book", "reserve", "hire"})
_MAKING = frozenset({
    "create", "post", "publish", "upload", "write", "submit", "add", "organize", "organise", "list", "share", "make",
    "record", "log", "open", "raise", "file", "report", "request", "place", "start", "launch", "propose", "host",
    "schedule",
})  # fmt: skip


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
        if not (mine or action.theirs) or entity.owned_via or is_reference(entity):
            continue
        if (entity.entry is None and action.verb not in _TAKING) or action.theirs:
            _give(draft, entity, "owner", draft.said(action.span))
    for right in notes.rights:
        kinds = {snake(actor) for actor in right.actors} & set(draft.folded.values())
        if right.negated or not (kinds or "user" in right.actors) or not set(right.verbs) & (_OWNING_VERBS if right.own else _MAKING):
            continue
        for target in filter(None, map(decision.resolve, right.targets)):
            entity = draft.entities[target]
            role = next((kind for kind in sorted(kinds) if kind in entity.relations), None)
            if target == draft.account or entity.owned_via or is_reference(entity) or _is_part_of_owned(draft, entity):
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
            if entity.owned_via or entity.name == draft.account or fixed or is_reference(entity):
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


def keep_what_leads_to_accounts(draft: Draft) -> None:
    """What belongs to something that has come to belong to nobody belongs to nobody either."""
    lost = True
    while lost:
        lost = [entity for entity in draft.entities.values() if entity.owned_via and not _leads_on(draft, entity)]
        for entity in lost:
            entity.owned_via = None


def _leads_on(draft: Draft, entity: EntityDraft) -> bool:
    """Whether its ownership is by a single link to an account, or to something that is owned."""
    relation = entity.relations.get(entity.owned_via or "")
    if relation is None or relation.kind == "many_to_many":
        return False
    return relation.target == draft.account or bool(draft.entities[relation.target].owned_via)


def is_reference(entity: EntityDraft) -> bool:
    return entity.entry is not None and bool(entity.entry.flags & {"shared", "person", "account"})
