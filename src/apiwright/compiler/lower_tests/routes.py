"""What is tested of each route: who calls it, and who is refused."""

from typing import TypedDict

from apiwright.blueprint import Operation
from apiwright.compiler.lower_tests.reach import Actor, actors_of, caller
from apiwright.compiler.project_model import EntityModel, Guard, PairActionModel, ProjectModel, TransitionModel
from apiwright.compiler.python_source import Code, join, literal, source
from apiwright.compiler.tests_model import CallerModel, OperationTests, PairTests, ParentModel, TransitionTests

NOTHING = Code("")
WITHOUT_SESSION = Code("client: AsyncClient")
WITH_SESSION = Code("client: AsyncClient, session: AsyncSession")


class Route(TypedDict):
    """The members that every kind of route has in common; see `RouteTests`."""

    caller: CallerModel
    fixtures: Code
    login: bool
    role: bool
    stranger: bool
    hidden: int
    privileged: CallerModel | None


def operation_of(
    project: ProjectModel, entity: EntityModel, variable: Code, kind: Operation, *, parents: tuple[ParentModel, ...] = ()
) -> OperationTests | None:
    """Tests of one of the five; `parents` are the links that its payload must have."""
    operation = entity.operation(kind)
    if operation is None:
        return None
    actors = actors_of(operation.guard)
    if kind == "create" and entity.direct:
        actors = [actor for actor in actors if not actor.anonymous]
    route = route_of(project, entity, variable, guard=operation.guard, actor=actors[0], hidden=operation.hidden)
    payload_fixtures = WITH_SESSION if parents else route["fixtures"]
    return OperationTests(operation=operation, payload_fixtures=payload_fixtures, **route)


def transition_of(project: ProjectModel, entity: EntityModel, variable: Code, model: TransitionModel) -> TransitionTests | None:
    """Tests of a transition; None when nobody may make it."""
    actors = actors_of(model.guard)
    if not actors:
        return None
    route = route_of(project, entity, variable, guard=model.guard, actor=actors[0], hidden=model.hidden)
    forbidden = [value for value in model.field.field.values if value not in model.sources]
    return TransitionTests(
        transition=model,
        path=Code(f"/{model.path}"),
        row=_in_state(route["caller"], variable, model),
        key=literal(model.field.name),
        sources=join(literal(value) for value in model.sources),
        forbidden=literal(forbidden[0]) if forbidden else NOTHING,
        target=literal(model.transition.target),
        stamp=literal(model.stamp.name) if model.stamp else NOTHING,
        **route,
    )


def pair_of(project: ProjectModel, entity: EntityModel, variable: Code, model: PairActionModel) -> PairTests | None:
    """Tests of a pair of actions; None when nobody may act."""
    actors = [actor for actor in actors_of(model.guard) if not actor.anonymous]
    if not actors:
        return None
    route = route_of(project, entity, variable, guard=model.guard, actor=actors[0], hidden=model.hidden, reach=model.reach)
    return PairTests(
        action=model,
        through=source("models.<model>", model=model.through.model),
        path=Code(f"/{model.path}"),
        undo_path=Code(f"/{model.undo_path}"),
        **route,
    )


def route_of(  # noqa: PLR0913
    project: ProjectModel, entity: EntityModel, variable: Code, *, guard: Guard, actor: Actor, hidden: int, reach: Guard | None = None
) -> Route:
    """What is tested of a route that `guard` lets callers into; `reach` says which rows they reach where that is something else."""
    reach = reach or guard
    who = caller(project, entity, variable, actor, reach)
    strange = reach.owner and not guard.role_only
    return Route(
        caller=who,
        fixtures=WITH_SESSION if who.arrange else WITHOUT_SESSION,
        login=guard.login,
        role=guard.role_only,
        stranger=strange,
        hidden=hidden,
        privileged=caller(project, entity, variable, Actor(role=reach.roles[0]), reach) if strange and reach.roles else None,
    )


def _in_state(who: CallerModel, variable: Code, model: TransitionModel) -> Code:
    """The statement that makes a row which is in the state `source`."""
    own_account = who.make == "caller"
    make = who.arrange.partition(" = ")[2] if own_account else who.make
    made = source("<call>, <field>=source)", call=Code(make[:-1]), field=model.field.attribute)
    return source("caller = <v> = <made>" if own_account else "<v> = <made>", v=variable, made=made)
