"""What kinds of people are in the blueprint: the account, a role of it, or an entity of their own beside it.

People who only act have a role. People of whom something is kept (fields, or somebody manages them)
stay an entity, linked to their account.
"""

from msgspec.structs import replace

from apiwright.blueprint import Relation
from apiwright.kit.casing import snake, words_of
from apiwright.planner.embedded.decision import Chosen, Decision
from apiwright.planner.embedded.drafts import Draft, because
from apiwright.planner.embedded.notes import Notes, RightNote
from apiwright.planner.embedded.people import PRIVILEGED, sounds_human
from apiwright.planner.embedded.rights import CREATING, VIEWING
from apiwright.planner.embedded.words import lexicon, word_list

_KEEPING = frozenset(
    {"manage", "create", "add", "register", "edit", "update", "delete", "maintain", "track", "record", "store", "list", "assign"}
)
_TOWARDS = frozenset({"follow", "message", "contact", "block", "invite", "befriend", "mention"})
_DOING = frozenset({"create", "act", "manage", "state"})


def settle_people(notes: Notes, decision: Decision, account: str) -> dict[str, str]:
    """Folds people who only act into the account; answers the entries of the catalogue that they were made after, with their roles."""
    folded: dict[str, str] = {}
    _read_accounts(notes, decision)
    for name, item in list(decision.chosen.items()):
        if name == account or not is_person(item) or not _only_acts(notes, decision, item):
            continue
        del decision.chosen[name]
        decision.renamed[name] = account
        for other, meant in list(decision.renamed.items()):
            decision.renamed[other] = account if meant == name else meant
        folded[item.entry.name if item.entry is not None else name] = snake(name)
    return folded


def _read_accounts(notes: Notes, decision: Decision) -> None:
    """`deactivate accounts` is about users, where nothing else speaks of accounts that hold money."""
    item = decision.chosen.get("Account")
    if item is None or item.declared or any(concept == "Account" for concept, _ in notes.fields):
        return
    about = [right for right in notes.rights if "Account" in right.targets]
    money = {"Transaction", "Transfer", "Payment", "Deposit", "Bank", "Loan", "Card"} & set(decision.chosen)
    closing = {"deactivate", "activate", "suspend", "ban", "block", "unblock", "disable", "enable", "lock", "unlock", "reactivate"}
    privileged = any(actor.split()[-1] in PRIVILEGED for right in about for actor in right.actors)
    managed = privileged and any(set(right.verbs) & {"manage", "delete", "create", "remove"} for right in about)
    if not money and (managed or any(set(right.verbs) & closing for right in about)):
        del decision.chosen["Account"]
        decision.renamed["Account"] = "User"
        notes.rights = [
            replace(right, targets=tuple("User" if target == "Account" else target for target in right.targets)) for right in notes.rights
        ]


def is_person(item: Chosen) -> bool:
    """Whether an entity is a kind of people."""
    low = words_of(item.name)[-1]
    if item.entry is not None:
        return "person" in item.entry.flags
    return low in PRIVILEGED or low in word_list("crowd") or low in word_list("kinds") or sounds_human(low)


def acts(notes: Notes, item: Chosen) -> list[RightNote]:
    """The rights of a kind of people."""
    own = " ".join(words_of(item.name))
    return [right for right in notes.rights if own in right.actors and _does(right)]


def _seen_as_own(notes: Notes, item: Chosen) -> list[RightNote]:
    """`Owners see only their own pets`: whoever has things of their own to see logs in."""
    own = " ".join(words_of(item.name))
    return [right for right in notes.rights if own in right.actors and right.own and right.only]


def _does(right: RightNote) -> bool:
    classes = lexicon().verb_classes
    return right.modal or any(classes.get(verb.split("_")[0], frozenset[str]()) & _DOING for verb in right.verbs)


def _only_acts(notes: Notes, decision: Decision, item: Chosen) -> bool:
    if item.declared or any(concept == item.name for concept, _ in notes.fields):
        return False
    if any(item.name == relation.target and relation.word in {"many_to_many", "has_many"} for relation in notes.relations) and (
        words_of(item.name)[-1] in word_list("makers")
    ):
        return False
    if item.entry is not None and any(item.name == relation.source and relation.word == "has_many" for relation in notes.relations):
        return False
    if words_of(item.name)[-1] in word_list("sides") and "User" in notes.candidates and item.name not in notes.kept:
        return True
    towards = [right for right in notes.rights if item.name in right.targets]
    if any(set(right.verbs) & _KEEPING and not right.negated for right in towards):
        return False
    if _is_subject(notes, decision, item):
        return False
    followed = item.name not in notes.kept and any(set(right.verbs) & _TOWARDS for right in towards)
    if followed and words_of(item.name)[-1] in word_list("crowd"):
        return True
    plain = word_list("anyone") | (word_list("crowd") if item.name not in notes.kept else frozenset[str]())
    told = [right for right in notes.rights if " ".join(words_of(item.name)) in right.actors]
    looking = bool(told) and words_of(item.name)[-1].lower() in plain and all(set(right.verbs) <= VIEWING for right in told)
    return looking or _is_crowd(notes, item) or (bool(acts(notes, item)) and _by_role(notes, item))


def _by_role(notes: Notes, item: Chosen) -> bool:
    """Whether the prompt speaks of these people as a role: it lists them as one, tells their story, or is strict about who may do what."""
    own = " ".join(words_of(item.name))
    strict = any(right.only or (right.negated and right.modal) for right in notes.rights)
    unknown = item.entry is None and words_of(item.name)[-1] in word_list("crowd")
    return unknown or own in notes.listed or strict


def _is_subject(notes: Notes, decision: Decision, item: Chosen) -> bool:
    """Whether others keep rows about these people, which they may see as their own: the grades of a student."""
    if item.entry is None or item.entry.flags >= {"person", "public"}:
        return False
    own = " ".join(words_of(item.name))
    name = snake(item.entry.name)
    for other in decision.chosen.values():
        if other.entry is None or f":{item.entry.name}!" not in other.entry.relations or f"@{name}" in other.entry.relations.split():
            continue
        makers = {actor for right in notes.rights if other.name in right.targets and set(right.verbs) & CREATING for actor in right.actors}
        seen = any(
            other.name in right.targets and own in right.actors and right.own and set(right.verbs) <= VIEWING for right in notes.rights
        )
        if own not in makers and (seen or makers - word_list("crowd") - PRIVILEGED) and "public" not in other.entry.flags:
            return True
    return False


def _is_crowd(notes: Notes, item: Chosen) -> bool:
    """`other cooks`, `fellow readers`, `among flatmates`: plain users by another name, of whom nothing is kept."""
    words = words_of(item.name)
    named = notes.prompt[max((item.span.start if item.span else 0) - 8, 0) : item.span.start if item.span else 0].lower()
    if words[-1] in word_list("peers") and "User" in notes.candidates and item.name not in notes.kept:
        return True
    return words[-1] in word_list("crowd") and named.rstrip().endswith(("other", "fellow"))


def link_people(draft: Draft, notes: Notes, decision: Decision) -> None:
    """Ties people with an entity of their own to their account: those who act on what is theirs own it, the others may have one."""
    if draft.account is None:
        return
    for entity in draft.entities.values():
        item = decision.chosen[entity.name]
        if entity.name == draft.account or not is_person(item):
            continue
        linked = entity.relations.get("user")
        if linked is not None and linked.target == draft.account and entity.owned_via == "user":
            entity.relations["user"] = linked.model_copy(update={"kind": "one_to_one", "required": True, "on_delete": "cascade"})
        own = [item for item in entity.relations.values() if item.target == draft.account and item.name not in draft.folded.values()]
        if own or not entity.free("user"):
            continue
        rights = acts(notes, item) or _seen_as_own(notes, item)
        if not rights and snake(entity.name) not in draft.roles:
            continue
        subject = _is_subject(notes, decision, item)
        managed = any(entity.name in right.targets and set(right.verbs) & _KEEPING for right in notes.rights)
        origin = because(f"A {' '.join(words_of(entity.name)).lower()} logs in with an account.")
        if subject or (rights and not managed):
            entity.add_relation(
                Relation(name="user", kind="one_to_one", target=draft.account, required=True, on_delete="cascade", origin=origin)
            )
            entity.owned_via = "user"
        else:
            entity.add_relation(Relation(name="user", kind="one_to_one", target=draft.account, on_delete="set_null", origin=origin))


def settle_ownership(draft: Draft, notes: Notes, decision: Decision) -> None:
    """What only staff make belongs to nobody who made it, but to the people it is about, if they have a profile of their own."""
    if draft.account is None:
        return
    for entity in draft.entities.values():
        if entity.name == draft.account:
            continue
        makers = {
            actor
            for right in notes.rights
            if not right.negated and set(right.verbs) & (CREATING | {"manage", "maintain", "administer"})
            for actor in right.actors
            if entity.name in {decision.resolve(target) for target in right.targets}
        }
        owner = entity.relations.get(entity.owned_via or "")
        kept = {"admin", "moderator", "editor", "librarian", "receptionist", "manager", "nurse", "clerk", "staff", "superadmin", "operator"}
        if owner is not None and makers and makers <= kept and owner.target == draft.account and owner.origin.kind != "prompt":
            del entity.relations[owner.name]
            entity.owned_via = None
        profile = next(
            (
                item
                for item in entity.relations.values()
                if item.kind == "many_to_one"
                and item.required
                and item.target != draft.account
                and draft.entities[item.target].owned_via == "user"
            ),
            None,
        )
        owner = entity.relations.get(entity.owned_via or "")
        usual = owner is None or (owner.target == draft.account and owner.origin.kind != "prompt")
        if profile is not None and usual and (not entity.public or profile.name in makers) and not (makers and makers <= kept - {"nurse"}):
            if owner is not None:
                del entity.relations[owner.name]
            entity.relations[profile.name] = profile.model_copy(update={"on_delete": "cascade"})
            entity.owned_via = profile.name
    _drop_strangers(draft)


def _drop_strangers(draft: Draft) -> None:
    """A car has no customer where a rental ties the two."""
    for entity in draft.entities.values():
        for name, relation in list(entity.relations.items()):
            if (
                relation.target != draft.account
                or entity.owned_via == name
                or name not in draft.folded.values()
                or relation.origin.kind == "prompt"
            ):
                continue
            tied = [
                other
                for other in draft.entities.values()
                if other is not entity and other.leads_to(entity.name) and name in other.relations
            ]
            if tied:
                del entity.relations[name]
