"""Who may do what, per entity."""

from apiwright.blueprint import Access, Grant
from apiwright.kit.casing import snake
from apiwright.planner.embedded.decide import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft
from apiwright.planner.embedded.notes import Notes
from apiwright.planner.embedded.words import lexicon

_BY_VERB = {
    "create": "create",
    "add": "create",
    "update": "update",
    "edit": "update",
    "modify": "update",
    "delete": "delete",
    "remove": "delete",
}


def access_of(draft: Draft, decision: Decision, notes: Notes, entity: EntityDraft) -> Access:
    """The grants of an entity: everything for everybody without accounts; else by ownership, role and whether it is public by nature."""
    if draft.account is None:
        return Access()
    admin: tuple[Grant, ...] = ("role:admin",) if "admin" in draft.roles else ()
    if entity.name == draft.account:
        mine: tuple[Grant, ...] = ("owner", *admin)
        return Access(create=admin, read=mine, list=mine, update=mine, delete=mine)
    writers = _writers(draft, decision, notes, entity)
    if entity.owned_via:
        own: tuple[Grant, ...] = ("owner", *dict.fromkeys((*admin, *writers["manage"])))
        seen: tuple[Grant, ...] = ("public",) if entity.public else own
        return Access(create=("authenticated",), read=seen, list=seen, update=own, delete=own)
    seen = ("public",) if entity.public else ("authenticated",)
    base: tuple[Grant, ...] = tuple(dict.fromkeys((*admin, *writers["manage"]))) or ("authenticated",)
    return Access(
        create=tuple(dict.fromkeys((*base, *writers["create"]))) if base != ("authenticated",) or not writers["create"] else base,
        read=seen, list=seen, update=tuple(dict.fromkeys((*base, *writers["update"]))) if base != ("authenticated",) else base,
        delete=tuple(dict.fromkeys((*base, *writers["delete"]))) if base != ("authenticated",) else base,
    )  # fmt: skip


def _writers(draft: Draft, decision: Decision, notes: Notes, entity: EntityDraft) -> dict[str, tuple[Grant, ...]]:
    """What the prompt lets roles do: `managers can edit products`."""
    found: dict[str, list[Grant]] = {"create": [], "update": [], "delete": [], "manage": []}
    for action in notes.actions:
        if action.negated or decision.resolve(action.target) != entity.name:
            continue
        actor = snake(action.actor)
        role = actor if actor in draft.roles else None
        plain = action.actor in {"User", draft.account}
        if role is None and not plain:
            continue
        grant: Grant = f"role:{role}" if role else "authenticated"
        operation = _BY_VERB.get(action.verb)
        if operation is not None:
            if role or (operation == "create" and "create" in lexicon().verb_classes.get(action.verb, frozenset[str]())):
                found[operation].append(grant)
        elif action.verb in {"manage", "maintain", "administer"} and role:
            found["manage"].append(grant)
    return {name: tuple(dict.fromkeys(grants)) for name, grants in found.items()}
