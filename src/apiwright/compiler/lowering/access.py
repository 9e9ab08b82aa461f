"""Grants -> Guard, and the parts of a route's signature that follow from it."""

from msgspec import Struct

from apiwright.blueprint import Blueprint, Entity, Grant, Relation
from apiwright.compiler.lowering.naming import entity_named
from apiwright.compiler.project_model import Guard
from apiwright.compiler.python_source import Code, join, literal, source


def guard_of(blueprint: Blueprint, grants: tuple[Grant, ...]) -> Guard | None:
    """Who may; None when nobody may."""
    if not grants:
        return None
    public = "public" in grants or blueprint.auth is None
    everybody = not public and "authenticated" in grants
    limited = not public and not everybody
    roles = tuple(sorted({grant.removeprefix("role:") for grant in grants if grant.startswith("role:")})) if limited else ()
    return Guard(public=public, everybody=everybody, roles=roles, owner=limited and "owner" in grants, allowed=role_set(roles))


def within(guard: Guard, other: Guard | None) -> Guard:
    """A guard like the first, of rows that both let a caller reach: whoever the second limits to own rows is limited here too."""
    if other is None or not other.owner:
        return guard
    roles = other.roles if guard.everybody else tuple(role for role in guard.roles if role in other.roles)
    return Guard(public=False, everybody=False, roles=roles, owner=True, allowed=role_set(roles))


def role_set(roles: tuple[str, ...]) -> Code:
    """Roles as a set display; empty when there are none."""
    return source("{<roles>}", roles=join([literal(role) for role in roles])) if roles else Code("")


def seen_by_all(guard: Guard | None) -> bool:
    """Whether whoever may call a route at all may read every row."""
    return guard is not None and (guard.public or guard.everybody)


def owner_chain(blueprint: Blueprint, entity: Entity) -> tuple[str, ...]:
    """The relations that lead from a row to its owner's account; empty when nobody owns it, and for accounts."""
    path: list[str] = []
    current = entity
    while blueprint.auth is not None and current.owned_via is not None:
        relation = current.relation(current.owned_via)
        if relation is None or relation.kind == "many_to_many":
            break
        path.append(relation.name)
        if relation.target == blueprint.auth.entity:
            return tuple(path)
        current = entity_named(blueprint, relation.target)
        if len(path) > len(blueprint.entities):
            break
    return ()


def exempt_roles(blueprint: Blueprint, entity: Entity, relation: Relation) -> tuple[str, ...] | None:
    """Roles that may point to any row of a relation's target; None when whoever writes may.

    What leads to the owner must belong to the caller, or anybody could add to what is somebody else's. Other targets must be
    readable. Accounts may be pointed to by whoever knows their id.
    """
    target = entity_named(blueprint, relation.target)
    if not owner_chain(blueprint, target):
        return None
    if relation.name == entity.owned_via:
        guards = [guard_of(blueprint, entity.access.create), guard_of(blueprint, target.access.update)]
        return tuple(sorted({role for guard in guards if guard for role in guard.roles}))
    read = guard_of(blueprint, target.access.read)
    return read.roles if read is not None and read.scoped else None


class Signature(Struct, frozen=True):
    """What a guard adds to a route: a parameter, and the argument that limits its reach."""

    caller: Code
    scope: Code


def signature(guard: Guard, *, scoped: bool, used: bool) -> Signature:
    """The parameter by which a route learns who calls, and `owner_id=...` where it reaches own rows only.

    Args:
        scoped: Whether the route is about rows that are there (create is not).
        used: Whether the body refers to the caller for other reasons.
    """
    if guard.public:
        return Signature(Code(""), Code(""))
    limited = scoped and guard.owner
    name = Code("caller" if limited or used else "_caller")
    if guard.role_only:
        roles = join([literal(role) for role in guard.roles])
        caller = source(", <name>: Annotated[Principal, Depends(RequireRole(<roles>))]", name=name, roles=roles)
    else:
        caller = source(", <name>: CurrentUser", name=name)
    if not limited:
        return Signature(caller, Code(""))
    if guard.roles:
        return Signature(caller, source(", owner_id=None if caller.role in <roles> else caller.id", roles=guard.allowed))
    return Signature(caller, Code(", owner_id=caller.id"))


def problems(statuses: set[int]) -> tuple[tuple[int, ...], Code]:
    """Error statuses in order, and the call that documents them."""
    ordered = tuple(sorted(statuses))
    return ordered, source("problems(<statuses>)", statuses=join([literal(status) for status in ordered]))
