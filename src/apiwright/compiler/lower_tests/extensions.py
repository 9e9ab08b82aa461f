"""Tests of the calls to extensions."""

from collections.abc import Iterator

from apiwright.compiler.lower_tests.reach import actors_of, makes
from apiwright.compiler.lower_tests.routes import route_of
from apiwright.compiler.lower_tests.values import NOTHING, query_text, value_source
from apiwright.compiler.project_model import EndpointModel, EntityModel, FieldModel, HookModel, ProjectModel
from apiwright.compiler.python_source import Code, join, literal, source
from apiwright.compiler.samples import accepted, refused
from apiwright.compiler.tests_model import (
    ComputedTests,
    CreationTests,
    EndpointTests,
    EntityTests,
    HookTests,
    StandInModel,
    WiringTests,
    WrongValue,
)


def wiring_of(project: ProjectModel, tests: EntityTests, *, can_be_made: bool) -> WiringTests | None:
    """Tests of the extensions of one entity; None when it has none."""
    entity = tests.entity
    if not entity.extensions:
        return None
    endpoints = tuple(_endpoint(project, tests, item) for item in entity.endpoints) if can_be_made else ()
    return WiringTests(
        computed=tuple(_computed(entity)) if can_be_made else (),
        hooks=tuple(_hook(project, tests, item) for item in entity.hooks.every) if can_be_made else (),
        endpoints=endpoints,
        set_aside=tuple(_set_aside(project, entity)),
    )


def _set_aside(project: ProjectModel, entity: EntityModel) -> Iterator[StandInModel]:
    for item in entity.computed:
        yield StandInModel(place=_in_repository(entity, item.extension.local), made=Code("StandIn({})"))
    for hook in entity.hooks.every:
        for place in _places(project, entity, hook):
            yield StandInModel(place=place, made=Code("StandIn()"))
    for endpoint in entity.endpoints:
        made = Code("StandIn(refusal=NotWrittenError())")
        yield StandInModel(place=_in_router(entity, endpoint.extension.local), made=made)


def _places(project: ProjectModel, entity: EntityModel, hook: HookModel) -> Iterator[Code]:
    """The modules that call a hook."""
    local = hook.extension.local
    if entity.operation(hook.operation) is not None:
        yield _in_router(entity, local)
    if hook.operation == "create" and entity.account and project.auth is not None and project.auth.registration:
        yield literal(f"app.routers.auth.{local}")


def _in_repository(entity: EntityModel, local: Code) -> Code:
    return literal(f"app.repositories.{entity.module}.{local}")


def _in_router(entity: EntityModel, local: Code) -> Code:
    return literal(f"app.routers.{entity.router_module}.{local}")


def _computed(entity: EntityModel) -> Iterator[ComputedTests]:
    for item in entity.computed:
        value = accepted(item.field, 1)[0]
        yield ComputedTests(
            computed=item,
            place=_in_repository(entity, item.extension.local),
            key=literal(item.name),
            value=value_source(item.field, value),
            same=source("is <v>" if isinstance(value, bool) else "== <v>", v=literal(value)),
        )


def _hook(project: ProjectModel, tests: EntityTests, hook: HookModel) -> HookTests:
    entity = tests.entity
    creations: list[CreationTests] = []
    for place in _places(project, entity, hook) if hook.operation == "create" else ():
        registers = place.startswith('"app.routers.auth.')
        if not registers and tests.create is None:
            continue
        creations.append(
            CreationTests(
                name=Code("register" if registers else "create"),
                place=place,
                path=literal("/auth/register") if registers else tests.path,
                arrange=NOTHING if registers or tests.create is None else tests.create.caller.arrange,
                headers=NOTHING if registers or tests.create is None else tests.create.caller.headers,
            )
        )
    return HookTests(hook=hook, place=_in_router(entity, hook.extension.local), creations=tuple(creations))


def _endpoint(project: ProjectModel, tests: EntityTests, endpoint: EndpointModel) -> EndpointTests:
    entity = tests.entity
    route = route_of(project, entity, tests.variable, guard=endpoint.guard, actor=actors_of(endpoint.guard)[0], hidden=endpoint.hidden)
    request, asked = _values(endpoint.arguments, query=endpoint.reads)
    answer, answered = _values(endpoint.members, query=False)
    ending = Code(f"/{endpoint.path}")
    collection = literal(f"{entity.path}/{endpoint.path}")
    return EndpointTests(
        endpoint=endpoint,
        place=_in_router(entity, endpoint.extension.local),
        path=source('f"<row><ending>"', row=tests.row_path, ending=ending) if endpoint.row else collection,
        nowhere=source('f"<row><ending>"', row=tests.nowhere, ending=ending) if endpoint.row else collection,
        keyword=Code("params" if endpoint.reads else "json"),
        request=request,
        needed=tuple(literal(item.name) for item in endpoint.arguments if item.needed),
        wrong=tuple(_wrong(endpoint)),
        answer=answer,
        others=makes(entity),
        able=asked and answered,
        **route,
    )


def _values(members: tuple[FieldModel, ...], *, query: bool) -> tuple[Code, bool]:
    """A value for each member, as a dict display, and whether nothing is missing."""
    pairs: list[Code] = []
    whole = True
    for member in members:
        found = accepted(member.field, 1)
        whole = whole and bool(found or not member.needed)
        value = found[0] if found else None
        if query:
            pairs += [source("<k>: <v>", k=literal(member.name), v=literal(query_text(value)))] if found else []
        else:
            pairs.append(source("<k>: <v>", k=literal(member.name), v=literal(value)))
    return source("{<pairs>}", pairs=join(pairs)), whole


def _wrong(endpoint: EndpointModel) -> Iterator[WrongValue]:
    for member in () if endpoint.reads else endpoint.arguments:
        for value in refused(member.field):
            yield WrongValue(key=literal(member.name), json=literal(value))
