"""Rights, resolved: the grants that the prompt's sentences give on each entity."""

from collections.abc import Iterator

from msgspec import Struct

from apiwright.blueprint import Grant, Operation
from apiwright.kit.casing import snake, words_of
from apiwright.planner.embedded.decision import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft
from apiwright.planner.embedded.notes import Notes, RightNote
from apiwright.planner.embedded.words import lexicon, table, word_list

CREATING = frozenset({
    "create", "add", "post", "write", "upload", "submit", "publish", "register", "issue", "record", "log", "organize",
    "organise", "list", "share", "make", "prescribe", "place", "raise", "file", "book", "enter", "propose", "compose",
    "draft", "open", "report", "request", "start", "launch", "take",
})  # fmt: skip
CHANGING = frozenset({
    "update", "edit", "modify", "change", "grade", "score", "adjust", "correct", "set", "fill", "assign", "moderate",
})  # fmt: skip
DELETING = frozenset({"delete", "remove", "erase"})
VIEWING = frozenset({
    "view", "see", "read", "browse", "search", "list", "access", "find", "look", "explore", "filter", "watch",
    "monitor", "track", "check", "review", "inspect", "audit", "export", "download", "discover", "get",
})  # fmt: skip
MANAGING = frozenset({"manage", "maintain", "administer", "control", "handle", "curate", "organize", "organise"})


class Right(Struct, frozen=True):
    """What a sentence grants on one entity; `grants` is empty when it says that nobody may."""

    note: RightNote
    grants: tuple[Grant, ...]
    operations: frozenset[Operation]
    sweeping: bool


def rights_on(draft: Draft, decision: Decision, notes: Notes, entity: EntityDraft, *, direct: bool = False) -> list[Right]:
    """The rights that sentences give or take on an entity, in the order of the prompt; `direct` leaves deeds on what they name."""
    found: list[Right] = []
    for note in notes.rights:
        named = [decision.resolve(target) for target in note.targets]
        targets = set(named) if direct else {_record(draft, note, target) for target in named}
        sweeping = not note.targets
        shown = note.actors == ("everyone",) and (entity.public or entity.pair_actions)
        if entity.name not in targets and not (sweeping and (note.only or note.negated or shown)):
            continue
        grants = tuple(dict.fromkeys(grant for actor in note.actors for grant in grants_of(draft, entity, actor, own=note.own)))
        moved = {item.name for item in entity.transitions} - {"publish", "submit"}
        operations: frozenset[Operation] = frozenset(
            operation for verb in note.verbs if verb not in moved for operation in operations_of(verb)
        )
        if note.targets and entity.name not in named:
            operations = frozenset(("create",))
        found.append(Right(note=note, grants=grants, operations=operations, sweeping=sweeping))
    return found


def _record(draft: Draft, note: RightNote, target: str | None) -> str | None:
    """What a deed is done on: who books a room creates a booking, and who submits an assignment a submission."""
    if target is None or len(note.verbs) != 1:
        return target
    names = (*table("deeds").get(note.verbs[0], ()), *(("Submission",) if note.verbs[0] == "submit" else ()))
    records = [name for name in map(draft.by_entry, names) if name is not None and name in draft.entities]
    if target in records:
        return target
    return next((name for name in records if draft.entities[name].leads_to(target)), target)


def operations_of(verb: str) -> Iterator[Operation]:
    """The operations that a verb means."""
    if verb in CREATING or ("create" in lexicon().verb_classes.get(verb, frozenset[str]()) and verb not in CHANGING):
        yield "create"
    if verb in CHANGING or verb in MANAGING:
        yield "update"
    if verb in DELETING or verb in MANAGING:
        yield "delete"
    if verb in MANAGING:
        yield "create"
    if verb in VIEWING:
        yield "read"
        yield "list"


def grants_of(draft: Draft, entity: EntityDraft, actor: str, *, own: bool = False) -> tuple[Grant, ...]:
    """What a kind of people is called in grants; nothing when the blueprint does not know them."""
    last = actor.rsplit(maxsplit=1)[-1] if actor else ""
    role = snake(actor)
    if actor in {"nobody", "nobody else"} or not actor:
        return ()
    if role in draft.roles:
        return ("owner",) if own and entity.owned_via else (f"role:{role}",)
    if last in draft.roles:
        return (f"role:{last}",)
    if role == entity.owned_via:
        return ("owner",)
    if len(actor.split()) > 1 and last == "owner" and actor.split(maxsplit=1)[0] != words_of(entity.name)[-1]:
        return ()
    if last in {"owner", "author", "creator", "poster"} and (entity.owned_via or entity.name == draft.account):
        return ("owner",)
    account = actor in words_of(draft.account or "")
    if last in word_list("anyone") and not (account and last == "guest"):  # the guests of a hotel that log in are not just anybody
        return ("public",)
    if account or last in word_list("crowd") or last in {"member", "resident"}:
        return ("owner",) if own and entity.owned_via else ("authenticated",)
    return ()
