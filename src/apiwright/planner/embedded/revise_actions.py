"""Requests about actions: likes and follows, changes of state, soft delete."""

import re

from apiwright.blueprint import Count, Entity, Field, PairAction, Relation, Transition
from apiwright.blueprint.base import OPERATIONS, Grant, Operation
from apiwright.blueprint.changes import (
    AddCount,
    AddEntity,
    AddField,
    AddPairAction,
    AddTransition,
    AlterField,
    AlterTransition,
    ChangeOperations,
    RemoveField,
    RemoveTransition,
)
from apiwright.blueprint.model import Access
from apiwright.kit.casing import snake
from apiwright.kit.inflection import plural
from apiwright.planner.embedded.revise_access import said_grants
from apiwright.planner.embedded.revise_removal import remove_entity
from apiwright.planner.embedded.revise_scene import Scene, UnclearError, plain
from apiwright.planner.embedded.revise_whole import ensure_auth
from apiwright.planner.embedded.words import lexicon, table

_FIRST = ("pending", "open", "draft", "new", "active")


def _pair(match: re.Match[str], scene: Scene) -> bool:
    """`let users like posts`, `users can follow each other`, `add likes to posts`."""
    verb = match["verb"].lower()
    if (who := match.groupdict().get("who")) and not _is_people(scene, who):
        return False
    auth = ensure_auth(scene)
    subject = scene.entity(auth.entity if re.fullmatch(r"each other|one another", match["what"].strip(), re.IGNORECASE) else match["what"])
    noun, undo, *_ = table("pairs")[verb]
    if any(item.name == verb for item in subject.pair_actions):
        raise UnclearError(f"Users can {verb} a {subject.name} already.")
    name = (
        f"{subject.name}{noun}"
        if scene.blueprint.entity(noun) is not None or noun in {"Like", "Favorite", "Bookmark", "Star", "Vote"}
        else noun
    )
    if scene.blueprint.entity(name) is not None:
        raise UnclearError(f"There is {name} already.")
    target = snake(subject.name) if subject.name != auth.entity else "subject"
    actor = snake(auth.entity) if subject.name != auth.entity else "actor"
    origin = scene.origin(match[0])
    links = (
        Relation(name=actor, target=auth.entity, required=True, on_delete="cascade", origin=origin),
        Relation(name=target, target=subject.name, required=True, on_delete="cascade", origin=origin),
    )
    access = Access(create=("authenticated",), read=("owner",), list=("owner",), update=("owner",), delete=("owner",))
    through = Entity(
        name=name, relations=links, owned_via=actor, operations=("list",), access=access, unique_together=((actor, target),), origin=origin
    )
    pair = PairAction(name=verb, undo=undo, through=name, actor=actor, subject=target, origin=origin)
    count = Count(name=f"{snake(plural(noun))}_count", source=name, via=target, origin=origin)
    scene.make(AddEntity(entity=through), AddPairAction(entity=subject.name, item=pair))
    if not any(item.name == count.name for item in (*subject.counts, *subject.fields, *subject.relations)):
        scene.make(AddCount(entity=subject.name, item=count))
    return True


def _is_people(scene: Scene, words: str) -> bool:
    if plain(words) in {"user", "users", "people", "everybody", "everyone", "member", "members", "somebody", "they"}:
        return True
    entity = scene.find_entity(words)
    return entity is not None and scene.blueprint.auth is not None and entity.name == scene.blueprint.auth.entity


def _no_pair(match: re.Match[str], scene: Scene) -> bool:
    """`users can no longer like posts`, `remove likes from posts`."""
    verb = match["verb"].lower()
    whats = [scene.entity(match["what"])] if match["what"] else list(scene.blueprint.entities)
    found = [(entity, item) for entity in whats for item in entity.pair_actions if item.name == verb]
    if not found:
        return False
    for _, item in found:
        remove_entity(scene, item.through)
    return True


def _transition(match: re.Match[str], scene: Scene) -> bool:
    """`admins can approve orders`, `nurses can confirm and cancel visits`, `orders can be cancelled by their owner`."""
    return all(_move(match, scene, _base(verb)) for verb in _told(match["verb"]))


def _told(words: str) -> list[str]:
    """What a list names: `confirm, hold and cancel`."""
    return [word for word in re.split(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+", words.lower()) if word]


def _move(match: re.Match[str], scene: Scene, verb: str) -> bool:
    targets = table("transitions").get(verb)
    if targets is None or scene.find_entity(match["entity"]) is None:
        return False
    entity = scene.entity(match["entity"])
    who = match.groupdict().get("who") or ""
    access: tuple[Grant, ...] = ("authenticated",) if scene.blueprint.auth else ("public",)
    if who:
        access = ("owner",) if match.groupdict().get("own") else said_grants(scene, who, entity)
    if "owner" in access and scene.entity(entity.name).owned_via is None:
        raise UnclearError(f"No {entity.name} has an owner.")
    known = _known(scene.entity(entity.name), verb)
    if known is not None:
        grants = (
            access
            if match.groupdict().get("only") or not who
            else tuple(dict.fromkeys((*(g for g in known.access if g != "public"), *access)))
        )
        if set(grants) == set(known.access):
            raise UnclearError(f"{entity.name} has the action {verb} already.")
        scene.make(AlterTransition(entity=entity.name, before=known, after=known.model_copy(update={"access": grants})))
        return True
    field, target = _state(scene, entity, targets, match[0])
    move = Transition(name=verb, field=field.name, target=target, access=access, origin=scene.origin(match[0]))
    scene.make(AddTransition(entity=entity.name, item=move))
    return True


def _not_move(match: re.Match[str], scene: Scene) -> bool:
    """`receptionists may not cancel appointments`: whoever else may, still may."""
    role = scene.role(match["who"])
    if role is None or scene.find_entity(match["entity"]) is None:
        return False
    entity = scene.entity(match["entity"])
    for verb in map(_base, _told(match["verb"])):
        move = _known(entity, verb)
        if move is None:
            raise UnclearError(f"{entity.name} has no action {verb!r}.")
        if {"public", "authenticated"} & set(move.access):
            raise UnclearError(f"Whoever is logged in may {verb} a {entity.name}; say who alone may.")
        _alter(scene, entity, move, access=tuple(grant for grant in move.access if grant != f"role:{role}"))
    return True


def _from_states(match: re.Match[str], scene: Scene) -> bool:
    """`only pending orders can be cancelled`: where an action begins, which is added where it is missing."""
    verb = _base(match["verb"].lower())
    if scene.find_entity(match["entity"]) is None:
        return False
    if _known(scene.entity(match["entity"]), verb) is None and not _move(match, scene, verb):
        return False
    entity = scene.entity(match["entity"])
    move = _known(entity, verb)
    field = entity.field(move.field) if move else None
    if move is None or field is None:
        return False
    values = {value.lower().replace("_", " "): value for value in field.values}
    said = _told(match["states"].replace("_", " "))
    if unknown := [state for state in said if state not in values]:
        raise UnclearError(f"{field.name} has no value {unknown[0]!r}.")
    _alter(scene, entity, move, sources=tuple(values[state] for state in said))
    return True


def _known(entity: Entity, verb: str) -> Transition | None:
    return next((item for item in entity.transitions if item.name == verb), None)


def _alter(scene: Scene, entity: Entity, move: Transition, **rules: tuple[str, ...]) -> None:
    """Alter an action; nothing when it is so already."""
    after = move.model_copy(update=rules)
    if after != move:
        scene.make(AlterTransition(entity=entity.name, before=move, after=after))


def _state(scene: Scene, entity: Entity, targets: tuple[str, ...], words: str) -> tuple[Field, str]:
    """The enum that an action moves, with the value it leads to; both are added where they are missing."""
    now = scene.entity(entity.name)
    field = next((item for item in now.fields if item.type == "enum" and item.name.endswith(("status", "state", "stage"))), None)
    if field is None:
        if now.field("status") is not None or now.relation("status") is not None:
            raise UnclearError(f"{entity.name}.status is no list of values.")
        first = _FIRST[0] if targets[0] != _FIRST[0] else _FIRST[1]
        field = Field(name="status", type="enum", values=(first, targets[0]), default=first, origin=scene.origin(words))
        scene.make(AddField(entity=entity.name, item=field))
        return field, targets[0]
    target = next((value for value in field.values if value.lower().replace(" ", "_").replace("-", "_") in targets), None)
    values = field.values if target else (*field.values, targets[0])
    default = field.default if field.default is not None else next((value for value in values if value.lower() in _FIRST), values[0])
    after = field.model_copy(update={"values": values, "default": default})
    if after != field:
        scene.make(AlterField(entity=entity.name, before=field, after=after))
    return after, target or targets[0]


def _no_transition(match: re.Match[str], scene: Scene) -> bool:
    """`orders can no longer be cancelled`, `remove the action approve from orders`."""
    verb = _base(match["verb"].lower())
    if match["entity"] and scene.find_entity(match["entity"]) is None:
        return False
    whats = [scene.entity(match["entity"])] if match["entity"] else list(scene.blueprint.entities)
    found = [(entity, item) for entity in whats for item in entity.transitions if item.name == verb]
    scene.make(*(RemoveTransition(entity=entity.name, item=item) for entity, item in found))
    return bool(found)


def _soft_delete(match: re.Match[str], scene: Scene) -> bool:
    """Rows are put in the bin and taken out again; the API no longer deletes them for good."""
    said = match["entity"]
    auth = scene.blueprint.auth
    holders = {item.through for entity in scene.blueprint.entities for item in entity.pair_actions}
    named = [scene.entity(said)] if said and plain(said) not in {"everything", "all", "all entities", "entities", "rows"} else None
    entities = named or [item for item in scene.blueprint.entities if item.name not in holders and "delete" in item.operations]
    entities = [item for item in entities if named or auth is None or item.name != auth.entity]
    for entity in entities:
        if entity.field("record_state") is not None:
            raise UnclearError(f"{entity.name} has soft delete already.")
        _bin(scene, entity, match[0])
    return bool(entities)


def _bin(scene: Scene, entity: Entity, words: str) -> None:
    origin, access = scene.origin(words), entity.access.delete
    state = Field(name="record_state", type="enum", values=("active", "deleted"), default="active", indexed=True, origin=origin)
    moment = Field(name="deleted_at", type="datetime", origin=origin)
    fields = [item for item in (state, moment) if entity.field(item.name) is None]
    moves = (
        Transition(name="trash", field=state.name, sources=("active",), target="deleted", access=access, stamp=moment.name, origin=origin),
        Transition(name="restore", field=state.name, sources=("deleted",), target="active", access=access, origin=origin),
    )
    scene.make(*(AddField(entity=entity.name, item=item) for item in fields))
    taken = {item.name for item in entity.transitions}
    scene.make(*(AddTransition(entity=entity.name, item=item) for item in moves if item.name not in taken))
    kept: tuple[Operation, ...] = tuple(item for item in entity.operations if item != "delete")
    if kept != entity.operations:
        scene.make(ChangeOperations(entity=entity.name, before=entity.operations, after=kept))


def _no_soft_delete(match: re.Match[str], scene: Scene) -> bool:
    """Rows are deleted for good again; those in the bin are rows like others from then on."""
    entities = [scene.entity(match["entity"])] if match["entity"] else list(scene.blueprint.entities)
    soft = [(entity, state) for entity in entities if (state := entity.field("record_state")) is not None]
    if not soft:
        raise UnclearError("Nothing has soft delete")
    for entity, state in soft:
        moves = [move for move in entity.transitions if move.field == state.name]
        fields = [field for field in (state, entity.field("deleted_at")) if field is not None]
        scene.make(*(RemoveTransition(entity=entity.name, item=move) for move in moves))
        scene.make(*(RemoveField(entity=entity.name, item=field) for field in fields))
        if "delete" not in entity.operations:
            after: tuple[Operation, ...] = tuple(item for item in OPERATIONS if item in {*entity.operations, "delete"})
            scene.make(ChangeOperations(entity=entity.name, before=entity.operations, after=after))
    return True


def _base(form: str) -> str:
    """The verb of a form: `cancelled` -> `cancel`, `paid` -> `pay`."""
    known = lexicon().base(form)
    if known is not None:
        return known
    return next(
        (verb for verb in table("transitions") if form in {verb, f"{verb}ed", f"{verb}d", f"{verb}{verb[-1]}ed", f"{verb[:-1]}ied"}), form
    )


_I = re.IGNORECASE
_MAY = r"(?:may|can|should be able to|should be allowed to|are allowed to|is allowed to|must be able to|should)"
_MOVES = "|".join(sorted(table("transitions"), key=len, reverse=True))
_SEVERAL = rf"(?:{_MOVES})(?:(?:\s*,\s*(?:and |or )?|\s+(?:and|or)\s+)(?:{_MOVES}))*"
_PAIRS = "|".join(sorted(table("pairs"), key=len, reverse=True))
ACTIONS = (
    (re.compile(r"(?:remove|drop|disable|stop|no(?: more)?|turn off|do not use|don't use|without) soft[- ]delet(?:e|es|ion|ing)(?: (?:from|for|on|of) (?P<entity>[\w ]+))?", _I), _no_soft_delete),
    (re.compile(r"(?:add|introduce|use|implement|enable|support|we need|i need|i want|we want) soft[- ]delet(?:e|es|ion|ing)(?: (?:to|for|on|of) (?P<entity>[\w ]+))?", _I), _soft_delete),
    (re.compile(r"soft[- ]delete (?P<entity>[\w ]+?)(?: instead of deleting (?:it|them)| instead)?", _I), _soft_delete),
    (re.compile(r"(?:the )?(?P<entity>[\w ]+?) should be soft[- ]deleted(?: instead.*)?", _I), _soft_delete),
    (re.compile(rf"(?:let|allow|permit)\s+(?P<who>[\w ]+?)\s+(?:to\s+)?(?P<verb>{_PAIRS})\s+(?:the |a |an |other )?(?P<what>[\w ]+)", _I), _pair),
    (re.compile(rf"(?P<who>[\w ]+?)\s+{_MAY}\s+(?:also\s+)?(?P<verb>{_PAIRS})\s+(?:the |a |an |other )?(?P<what>[\w ]+)", _I), _pair),
    (re.compile(rf"(?:the |a |an |all )?(?P<what>[\w ]+?)\s+(?:can|may|should)\s+be\s+(?P<verb>{_PAIRS})(?:d|ed|red|ned)\s+by\s+(?:the |a |other )?(?P<who>[\w ]+)", _I), _pair),
    (re.compile(rf"(?:the |a |an |all )?(?P<what>[\w ]+?)\s+(?:(?:can|may|should|must)\s+)?(?:have|get|need|gets|has)\s+(?P<verb>{_PAIRS})s", _I), _pair),
    (re.compile(rf"add\s+(?:a\s+)?(?P<verb>{_PAIRS})(?:s|es)?\s+to\s+(?:the |a )?(?P<what>[\w ]+)", _I), _pair),
    (re.compile(rf"(?:remove|drop|delete|no more)\s+(?:the )?(?P<verb>{_PAIRS})(?:s|es)?(?:\s+(?:from|of|on)\s+(?P<what>[\w ]+))?", _I), _no_pair),
    (re.compile(rf"(?:users|people|they|[\w ]+?)\s+(?:can(?:not| not|'t)|may not|should not|can no longer|may no longer|shouldn't|should no longer)(?: be able to)?\s+(?P<verb>{_PAIRS})\s+(?:the |a |other )?(?P<what>[\w ]+?)(?: any ?more)?", _I), _no_pair),
    (re.compile(rf"(?:the |a |an |all )?(?P<who>[\w\- ]+?) (?:can(?:not| not|'t)|may not|must not|should not|can no longer|may no longer|are not allowed to|is not allowed to|shouldn't|mustn't|should no longer) (?:be able to )?(?P<verb>{_SEVERAL}) (?:the |a |an |all |any )?(?P<entity>[\w\- ]+?)(?: any ?more)?", _I), _not_move),
    (re.compile(r"only (?P<states>[\w\-]+(?:(?:, | or | and )[\w\-]+)*) (?P<entity>[\w\- ]+?) (?:can|may|should|must) be (?P<verb>[a-z]+(?:ed|ned|led|en|id))", _I), _from_states),
    (re.compile(rf"(?P<only>only |just )?(?:the |a |an )?(?P<who>[\w\-, ]+?) {_MAY} (?:also )?(?P<verb>{_SEVERAL}) (?:the |a |an |all |(?P<own>their own |their |his own |her own ))?(?P<entity>[\w\- ]+)", _I), _transition),
    (re.compile(rf"(?:let|allow|permit) (?P<only>only )?(?:the |a |an )?(?P<who>[\w\-, ]+?) (?:to )?(?P<verb>{_SEVERAL}) (?:the |a |an |all |(?P<own>their own |their |his own |her own ))?(?P<entity>[\w\- ]+)", _I), _transition),
    (re.compile(r"(?:the |a |an |all )?(?P<entity>[\w\- ]+?) (?:can|may|should|must)(?: also)? (?P<only>only )?be (?P<verb>[a-z]+(?:ed|ned|led|en|id))(?: (?:only )?by (?P<who>[\w\-, ]+))?", _I), _transition),
    (re.compile(r"(?:the |a |an |all )?(?P<entity>[\w\- ]+?) (?:can(?:not| not|'t)|can no longer|may no longer|may not|should not|should no longer) be (?P<verb>[a-z]+(?:ed|ned|led|en|id))(?: any ?more)?", _I), _no_transition),
    (re.compile(r"(?:remove|drop|delete) the (?:action|transition) (?P<verb>\w+)(?: (?:from|of) (?P<entity>[\w ]+))?", _I), _no_transition),
    (re.compile(rf"add (?:an? )?(?:action|transition)(?: to)? (?P<verb>{_MOVES})(?: (?:to|for|on) | (?=\w))(?P<entity>[\w ]+)", _I), _transition),
)  # fmt: skip
