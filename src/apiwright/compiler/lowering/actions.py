"""Operations, transitions, pair actions and counts of an entity."""

from typing import Literal

from msgspec import Struct

from apiwright.blueprint import Count, Entity, Operation, PairAction, Transition
from apiwright.compiler.lowering.access import guard_of, problems, seen_by_all, signature, within
from apiwright.compiler.lowering.context import Context
from apiwright.compiler.lowering.naming import EntityNames, attribute, column, entity_named
from apiwright.compiler.lowering.relations import reference
from apiwright.compiler.project_model import (
    CountModel,
    FieldModel,
    Guard,
    OperationModel,
    PairActionModel,
    RelationModel,
    TransitionModel,
)
from apiwright.compiler.python_source import Code, docstring, identifier, literal, source
from apiwright.kit.casing import kebab, sentence, snake

ORDER: tuple[Operation, ...] = ("create", "list", "read", "update", "delete")
_SCOPE = Code(", *, owner_id: UUID | None = None")


class Subject(Struct, frozen=True, kw_only=True):
    """What the actions of one entity have in common.

    Attributes:
        conflicts: Whether storing a row can contradict what is stored.
        restricted: Whether deleting one can.
        reaches: Whether a payload's links are looked up within the caller's reach.
        direct: Whether create fills in the owner.
    """

    context: Context
    entity: Entity
    read_guard: Guard | None
    conflicts: bool
    restricted: bool
    reaches: bool
    direct: bool

    @property
    def own(self) -> EntityNames:
        """The entity's own names."""
        return self.context.names[self.entity.name]

    def errors(self, guard: Guard, *, row: bool, body: bool = False) -> set[int]:
        """Error statuses that follow from who may call, and from what is sent."""
        statuses = {422}
        if guard.login:
            statuses.add(401)
        if guard.role_only:
            statuses.add(403)
        if row:
            statuses.add(404)
        if body:
            statuses |= {400, 413}
        return statuses

    def hidden(self, guard: Guard) -> Literal[403, 404]:
        """What a caller is told of a row that only its owner may reach."""
        return 403 if guard.owner and seen_by_all(self.read_guard) else 404

    def told(self, *, known: bool) -> Code:
        """The call that makes the context of an extension; `known` where there is a caller."""
        if self.context.blueprint.auth is None:
            return Code("Context(connection)")
        return Code("Context(connection, caller)" if known else "Context(connection, None)")

    def hooked(self, kind: Operation) -> bool:
        """Whether hooks run around an operation."""
        return any(hook.operation == kind for hook in self.entity.hooks)


def operations_of(subject: Subject) -> tuple[OperationModel, ...]:
    """The routes that somebody may call."""
    made: list[OperationModel] = []
    for kind in ORDER:
        guard = guard_of(subject.context.blueprint, subject.entity.access.of(kind))
        if guard is not None and guard.public and kind == "create" and subject.direct:
            guard = guard_of(subject.context.blueprint, ("authenticated",))  # what belongs to its maker needs to know who that is
        if kind in subject.entity.operations and guard is not None:
            made.append(_operation(subject, kind, guard))
    return tuple(made)


def _operation(subject: Subject, kind: Operation, guard: Guard) -> OperationModel:
    writes = kind in {"create", "update"}
    statuses = subject.errors(guard, row=kind in {"read", "update", "delete"}, body=writes)
    if (writes and subject.conflicts) or (kind == "delete" and subject.restricted):
        statuses.add(409)
    hidden, hooked = subject.hidden(guard), subject.hooked(kind)
    if hidden == 403 and kind in {"update", "delete"}:
        statuses.add(403)
    if hooked:
        statuses |= {409} if subject.context.blueprint.auth is None else {403, 409}
    reach = writes and subject.reaches and guard.login
    used = reach or hooked or (kind == "create" and subject.direct and guard.login)
    signed = signature(guard, scoped=kind != "create", used=used)
    own = subject.own
    noun = snake(own.labels.replace(" ", "_")) if kind == "list" else snake(subject.entity.name)
    name = subject.context.functions.claim(f"{'get' if kind == 'read' else kind}_{noun}")
    ordered, call = problems(statuses)
    template = "The <labels> of the caller." if kind == "list" and guard.owner and not guard.roles else "List <labels>."
    return OperationModel(
        kind=kind,
        guard=guard,
        function=name,
        operation_id=name,
        hidden=hidden,
        statuses=ordered,
        problems=call,
        summary=source(template, labels=own.labels),
        caller=signed.caller,
        scope=signed.scope,
        arguments=Code(signed.scope + (", caller=caller" if reach else "")),
        context=subject.told(known=guard.login),
    )


def transition_of(subject: Subject, transition: Transition, fields: dict[str, FieldModel]) -> TransitionModel | None:
    """A transition, if somebody may do it."""
    guard = guard_of(subject.context.blueprint, transition.access)
    if guard is None:
        return None
    moved = fields[transition.field]
    others = tuple(value for value in moved.field.values if value != transition.target)
    sources = transition.sources or others
    statuses = subject.errors(guard, row=True) | {409}
    hidden = subject.hidden(guard)
    if hidden == 403:
        statuses.add(403)
    ordered, call = problems(statuses)
    signed = signature(guard, scoped=True, used=False)
    name = subject.context.functions.claim(f"{transition.name}_{snake(subject.entity.name)}")
    path = kebab(transition.name)
    text = transition.description or f"{sentence(transition.name).capitalize()} {subject.own.one}"
    return TransitionModel(
        transition=transition,
        field=moved,
        stamp=fields[transition.stamp] if transition.stamp else None,
        guard=guard,
        function=name,
        operation_id=name,
        hidden=hidden,
        path=path,
        path_literal=literal(f"/{{{snake(subject.entity.name)}_id}}/{path}"),
        sources=sources,
        sources_code=literal(sources),
        target_code=literal(transition.target),
        column_literal=literal(transition.field),
        stamp_literal=literal(transition.stamp) if transition.stamp else Code(""),
        summary=docstring(_sentence(text)),
        statuses=ordered,
        problems=call,
        caller=signed.caller,
        arguments=signed.scope,
        scope_parameter=_SCOPE if guard.scoped else Code(""),
    )


def pair_action_of(subject: Subject, action: PairAction) -> PairActionModel | None:
    """A pair of actions, if somebody may do them. They reach the rows that the caller may act on and may read."""
    guard = guard_of(subject.context.blueprint, action.access)
    if guard is None or guard.public:
        return None
    reach, hidden = within(guard, subject.read_guard), subject.hidden(guard)
    statuses = subject.errors(guard, row=True) | {409}
    if hidden == 403:
        statuses.add(403)
    ordered, call = problems(statuses)
    one = snake(subject.entity.name)
    do, undo = subject.context.functions.claim(f"{action.name}_{one}"), subject.context.functions.claim(f"{action.undo}_{one}")
    through = subject.context.names[action.through]
    return PairActionModel(
        action=action,
        through=reference(through, action.through),
        actor_key=f"{action.actor}_id",
        subject_key=f"{action.subject}_id",
        pair=Code(f"{{{literal(f'{action.actor}_id')}: account_id, {literal(f'{action.subject}_id')}: row_id}}"),
        guard=guard,
        reach=reach,
        hidden=hidden,
        function=do,
        undo_function=undo,
        operation_id=do,
        undo_operation_id=undo,
        path=kebab(action.name),
        undo_path=kebab(action.undo),
        path_literal=literal(f"/{{{one}_id}}/{kebab(action.name)}"),
        undo_path_literal=literal(f"/{{{one}_id}}/{kebab(action.undo)}"),
        summary=docstring(_sentence(action.description or f"{sentence(action.name).capitalize()} {subject.own.one}; again is no error")),
        undo_summary=docstring(f"Undo that: {sentence(action.undo)}."),
        statuses=ordered,
        problems=call,
        caller=signature(guard, scoped=False, used=True).caller,
        arguments=signature(reach, scoped=True, used=True).scope,
        scope_parameter=_SCOPE if reach.scoped else Code(""),
        scope_argument=Code(", owner_id=owner_id") if reach.scoped else Code(""),
    )


def count_of(context: Context, entity: Entity, count: Count, links: dict[str, RelationModel]) -> CountModel:
    """A count, as a correlated subquery. `links` are the many-to-many relations of the whole project, by `Entity.relation`."""
    own, origin = context.names[entity.name], context.names[count.source]
    relation = entity_named(context.blueprint, count.source).relation(count.via)
    link = links.get(f"{count.source}.{count.via}")
    if link is not None:
        counted, key = link.link_variable, link.target_column
    elif count.source == entity.name and relation is not None:
        counted, key = alias_of(count), f"{relation.name}_id"
    else:
        counted, key = source("table_of(<model>)", model=origin.model), f"{count.via}_id"
    expression = source(
        "select(func.count()).where(<key> == <id>).scalar_subquery().label(<label>)",
        key=column(counted, key),
        id=column(own.table_variable, "id"),
        label=literal(count.name),
    )
    name = attribute(count.name)
    line = source(": int = Field(alias=<name>)", name=literal(count.name)) if name != count.name else Code(": int")
    return CountModel(
        name=count.name, attribute=name, alias=name != count.name, source=reference(origin, count.source), expression=expression, read=line
    )


def alias_of(count: Count) -> Code:
    """Name of the alias that counts rows of the table within itself."""
    return identifier(f"counted_{count.name}")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
