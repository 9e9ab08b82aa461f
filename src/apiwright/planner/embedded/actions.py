"""Actions: transitions of a status (approve, publish, cancel) and pairs of actions (like and unlike)."""

from apiwright.blueprint import Grant, PairAction, Relation, Transition
from apiwright.kit.casing import snake
from apiwright.planner.embedded.decide import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft, because
from apiwright.planner.embedded.notes import Notes
from apiwright.planner.embedded.words import table

TARGETS = table("transitions")
PAIRS = table("pairs")
_FIRST = frozenset({"draft", "pending", "new", "open", "requested", "submitted", "scheduled", "todo", "planned"})


def add_transitions(draft: Draft, decision: Decision, notes: Notes) -> None:
    """A status moves through actions where the prompt names them; the catalogue tells from which state."""
    for action in notes.actions:
        if action.negated or action.verb not in TARGETS:
            continue
        name = decision.resolve(action.target)
        entity = draft.entities.get(name or "")
        if entity is None or any(item.name == action.verb for item in entity.transitions):
            continue
        enum = next(
            (item for item in entity.fields.values() if item.type == "enum" and item.name.endswith(("status", "state", "stage"))), None
        )
        if enum is None:
            continue
        target = next((value for value in enum.values if value.lower().replace(" ", "_") in TARGETS[action.verb]), None)
        if target is None:
            continue
        sources, stamp = _known(entity, action.verb, enum.values)
        entity.transitions.append(
            Transition(
                name=action.verb, field=enum.name, sources=tuple(value for value in sources if value != target), target=target,
                access=_may(draft, entity, notes, action.verb), stamp=stamp, origin=draft.said(action.span),
            )
        )  # fmt: skip


def _known(entity: EntityDraft, verb: str, values: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    for line in entity.entry.transitions if entity.entry is not None else ():
        name, _, moves, *stamp = line.split()
        sources = tuple(value for value in moves.split(">")[0].split(",") if value in values)
        if name == verb and sources:
            return sources, stamp[0] if stamp and stamp[0] in entity.fields else None
    first = tuple(value for value in values[:1] if value.lower() in _FIRST)
    return first if verb in {"approve", "reject", "publish", "accept", "decline", "deny", "confirm"} else (), None


def _may(draft: Draft, entity: EntityDraft, notes: Notes, verb: str) -> tuple[Grant, ...]:
    if draft.account is None:
        return ("public",)
    roles: list[Grant] = []
    plain = False
    for action in notes.actions:
        if action.verb != verb or action.negated or notes.candidates.get(action.target) is None:
            continue
        actor = snake(action.actor)
        if actor in draft.roles:
            roles.append(f"role:{actor}")
        elif action.actor in {"User", draft.account} or action.theirs:
            plain = True
    mine: Grant = "owner" if entity.owned_via else "authenticated"
    return tuple(dict.fromkeys([*([mine] if plain or not roles else []), *roles]))


def add_pairs(draft: Draft, decision: Decision, notes: Notes) -> None:
    """`Users can like posts`: a like per user and post, made and undone by an action."""
    if draft.account is None:
        return
    for action in notes.actions:
        if (
            action.negated
            or action.verb not in PAIRS
            or (action.actor not in {"", "User", draft.account} and decision.resolve(action.actor) is None)
        ):
            continue
        subject = draft.account if action.target in {"User", draft.account} else decision.resolve(action.target)
        through = PAIRS[action.verb][0]
        entity = draft.entities.get(draft.by_entry(through) or "")
        if (
            subject is None
            or subject not in draft.entities
            or entity is None
            or entity.name == subject
            or (entity.owned_via is None and subject != draft.account and not entity.leads_to(draft.account))
        ):
            continue
        _pair(draft, entity, subject, action.verb)
    for entity in draft.entities.values():
        if entity.entry is not None and "pair" in entity.entry.flags and entity.origin.kind != "user":
            _pair_of_entry(draft, entity)


def _pair_of_entry(draft: Draft, entity: EntityDraft) -> None:
    """A `Like` that the prompt names as a thing, beside exactly one thing to like, is a pair of actions too."""
    assert entity.entry is not None  # noqa: S101 - the caller looked
    verb = {"Like": "like", "Follow": "follow", "Favorite": "favorite", "Vote": "vote"}.get(entity.entry.name)
    if verb is None or entity.unique_together:
        return
    targets = [relation for relation in entity.relations.values() if relation.kind == "many_to_one" and relation.required]
    accounts = [relation for relation in targets if relation.target == draft.account]
    subjects = [relation for relation in targets if relation.target != draft.account]
    if verb == "follow" and len(accounts) == 2 and draft.account:
        _finish(draft, entity, (accounts[0], accounts[1]), verb)
    elif len(accounts) == 1 and len(subjects) == 1:
        _finish(draft, entity, (accounts[0], subjects[0]), verb)


def _pair(draft: Draft, entity: EntityDraft, subject: str, verb: str) -> None:
    accounts = [relation for relation in entity.relations.values() if relation.target == draft.account and relation.kind == "many_to_one"]
    if not accounts or entity.unique_together:
        return
    if subject == draft.account:
        if len(accounts) > 1:
            _finish(draft, entity, (accounts[0], accounts[1]), verb)
        return
    relation = next((item for item in entity.relations.values() if item.target == subject and item.kind == "many_to_one"), None)
    if relation is None:
        origin = because(f"A {verb} is of something.")
        relation = Relation(name=snake(subject), target=subject, required=True, on_delete="cascade", origin=origin)
        if not entity.add_relation(relation):
            return
    others = [item for item in entity.relations.values() if item.name not in {accounts[0].name, relation.name} and item.required]
    if not others:
        _finish(draft, entity, (accounts[0], relation), verb)


def _finish(draft: Draft, entity: EntityDraft, pair: tuple[Relation, Relation], verb: str) -> None:
    """Makes an entity hold one row per pair of (who acts, what is acted on), and gives the latter its two actions."""
    if any(item.required and item.default is None for item in entity.fields.values()):
        return
    actor, subject = pair
    for relation in pair:
        entity.relations[relation.name] = relation.model_copy(update={"required": True, "on_delete": "cascade"})
    entity.unique_together.append((actor.name, subject.name))
    entity.owned_via = actor.name
    entity.operations = ("read", "list")
    acted = draft.entities[subject.target]
    undo = PAIRS[verb][1]
    if not any(item.name in {verb, undo} for item in acted.pair_actions):
        acted.pair_actions.append(
            PairAction(name=verb, undo=undo, through=entity.name, actor=actor.name, subject=subject.name, origin=entity.origin)
        )
