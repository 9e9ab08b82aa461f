"""Computed fields, hooks and endpoints -> the modules that answer for them, and the calls of these."""

from msgspec import Struct

from apiwright.blueprint import Computed, Endpoint, Entity, Field, Hook
from apiwright.compiler.lowering.access import guard_of, problems, signature
from apiwright.compiler.lowering.actions import Subject
from apiwright.compiler.lowering.defaults import default_of, payload_default
from apiwright.compiler.lowering.field_types import TypeSource, type_source
from apiwright.compiler.lowering.fields import create_line, is_nullable, read_line
from apiwright.compiler.lowering.naming import EntityNames, attribute, free_name
from apiwright.compiler.lowering.words import KEYWORDS
from apiwright.compiler.project_model import ComputedModel, EndpointModel, ExtensionModel, FieldModel, Guard, HookModel, HooksModel
from apiwright.compiler.project_model.extensions import ExtensionKind
from apiwright.compiler.python_source import Code, docstring, identifier, join, literal, source
from apiwright.errors import CompileError
from apiwright.kit.casing import kebab, pascal, sentence, snake

NOTHING = Code("")
_IN_QUERIES = {"Integer": "QueryInteger", "Float": "QueryFloat", "Boolean": "QueryBoolean"}
"""Types of payloads that want JSON, and what takes their place where everything is text."""


class Extensions(Struct, frozen=True):
    """What code answers for, of one entity."""

    computed: tuple[ComputedModel, ...] = ()
    hooks: HooksModel = HooksModel()
    endpoints: tuple[EndpointModel, ...] = ()


NONE = Extensions()


def extensions_of(subject: Subject) -> Extensions:
    """The extensions of an entity."""
    entity = subject.entity
    if not entity.extensions:
        return NONE
    hooks = [_hook(subject, item) for item in entity.hooks]
    grouped: dict[str, tuple[HookModel, ...]] = {}
    for hook in hooks:
        key = f"{hook.moment}_{hook.operation}"
        grouped[key] = (*grouped.get(key, ()), hook)
    taken = {str(subject.own.enum(field.name)) for field in entity.fields if field.type == "enum"}
    return Extensions(
        computed=tuple(_computed(subject.own, entity, item) for item in entity.computed),
        hooks=HooksModel(**grouped),
        endpoints=tuple(_endpoint(subject, item, taken) for item in entity.endpoints),
    )


def compute_name(name: str) -> str:
    """What the function of a computed field is called in the repository's module."""
    return f"compute_{name}"


def _computed(own: EntityNames, entity: Entity, item: Computed) -> ComputedModel:
    field = Field(name=item.name, type=item.type)
    kind = type_source(field, NOTHING)
    optional, answered = (t if t == "Any" else source("<t> | None", t=t) for t in (kind.python, kind.answer))
    name = attribute(item.name)
    default = source("Field(default=None, alias=<name>)", name=literal(item.name)) if name != item.name else Code("None")
    what = sentence(item.name)
    extension = _extension(
        own,
        entity,
        item,
        kind="computed",
        local=identifier(compute_name(item.name)),
        parameters=source("connection: AsyncConnection, rows: Sequence[<read>]", read=own.schema("Read")),
        returns=source("Mapping[UUID, <t>]", t=optional),
        body=Code("return {}"),
        purpose=source("The <what> of each of these <labels>, by its id.", what=Code(what), labels=own.labels),
        meanwhile=source("every <label> has null here", label=own.label),
    )
    return ComputedModel(
        extension=extension,
        field=field,
        name=item.name,
        attribute=name,
        read=source(": <t> = <default>", t=answered, default=default),
        found=identifier(f"{item.name}_of"),
    )


def _hook(subject: Subject, item: Hook) -> HookModel:
    own = subject.own
    read = own.schema("Read")
    parameters = {
        ("before", "create"): source("payload: <create>", create=own.schema("Create")),
        ("after", "create"): source("row: <read>", read=read),
        ("before", "update"): source("row: <read>, payload: <update>", read=read, update=own.schema("Update")),
        ("after", "update"): source("former: <read>, row: <read>", read=read),
    }.get((item.moment, item.operation), source("row: <read>", read=read))
    extension = _extension(
        own,
        subject.entity,
        item,
        kind="hook",
        local=subject.context.functions.claim(f"run_{item.name}"),
        parameters=source("context: Context, <rest>", rest=parameters),
        returns=Code("None"),
        body=NOTHING,
        purpose=_when(item, own.label),
        meanwhile=Code("it does nothing"),
    )
    return HookModel(extension=extension, moment=item.moment, operation=item.operation)


def _when(hook: Hook, label: Code) -> Code:
    done = Code({"create": "stored", "update": "changed", "delete": "removed"}[hook.operation])
    if hook.moment == "after":
        return source("Runs when this <label> has been <done>, in the same transaction.", label=label, done=done)
    can = Code("may refuse" if hook.operation == "delete" else "may change what is to be stored, or refuse")
    return source("Runs before this <label> is <done>; it <can>.", label=label, done=done, can=can)


def _endpoint(subject: Subject, item: Endpoint, taken: set[str]) -> EndpointModel:
    own = subject.own
    guard = guard_of(subject.context.blueprint, item.access)
    if guard is None:
        raise CompileError(f"nobody may call the endpoint {item.name}")
    row, reads = item.scope == "row", item.method == "GET"
    request = _schema(own, item, "Request", taken) if item.arguments else NOTHING
    answer = _schema(own, item, "Answer", taken) if item.answer else NOTHING
    statuses, call = problems(_statuses(subject, item, guard))
    signed = signature(guard, scoped=row, used=True, writes=not reads)
    function = subject.context.functions.claim(f"{item.name}_{snake(subject.entity.name) if row else own.collection}")
    template = ", payload: Annotated[<request>, Depends(QueryString(<request>))]" if reads else ", payload: <request>"
    path, text = kebab(item.name), item.description or sentence(item.name).capitalize()
    reach = _reach(own, guard) if guard.owner and not row else NOTHING
    return EndpointModel(
        extension=_answering(subject, item, request, answer, reached=bool(reach)),
        guard=guard,
        row=row,
        reads=reads,
        decorator=Code(item.method.lower()),
        function=function,
        operation_id=function,
        hidden=subject.hidden(guard),
        path=path,
        path_literal=literal(f"/{{{_parameter(own)}}}/{path}" if row else f"/{path}"),
        request=request,
        answer=answer,
        arguments=tuple(_member(field, query=reads) for field in item.arguments),
        members=tuple(_member(field, query=False) for field in item.answer),
        summary=docstring(text if text.endswith((".", "!", "?")) else f"{text}."),
        statuses=statuses,
        problems=call,
        caller=signed.caller,
        scope=signed.scope,
        reach=reach,
        context=subject.told(known=guard.login),
        parameter=source(template, request=request) if request else NOTHING,
        returned=answer or Code("None"),
        gives=Code("return " if answer else ""),
        called=join([NOTHING, *[Code("row")] * row, *[reach] * bool(reach), *[Code("payload")] * bool(request)]),
    )


def _reach(own: EntityNames, guard: Guard) -> Code:
    """The condition on the caller's own rows, or on all of them for a role that reaches all."""
    mine = source("<repository>.owned_by(caller.id)", repository=own.schema("Repository"))
    return source("true() if caller.role in <roles> else <mine>", roles=guard.allowed, mine=mine) if guard.roles else mine


def _statuses(subject: Subject, item: Endpoint, guard: Guard) -> set[int]:
    """Errors that an endpoint may answer, those included that its code may raise."""
    body = bool(item.arguments) and item.method != "GET"
    raised = {403, 409, 501} if subject.context.blueprint.auth is not None else {409, 501}
    return subject.errors(guard, row=item.scope == "row", body=body) | raised


def _answering(subject: Subject, item: Endpoint, request: Code, answer: Code, *, reached: bool) -> ExtensionModel:
    """The module of an endpoint. `reached`: it is given the condition on the rows that it may be about."""
    own, row = subject.own, item.scope == "row"
    given = [source("row: <read>", read=own.schema("Read"))] if row else []
    given += [Code("reach: ColumnElement[bool]")] if reached else []
    given += [source("payload: <request>", request=request)] if request else []
    return _extension(
        own,
        subject.entity,
        item,
        kind="endpoint",
        local=subject.context.functions.claim(f"answer_{item.name}"),
        parameters=join([Code("context: Context"), *given]),
        returns=answer or Code("None"),
        body=Code("raise NotWrittenError"),
        purpose=source("What <method> <path> answers.", method=Code(item.method), path=_whole_path(own, kebab(item.name), row=row)),
        meanwhile=Code("the answer is 501"),
    )


def _parameter(own: EntityNames) -> str:
    return f"{own.module.rstrip('_')}_id"


def _whole_path(own: EntityNames, path: str, *, row: bool) -> Code:
    return Code(f"{own.path}/{{{_parameter(own)}}}/{path}" if row else f"{own.path}/{path}")


def _schema(own: EntityNames, item: Endpoint, suffix: str, taken: set[str]) -> Code:
    name = str(own.schema(f"{pascal(item.name)}{suffix}"))
    # pytest would take the answer of an endpoint of `Test`, which tests import, for a class of tests
    return identifier(free_name(f"The{name}" if name.startswith("Test") else name, taken, "Model"))


def _member(field: Field, *, query: bool) -> FieldModel:
    """A member of what an endpoint is sent, or answers."""
    choices = join([literal(value) for value in field.values])
    kind = type_source(field, source("Literal[<choices>]", choices=choices) if field.type == "enum" else NOTHING)
    nullable, default, name = is_nullable(field), default_of(field), attribute(field.name)
    payload = _in_query(kind) if query else kind.payload
    return FieldModel(
        field=field,
        name=field.name,
        attribute=name,
        nullable=nullable,
        needed=field.required and default is None,
        writable=True,
        readable=True,
        searched=False,
        mapped=NOTHING,
        column=NOTHING,
        create=create_line(payload, field.name, payload_default(default), nullable=nullable),
        update=NOTHING,
        read=_answered(kind, field, nullable=nullable),
        alias=name != field.name,
        comment=docstring(field.description),
        enum=NOTHING,
        choices=choices,
        filters=(),
    )


def _answered(kind: TypeSource, field: Field, *, nullable: bool) -> Code:
    """What may be null may be left out by whoever makes the answer; it is in it all the same."""
    line = read_line(kind.answer, field.name, nullable=nullable)
    if not nullable or attribute(field.name) != field.name:
        return line
    return source("<line> = None", line=line)


def _in_query(kind: TypeSource) -> Code:
    for wanted, taken in _IN_QUERIES.items():
        if kind.payload == wanted or kind.payload.startswith(f"Annotated[{wanted},"):
            return Code(kind.payload.replace(wanted, taken, 1))
    return kind.payload


def _extension(  # noqa: PLR0913 - every part of a module
    own: EntityNames,
    entity: Entity,
    item: Computed | Hook | Endpoint,
    *,
    kind: ExtensionKind,
    local: Code,
    parameters: Code,
    returns: Code,
    body: Code,
    purpose: Code,
    meanwhile: Code,
) -> ExtensionModel:
    place = {"computed": "computed", "hook": "hooks", "endpoint": "endpoints"}[kind]
    return ExtensionModel(
        kind=kind,
        entity=entity.name,
        name=item.name,
        description=item.description,
        where=f"entities.{entity.name}.{place}.{item.name}",
        package=own.module,
        module=identifier(f"{item.name}_" if item.name in KEYWORDS else item.name),
        function=Code({"computed": "compute", "hook": "run", "endpoint": "answer"}[kind]),
        local=local,
        parameters=parameters,
        returns=returns,
        body=body,
        title=Code(f"{entity.name}.{item.name}"),
        purpose=purpose,
        words=docstring(item.description),
        meanwhile=meanwhile,
    )
