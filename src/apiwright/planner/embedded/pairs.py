"""Pairs of actions: like and unlike, follow and unfollow, join and leave. Each has an entity with one row per pair."""

from apiwright.blueprint import Count, Field, Grant, Origin, PairAction, Relation
from apiwright.kit.casing import pascal, snake
from apiwright.planner.embedded.decision import Chosen, Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft, because
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.rights import grants_of
from apiwright.planner.embedded.words import table

_PAIRS = table("pairs")
_RECORDS = {
    name: verb for verb, (name, _, _) in reversed(_PAIRS.items()) if name in {"Like", "Follow", "Favorite", "Vote", "Bookmark", "Star"}
}
_PLANS = frozenset({"Plan", "MembershipPlan", "Newsletter"})
_COUNTED = frozenset({"like", "heart", "follow", "upvote", "star", "subscribe", "join"})
_ELSEWHERE = frozenset({"save", "attend", "enroll", "enrol", "vote"})

Deed = tuple[str, str, Span, tuple[Grant, ...]]


def add_pairs(draft: Draft, decision: Decision, notes: Notes) -> None:
    """`Users can like posts`: a like per user and post, made and undone by an action."""
    if draft.account is None:
        return
    deeds = _deeds(draft, decision, notes)
    for verb, subject, span, access in deeds:
        record = _PAIRS[verb][0]
        kinds = {other for name, other, _, _ in deeds if _PAIRS[name][0] == record and record != "Vote"}
        _make(draft, decision, verb, subject, draft.said(span), access, several=len(kinds) > 1)
    for entity in list(draft.entities.values()):
        if entity.entry is not None and entity.entry.name in _RECORDS and not entity.unique_together and not _carries(entity):
            _of_record(draft, entity)
    _votes(draft, notes)


def _deeds(draft: Draft, decision: Decision, notes: Notes) -> list[Deed]:
    """The verbs of pairs with what they are done to, each once."""
    found: dict[tuple[str, str], Deed] = {}
    main = ""
    for right in notes.rights:
        targets = [name for name in map(decision.resolve, right.targets) if name in draft.entities]
        for verb in right.verbs:
            if right.negated or verb not in _PAIRS:
                continue
            record = _PAIRS[verb][0]
            meant = draft.account if verb == "follow" and draft.account else main  # `the tweets of those they follow`
            for target in targets or [meant]:
                entity, deed = draft.entities.get(target), verb
                if entity is not None and entity.entry is not None and entity.entry.name in {record, "Favorite", "Bookmark"} and main:
                    deed = _RECORDS.get(entity.entry.name, verb)
                    entity = draft.entities.get(main)
                if entity is None or not _suits(draft, deed, entity) or _is_of_profile(draft, decision, record, right.actors):
                    continue
                grants = {grant for actor in right.actors for grant in grants_of(draft, draft.entities[target or main], actor)}
                roles = tuple(sorted(grant for grant in grants if grant.startswith("role:")))
                access: tuple[Grant, ...] = roles if roles and "authenticated" not in grants else ("authenticated",)
                found.setdefault((_PAIRS[deed][0], entity.name), (deed, entity.name, right.span, access))
        ordinary = [name for name in targets if draft.entities[name].entry is None or "pair" not in draft.entities[name].entry.flags]  # type: ignore[union-attr]
        main = next((name for name in ordinary if name != draft.account), main)
    return list(found.values())


def _is_of_profile(draft: Draft, decision: Decision, record: str, actors: tuple[str, ...]) -> bool:
    """Whether the record is kept of people with a profile of their own (an enrollment of a student), not of accounts."""
    kept = {decision.resolve(pascal(actor)) for actor in actors} - {None, draft.account}
    entity = draft.entities.get(draft.by_entry(record) or "")
    return entity is not None and any(item.target in kept for item in entity.relations.values())


def _suits(draft: Draft, verb: str, entity: EntityDraft) -> bool:
    """Whether a verb said of an entity is a pair of actions. Some are everyday words, or leave a record with values of its own."""
    record = draft.entities.get(draft.by_entry(_PAIRS[verb][0]) or "")
    if record is entity or (record is not None and _carries(record)):
        return False
    if entity.name == draft.account:
        return verb == "follow"
    if entity.entry is not None and entity.entry.name in _PLANS:
        return False
    if verb == "save":
        return not entity.owned_via or entity.public
    if verb == "vote" and record is not None and not record.leads_to(entity.name):
        return False
    if verb in _ELSEWHERE - {"save"}:
        return record is not None and not _is_needed(draft, record)
    return True


def _carries(record: EntityDraft) -> bool:
    """Whether a record has values of its own, by the prompt."""
    return record.stated_fields or bool(record.transitions) or any(item.origin.kind == "prompt" for item in record.fields.values())


def _is_needed(draft: Draft, record: EntityDraft) -> bool:
    return any(item.target == record.name for entity in draft.entities.values() for item in entity.relations.values())


def _make(  # noqa: PLR0913, PLR0917 - a deed, and one flag
    draft: Draft, decision: Decision, verb: str, subject: str, origin: Origin, access: tuple[Grant, ...], *, several: bool
) -> None:
    record = _PAIRS[verb][0]
    existing = draft.entities.get(draft.by_entry(record) or "")
    if several or existing is None or existing.name != record:
        name = f"{subject}{record}" if several and subject != draft.account else record
        if existing is not None and existing.name != name and not existing.unique_together and not existing.stated_fields:
            del draft.entities[existing.name]
            decision.chosen.pop(existing.name, None)
        if name in draft.entities or len(name) > 47:
            return
        entity = EntityDraft(name=name, entry=None, origin=origin)
        draft.entities[name] = entity
        decision.chosen[name] = Chosen(name=name, entry=None, span=None)
    else:
        entity = existing
    if not entity.unique_together:
        _finish(draft, entity, subject, verb, access, origin)


def _of_record(draft: Draft, entity: EntityDraft) -> None:
    """A `Like` that the prompt names as a thing, beside exactly one thing to like, is a pair of actions too."""
    assert entity.entry is not None  # noqa: S101 - the caller looked
    verb = _RECORDS[entity.entry.name]
    targets = [item.target for item in entity.relations.values() if item.kind == "many_to_one" and item.required]
    subjects = [name for name in targets if name != draft.account]
    if verb == "follow" and targets.count(draft.account or "") == 2 and not subjects:
        _finish(draft, entity, draft.account or "", verb, ("authenticated",), entity.origin)
    elif (
        len(subjects) == 1
        and draft.account in targets
        and not any(item.required and item.default is None for item in entity.fields.values())
    ):
        _finish(draft, entity, subjects[0], verb, ("authenticated",), entity.origin)


def _finish(  # noqa: PLR0913, PLR0917 - the parts of a pair
    draft: Draft, entity: EntityDraft, subject: str, verb: str, access: tuple[Grant, ...], origin: Origin
) -> None:
    """Makes an entity hold one row per pair of (who acts, what is acted on), and gives the latter its two actions."""
    assert draft.account is not None  # noqa: S101 - the caller looked
    _, undo, counted = _PAIRS[verb]
    acted = draft.entities[subject]
    names = {name for item in acted.pair_actions for name in (item.name, item.undo)} | {item.name for item in acted.transitions}
    if {verb, undo} & names:
        return
    ends = ("follower", "followee") if subject == draft.account else (_actor(draft, entity, verb), snake(subject))
    reason = because(f"One row for each account and {snake(subject).replace('_', ' ')}.")
    entity.fields = {}
    entity.relations = {
        name: Relation(name=name, target=target, required=True, on_delete="cascade", origin=reason)
        for name, target in zip(ends, (draft.account, subject), strict=True)
    }
    entity.unique_together.append(ends)
    entity.owned_via = ends[0]
    entity.operations = ("read", "list")
    if verb == "join":
        acted.relations = {
            name: item for name, item in acted.relations.items() if item.kind != "many_to_many" or item.target != draft.account
        }
    acted.pair_actions.append(
        PairAction(name=verb, undo=undo, through=entity.name, actor=ends[0], subject=ends[1], access=access, origin=origin)
    )
    if verb in _COUNTED and acted.free(f"{counted}_count"):
        told = because(f"How often people {verb} it is shown with it.")
        acted.counts.append(Count(name=f"{counted}_count", source=entity.name, via=ends[1], origin=told))


def _actor(draft: Draft, entity: EntityDraft, verb: str) -> str:
    known = [item.name for item in entity.relations.values() if item.target == draft.account and item.kind == "many_to_one"]
    return known[0] if known and verb != "follow" else "follower" if verb == "follow" else "user"


def _votes(draft: Draft, notes: Notes) -> None:
    """`upvote and downvote` gives a vote a value, so it is made and changed like any other row."""
    verbs = {verb for right in notes.rights for verb in right.verbs}
    name = draft.by_entry("Vote")
    if "downvote" not in verbs or name is None:
        return
    vote = draft.entities[name]
    for entity in draft.entities.values():
        entity.pair_actions = [item for item in entity.pair_actions if item.through != name]
    vote.operations = ("create", "read", "list", "update", "delete")
    if vote.free("value"):
        origin = because("A vote is for or against.")
        vote.fields["value"] = Field(name="value", type="enum", values=("up", "down"), required=True, origin=origin)
