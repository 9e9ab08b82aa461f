"""Transitions: verbs of the prompt that move a state (approve, publish, mark as returned)."""

from collections.abc import Iterator

from msgspec import Struct

from apiwright.blueprint import Field, Origin, Transition
from apiwright.planner.embedded.access import may_act
from apiwright.planner.embedded.decision import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft, because
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.rights import Right, rights_on
from apiwright.planner.embedded.words import table, word_list

TARGETS = table("transitions")
_STARTS = table("starts")
_FINAL = word_list("final")
_ANEW = word_list("state_anew")
_CLOSING = frozenset({"deactivate", "suspend", "ban", "activate", "unban", "lock", "unlock"})
_PUT_AWAY = frozenset({"archive", "close"})
_RUNNING = frozenset({"start", "finish"})
_OPPOSITE = {"deactivate": "activate", "ban": "unban"}


class _Move(Struct, frozen=True):
    """A verb said of an entity; `spoken` tells that people were named who do it, `path` that it has an endpoint of its own."""

    name: str
    verb: str
    targets: tuple[str, ...]
    span: Span
    spoken: bool
    path: bool = False


def add_transitions(draft: Draft, decision: Decision, notes: Notes) -> None:
    """A status moves through actions where the prompt names them; the catalogue tells from which state."""
    for name, moves in _moves(draft, decision, notes).items():
        entity = draft.entities[name]
        anew = [move for move in moves if _enum(entity) is None and _may_begin(draft, entity, move)]
        if anew:
            _begin(draft, entity, anew)
        enum = _enum(entity)
        told = enum.values if enum is not None else ()
        for move in moves:
            _add(draft, rights_on(draft, decision, notes, entity, direct=True), entity, move, told=told)
        entity.transitions = [_reachable(entity, item) for item in entity.transitions]


def _moves(draft: Draft, decision: Decision, notes: Notes) -> dict[str, list[_Move]]:
    found: dict[str, list[_Move]] = {}
    for move, targets in _said(notes):
        for name in dict.fromkeys(filter(None, map(decision.resolve, targets))):
            moves = found.setdefault(name, [])
            if all(other.name != move.name for other in moves):
                moves.append(move)
    for name, moves in found.items():
        opposite = next((_OPPOSITE[move.verb] for move in moves if name == draft.account and move.verb in _OPPOSITE), None)
        if opposite is not None and all(move.verb != opposite for move in moves):
            moves.append(_Move(name=opposite, verb=opposite, targets=TARGETS[opposite], span=moves[0].span, spoken=True))
    return found


def _said(notes: Notes) -> Iterator[tuple[_Move, tuple[str, ...]]]:
    """What moves, and whose state: by those who do it, by an endpoint, or in passing."""
    for right in notes.rights:
        for verb in right.verbs if not right.negated else ():
            if right.value:
                name = f"mark_{right.value}"[:48].strip("_")
                yield _Move(name=name, verb=verb, targets=(right.value,), span=right.span, spoken=True), right.targets
            elif verb in TARGETS:
                yield _Move(name=verb, verb=verb, targets=TARGETS[verb], span=right.span, spoken=True), right.targets
    for action in sorted(notes.actions, key=lambda item: not item.path):
        if action.verb in TARGETS and not action.negated:
            move = _Move(name=action.verb, verb=action.verb, targets=TARGETS[action.verb], span=action.span, spoken=False, path=action.path)
            yield move, (action.target,)


def _enum(entity: EntityDraft) -> Field | None:
    return next((item for item in entity.fields.values() if item.type == "enum" and item.name.endswith(("status", "state", "stage"))), None)


def _may_begin(draft: Draft, entity: EntityDraft, move: _Move) -> bool:
    """Whether a verb speaks for a state that nothing else tells of."""
    if not entity.free("status") or not (move.path or (move.spoken and draft.account is not None)):
        return False
    if any(
        item.type == "boolean" and item.name.removeprefix("is_") in {*move.targets, "done", "complete"} for item in entity.fields.values()
    ):
        return False
    if entity.name == draft.account:
        return move.verb in _CLOSING
    return move.verb in _ANEW or move.name.startswith("mark_") or (move.path and move.verb in _RUNNING)


def _begin(draft: Draft, entity: EntityDraft, moves: list[_Move]) -> None:
    """Gives an entity the state that its actions move: where it starts, and where each of them leads."""
    targets = [move.targets[0] for move in moves]
    starts = [_STARTS.get(move.verb, ("pending",))[0] for move in moves]
    begins = [value for value in starts if value not in targets]
    begins += [value for value, target in zip(starts, targets, strict=True) if value != target]  # what is closed is opened again
    start = next(iter(begins), "active" if "active" in starts else "pending")
    values = tuple(dict.fromkeys((start, *targets)))
    entity.fields["status"] = Field(name="status", type="enum", values=values, default=start, origin=draft.said(moves[0].span))


def _add(draft: Draft, rights: list[Right], entity: EntityDraft, move: _Move, *, told: tuple[str, ...]) -> None:
    """Adds the action, and the state that it leads to where those `told` lack it."""
    enum = _enum(entity)
    if enum is None or (move.verb == "submit" and "draft" not in enum.values):
        return
    target = next((value for value in enum.values if value.lower().replace(" ", "_").replace("-", "_") in move.targets), None)
    if target is None:
        if not _may_add(move):
            return
        target = move.targets[0]
        enum = enum.model_copy(update={"values": (*enum.values, target)})
        entity.fields[enum.name] = enum
    if any(item.name == move.name or (item.target == target and move.name.startswith("mark_")) for item in entity.transitions):
        return
    sources, stamp = _known(entity, move, told)
    if target not in told:
        sources = _before(sources, move, told)
    stamp = stamp or next((name for name in (f"{target}_at", f"{target}ed_at") if name in entity.fields), None)
    access = may_act(draft, entity, rights, move.verb) if draft.account is not None else ("public",)
    if enum.default is None:
        entity.fields[enum.name] = enum.model_copy(update={"default": enum.values[0], "required": False})
    entity.transitions.append(
        Transition(
            name=move.name, field=enum.name, sources=tuple(value for value in sources if value != target), target=target,
            access=access, stamp=stamp, origin=_origin(draft, move),
        )
    )  # fmt: skip


def _before(sources: tuple[str, ...], move: _Move, told: tuple[str, ...]) -> tuple[str, ...]:
    """Where a state is reached from that was not told among the others: not from the last of them, which usually ends the matter."""
    if move.verb in _PUT_AWAY:
        return told
    return sources[:-1] if len(sources) > 1 and sources[-1] == told[-1] else sources


def _reachable(entity: EntityDraft, moved: Transition) -> Transition:
    """Lets an action begin where rows can be: a state that no other action leads to would be waited for in vain."""
    enum = entity.fields[moved.field]
    there = {str(enum.default), *(item.target for item in entity.transitions if item.field == moved.field)}
    if not moved.sources or set(moved.sources) & there:
        return moved
    more = {value for value in there if value.lower() not in _FINAL and value != moved.target}
    return moved.model_copy(update={"sources": tuple(value for value in enum.values if value in more or value in moved.sources)})


def _may_add(move: _Move) -> bool:
    return (move.spoken or move.path) and (move.verb in _ANEW or move.name.startswith("mark_"))


def _origin(draft: Draft, move: _Move) -> Origin:
    if move.verb in _OPPOSITE.values() and move.verb not in draft.prompt.lower():
        return because("What can be switched off can be switched on again.")
    return draft.said(move.span)


def _known(entity: EntityDraft, move: _Move, values: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """From which values an action moves, and the field that takes the moment: as the catalogue knows, else by the verb."""
    for line in entity.entry.transitions if entity.entry is not None else ():
        name, _, moves, *stamp = line.split()
        sources = tuple(value for value in moves.split(">")[0].split(",") if value in values)
        if name == move.verb and sources:
            return sources, stamp[0] if stamp and stamp[0] in entity.fields else None
    start, *usual = _STARTS.get(move.verb, ("",))
    sources = tuple(value for value in values if value.lower() in usual) or tuple(value for value in values if value.lower() == start)
    if sources and move.verb not in {"cancel", "archive"}:
        return sources, None
    return tuple(value for value in values if value.lower() not in _FINAL and value.lower() not in move.targets), None
