"""Who may do what, per entity: a sound default by ownership, roles and whether the thing is public by nature, then what the prompt says."""

from apiwright.blueprint import Access, Grant, Operation, Origin
from apiwright.blueprint.base import OPERATIONS
from apiwright.planner.embedded.decision import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft, because
from apiwright.planner.embedded.notes import Notes
from apiwright.planner.embedded.rights import CHANGING, Right, grants_of, rights_on
from apiwright.planner.embedded.words import word_list

Grants = tuple[Grant, ...]
Table = dict[Operation, Grants]
_GRADING = frozenset({"grade", "score", "mark"})
_SEEING: tuple[Operation, ...] = ("read", "list")
_WRITING: tuple[Operation, ...] = ("create", "update", "delete")


def access_of(draft: Draft, decision: Decision, notes: Notes, entity: EntityDraft) -> Access:
    """The grants of an entity: everything for everybody without accounts."""
    if draft.account is None:
        return Access(origin=because("There are no accounts: everybody may do everything."))
    rights = rights_on(draft, decision, notes, entity)
    table = _account(draft, entity) if entity.name == draft.account else _usual(draft, notes, entity, rights)
    if entity.name == draft.account:
        rights = [right for right in rights if not right.sweeping and not set(right.grants) & {"authenticated", "public"}]
    _say(draft, entity, table, rights)
    _let_actors_see(draft, entity, table)
    _keep_private(decision, notes, entity, table)
    return Access(**{operation: _reduced(table[operation]) for operation in OPERATIONS}, origin=_origin(draft, entity, rights))


def _origin(draft: Draft, entity: EntityDraft, rights: list[Right]) -> Origin:
    """The first words that say who may, those that say who alone may or may not before others; else the rule that holds."""
    told = [right.note for right in rights if right.operations]
    if told:
        return draft.said(next((note for note in told if note.only or note.negated), told[0]).span)
    if entity.name == draft.account:
        return because("An account is looked after by whom it belongs to.")
    if entity.owned_via:
        return because("What belongs to somebody is changed by its owner alone.")
    return because("What belongs to nobody in particular is kept by who works with it.")


def _admin(draft: Draft) -> Grants:
    return tuple(f"role:{role}" for role in ("admin", "superadmin", "super_admin") if role in draft.roles)


def _account(draft: Draft, entity: EntityDraft) -> Table:
    admin = _admin(draft)
    mine: Grants = ("owner", *admin)
    seen: Grants = ("authenticated",) if entity.pair_actions else mine
    return {"create": admin, "read": seen, "list": seen, "update": mine, "delete": mine}


def _usual(draft: Draft, notes: Notes, entity: EntityDraft, rights: list[Right]) -> Table:
    """What holds where the prompt says nothing."""
    admin = _admin(draft)
    makers = _staff_makers(draft, notes, entity, rights)
    if makers:
        return {"create": makers, "read": ("owner", *makers), "list": ("owner", *makers), "update": makers, "delete": makers}
    if entity.owned_via:
        own: Grants = ("owner", *admin)
        visible: Grants = ("authenticated",) if entity.pair_actions else own
        shown: Grants = (("authenticated",) if _is_internal(draft, notes) else ("public",)) if entity.public else visible
        return {
            "create": _creators(draft, entity, rights) or ("authenticated",),
            "read": shown,
            "list": shown,
            "update": own,
            "delete": own,
        }
    seen: Grants = ("public",) if entity.public and not _is_internal(draft, notes) else ("authenticated",)
    writers = _writers(draft, notes, rights)
    named = any(item.required and item.target == draft.account and item.kind != "many_to_many" for item in entity.relations.values())
    if named and seen != ("public",) and writers != ("authenticated",):
        seen = writers
    return {"create": writers, "read": seen, "list": seen, "update": writers, "delete": writers}


def _is_internal(draft: Draft, notes: Notes) -> bool:
    """Whether only staff use the backend, by the roles that the prompt names: what a shop shows to everybody is no public matter there."""
    people = {actor.split()[-1] for right in notes.rights for actor in right.actors if actor}
    coming = people & (word_list("crowd") | word_list("anyone") | word_list("coming")) or any(not _is_staff(role) for role in draft.roles)
    return bool(draft.roles.keys() - {"admin"}) and not coming and "User" not in notes.actors


def _creators(draft: Draft, entity: EntityDraft, rights: list[Right]) -> Grants:
    """The roles whose rows these are (`student` of a submission), when no plain user makes such rows too."""
    owner = owning_role(draft, entity)
    named = any(f"role:{owner}" in right.grants and "create" in right.operations for right in rights)
    roles: Grants = (f"role:{owner}",) if owner in draft.roles and (named or (owner != "author" and owner in draft.folded.values())) else ()
    plain = any("authenticated" in right.grants and "create" in right.operations for right in rights)
    return (*roles, *_admin(draft)) if roles and not plain else ()


def owning_role(draft: Draft, entity: EntityDraft) -> str:
    """The name of the relation by which an entity, or the whole that it is part of, leads to its owner."""
    owner, at = entity.owned_via or "", entity
    while at.owned_via and at.relations[at.owned_via].target != draft.account:
        at = draft.entities[at.relations[at.owned_via].target]
        owner = at.owned_via or owner
    return owner


def _staff_makers(draft: Draft, notes: Notes, entity: EntityDraft, rights: list[Right]) -> Grants:
    """Who makes rows about people with a profile, when these do not: the doctors who write a prescription of a patient."""
    owner = entity.relations.get(entity.owned_via or "")
    if owner is None or owner.target == draft.account or draft.entities[owner.target].owned_via != "user":
        return ()
    kind = f"role:{owner.name}"
    making = [right for right in rights if "create" in right.operations and not right.note.negated]
    grants = [grant for right in making for grant in right.grants]
    if kind in grants or "authenticated" in grants or any(owner.name in right.note.actors for right in making):
        return ()
    looking = any(owner.name in right.note.actors for right in rights)
    if not grants and not looking:
        return ()
    return tuple(
        dict.fromkeys(
            (*(grant for grant in grants if grant.startswith("role:")), *(() if grants else _working(draft, notes)), *_admin(draft))
        )
    )


def _writers(draft: Draft, notes: Notes, rights: list[Right]) -> Grants:
    """Who keeps what belongs to nobody: the roles named for it, else the administrator and who works there, else everybody logged in."""
    admin = _admin(draft)
    named = [
        grant
        for right in rights
        if not right.note.negated and right.operations & set(_WRITING) and not right.sweeping
        for grant in right.grants
    ]
    roles = [grant for grant in named if grant.startswith("role:")]
    if any(grant in {"authenticated", "public"} for grant in named):
        return ("authenticated",)
    if roles:
        return (*admin, *roles)
    working = _working(draft, notes)
    if _is_limited(notes, admin) and not working:
        return ("authenticated",)
    return (*admin, *working) or ("authenticated",)


def _working(draft: Draft, notes: Notes) -> Grants:
    """The roles of those who work there, and not of those who come: a clerk, no student; where nothing is said of what they do."""
    busy = {actor for right in notes.rights for actor in right.actors if right.targets}
    idle = [role for role in draft.roles if role.replace("_", " ") not in busy]
    staff = [role for role in (idle or ([] if _admin(draft) else list(draft.roles))) if _is_staff(role)]
    return tuple(f"role:{role}" for role in staff if f"role:{role}" not in _admin(draft))


def _is_staff(role: str) -> bool:
    last = role.rsplit("_", maxsplit=1)[-1]
    return last not in word_list("crowd") and last not in word_list("coming")


def _is_limited(notes: Notes, admin: Grants) -> bool:
    """Whether the prompt reserves some operation on everything for the administrator, which leaves the others to everybody."""
    return bool(admin) and any(right.only and not right.targets and "admin" in right.actors for right in notes.rights)


def _say(draft: Draft, entity: EntityDraft, table: Table, rights: list[Right]) -> None:
    """Puts what the prompt says over the default; what it reserves to some stays theirs."""
    admin = _admin(draft)
    reserved = {
        operation for right in rights if right.note.only and not right.note.negated and right.grants for operation in right.operations
    }
    everybody = _left_to_everybody(rights)
    for right in rights:
        for operation in right.operations:
            if operation in reserved and not right.note.only and not right.note.negated and not _names_role(right):
                continue
            if right.note.negated:
                table[operation] = _without(table[operation], right, admin)
            elif right.note.only:
                table[operation] = (*right.grants, *admin) if right.grants else table[operation]
            elif operation in _SEEING:
                table[operation] = _seen(table[operation], right.grants)
            else:
                table[operation] = _added(entity, table[operation], right, told=operation in everybody)
        graders = tuple(grant for grant in right.grants if grant.startswith("role:"))
        if set(right.note.verbs) & _GRADING and not right.note.value and graders and entity.owned_via:
            table["update"] = (*graders, *admin)
            for operation in _SEEING:
                table[operation] = _seen(table[operation], graders)


def _left_to_everybody(rights: list[Right]) -> set[Operation]:
    """What every user is told to do, which roles do as well then; who shares a thing does not make it."""
    told = [right for right in rights if not right.note.negated and "authenticated" in right.grants and "share" not in right.note.verbs]
    return {operation for right in told for operation in right.operations}


def _names_role(right: Right) -> bool:
    return all(grant.startswith("role:") for grant in right.grants)


def _without(grants: Grants, right: Right, admin: Grants) -> Grants:
    if right.note.actors == ("nobody",):
        return ()
    if right.note.actors == ("nobody else",):
        return grants
    taken = set(right.grants) | ({"owner"} if "authenticated" in right.grants else set[str]())
    return tuple(grant for grant in grants if grant not in taken) or admin


def _seen(before: Grants, more: Grants) -> Grants:
    """Looking: what the prompt grants joins the default, but `users can see their own` says that others may not."""
    if more == ("owner",):
        return tuple(grant for grant in before if grant not in {"public", "authenticated"}) if "owner" in before else ("owner", *before)
    return (*before, *more)


def _added(entity: EntityDraft, before: Grants, right: Right, *, told: bool) -> Grants:
    """Writing: roles join; plain users do not get at what others own, since they mean their own, and keep what is `told` of them."""
    more = tuple(
        grant
        for grant in right.grants
        if grant.startswith("role:") or grant == "owner" or (grant == "authenticated" and not entity.owned_via)
    )
    if "public" in right.grants and set(right.note.verbs) & {"create", "submit", "post"} and not entity.owned_via:
        more = (*more, "public")
    roles = [grant for grant in more if grant.startswith("role:")]
    if roles and before == ("authenticated",) and not told and not (set(right.note.verbs) & CHANGING and entity.owned_via):
        return more
    return (*before, *more)


def _let_actors_see(draft: Draft, entity: EntityDraft, table: Table) -> None:
    """Whoever changes a row or moves its state has to find it, and so do the staff that it names: the doctor of an appointment."""
    doing = [grant for operation in ("update", "delete") for grant in table[operation]]
    doing += [grant for item in entity.transitions for grant in item.access]
    doing += [f"role:{name}" for name in entity.relations if name in draft.roles and _is_staff(name) and name != owning_role(draft, entity)]
    for operation in _SEEING:
        table[operation] = (*table[operation], *(grant for grant in doing if grant.startswith("role:")))


def _keep_private(decision: Decision, notes: Notes, entity: EntityDraft, table: Table) -> None:
    """`No one else may see my expenses`: not even an administrator."""
    private = any(
        right.actors == ("nobody else",) and entity.name in {decision.resolve(target) for target in right.targets} for right in notes.rights
    )
    if private and entity.owned_via:
        for operation in ("read", "list", "update", "delete"):
            table[operation] = ("owner",)


def _reduced(grants: Grants) -> Grants:
    """Each grant once, and none beside one that covers it."""
    if "public" in grants:
        return ("public",)
    if "authenticated" in grants:
        return ("authenticated",)
    return tuple(dict.fromkeys(grants))


def may_act(draft: Draft, entity: EntityDraft, rights: list[Right], verb: str) -> Grants:
    """Who may move a state: those of whom the prompt says it; else the owner, or who keeps such rows."""
    admin = _admin(draft)
    told = [right for right in rights if verb in right.note.verbs and not right.note.negated and not right.sweeping]
    grants: list[Grant] = []
    for right in told:
        for actor in right.note.actors:
            for grant in grants_of(draft, entity, actor, own=right.note.own):
                mine = entity.owned_via and (grant in {"authenticated", "public", f"role:{owning_role(draft, entity)}"})
                grants.append("owner" if mine else "authenticated" if grant == "public" else grant)
    if any(right.note.only for right in told):
        return tuple(dict.fromkeys((*[grant for grant in grants if grant != "public"], *admin)))
    base: Grants = ("owner",) if entity.owned_via else ()
    return tuple(dict.fromkeys((*(grants or base), *admin)))
