"""Who can call what, and which rows they must have for it."""

from msgspec import Struct

from apiwright.compiler.project_model import EntityModel, Guard, ProjectModel, RelationModel, Target
from apiwright.compiler.python_source import Code, literal, source
from apiwright.compiler.tests_model import CallerModel

NOTHING = Code("")
ANY_ID = Code("any_id")
"""The function that answers with the id of a row, whichever."""


class Actor(Struct, frozen=True):
    """A kind of caller: `anonymous`, or an account with a role (empty for a plain one)."""

    anonymous: bool = False
    role: str = ""

    def reaches(self, guard: Guard) -> bool:
        """Whether the guard lets it through to rows that it does not own."""
        return guard.public or (not self.anonymous and (guard.everybody or self.role in guard.roles))


def actors_of(guard: Guard) -> list[Actor]:
    """Who passes a guard, the plainest first."""
    plain = [Actor()] if guard.public or guard.everybody or guard.owner else []
    return [*([Actor(anonymous=True)] if guard.public else []), *plain, *(Actor(role=role) for role in guard.roles)]


def function_of(entity: EntityModel) -> Code:
    """The factory of an entity's rows."""
    return source("create_<module>", module=entity.module)


def payload_function_of(entity: EntityModel) -> Code:
    """The function that makes a payload. pytest would take `test_payload` for a test."""
    template = "a_<module>_payload" if entity.module.startswith("test") else "<module>_payload"
    return source(template, module=entity.module)


def owner_parameter(entity: EntityModel) -> Code:
    """The factory's parameter for the owner; the other ones are the row's own attributes."""
    return Code("owned_by" if any(field.attribute == "owner" for field in entity.fields) else "owner")


def makes(entity: EntityModel, owner: Code = NOTHING) -> Code:
    """The expression that makes a row, of this owner if one is named and rows have one."""
    given = source(", <name>=<owner>", name=owner_parameter(entity), owner=owner) if owner and entity.owner_path else NOTHING
    return source("await <function>(session<owner>)", function=function_of(entity), owner=given)


def caller(project: ProjectModel, entity: EntityModel, variable: Code, actor: Actor, guard: Guard | None) -> CallerModel:
    """The statements by which `actor` calls a route of `entity`. `guard` limits its reach; None when every row is in it."""
    if actor.anonymous or project.auth is None:
        make = makes(entity)
        return CallerModel(arrange=NOTHING, headers=NOTHING, row=source("<v> = <make>", v=variable, make=make), make=make)
    role = source(", role=<role>", role=literal(actor.role)) if actor.role else NOTHING
    own = guard is not None and not actor.reaches(guard)
    make = Code("caller") if own and entity.account else makes(entity, Code("caller") if own else NOTHING)
    return CallerModel(
        arrange=source("caller = await <function>(session<role>)", function=function_of(project.auth.entity), role=role),
        headers=Code(", headers=authorization(caller)"),
        row=source("<v> = <make>", v=variable, make=make),
        make=make,
    )


def reaching(entity: EntityModel, relation: RelationModel) -> Target | None:
    """What limits the rows that a payload's link may point to: the caller's own, or any for exempt roles; None when any will do."""
    return next((item for item in entity.targets if item.relation.name == relation.name and item.reach_function), None)
