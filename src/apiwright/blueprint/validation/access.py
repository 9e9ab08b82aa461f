"""Accounts, ownership and grants."""

from collections import Counter
from collections.abc import Iterator

from apiwright.blueprint.base import OPERATIONS
from apiwright.blueprint.model import Auth, Blueprint, Entity
from apiwright.diagnostics import Diagnostic


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Problems of auth, roles, ownership and grants."""
    if blueprint.auth is not None:
        yield from _auth(blueprint, blueprint.auth)
    elif blueprint.roles:
        message = "Roles need accounts, and there are none."
        yield Diagnostic(code="roles-without-auth", where="roles", message=message, hint="Add `auth`, or remove the roles.")
    if blueprint.auth is None and blueprint.entities and not any(_reachable(entity) for entity in blueprint.entities):
        message = "Nobody may do anything with any entity, so there would be nothing to call."
        yield Diagnostic(code="nothing-to-call", where="entities", message=message, hint="Add operations, and say who may call them.")
    for entity in blueprint.entities:
        yield from _ownership(blueprint, entity)
        yield from _grants(blueprint, entity)
        for operation, times in Counter(entity.operations).items():
            if times > 1:
                message = f"The operation {operation} is listed twice."
                yield Diagnostic(code="operation-duplicate", where=f"entities.{entity.name}.operations", message=message, hint="Keep one.")


def owner_path(blueprint: Blueprint, entity: Entity) -> tuple[str, ...] | None:
    """The relations that lead from an entity to its owner's account, first to last; None when nothing owns it, or the way is lost."""
    path: list[str] = []
    seen: set[str] = set()
    current: Entity | None = entity
    while current is not None and blueprint.auth is not None and current.name not in seen:
        seen.add(current.name)
        relation = current.relation(current.owned_via) if current.owned_via else None
        if relation is None or relation.kind == "many_to_many":
            return None
        path.append(relation.name)
        if relation.target == blueprint.auth.entity:
            return tuple(path)
        current = blueprint.entity(relation.target)
    return None


def _reachable(entity: Entity) -> bool:
    return any(entity.access.of(operation) for operation in entity.operations) or any(
        item.access for item in (*entity.transitions, *entity.endpoints)
    )


def _auth(blueprint: Blueprint, auth: Auth) -> Iterator[Diagnostic]:
    entity = blueprint.entity(auth.entity)
    if entity is None:
        message = f"There is no entity {auth.entity} to hold the accounts."
        yield Diagnostic(code="auth-entity-unknown", where="auth.entity", message=message, hint="Add it, or name another entity.")
        return
    login = entity.field(auth.login)
    if login is None or login.type not in {"email", "string", "slug"} or not (login.required and login.unique):
        message = f"{auth.entity}.{auth.login} cannot name an account."
        hint = "It must be a field of type email, string or slug, required and unique."
        yield Diagnostic(code="auth-login-unfit", where="auth.login", message=message, hint=hint)
    if entity.owned_via is not None:
        where = f"entities.{entity.name}.owned_via"
        yield Diagnostic(code="account-owned", where=where, message="An account belongs to itself.", hint="Remove `owned_via`.")


def _ownership(blueprint: Blueprint, entity: Entity) -> Iterator[Diagnostic]:
    if entity.owned_via is None:
        return
    where = f"entities.{entity.name}.owned_via"
    relation = entity.relation(entity.owned_via)
    if blueprint.auth is None:
        message = "Ownership needs accounts, and there are none."
        yield Diagnostic(code="ownership-without-auth", where=where, message=message, hint="Add `auth`, or remove `owned_via`.")
    elif relation is None:
        message = f"{entity.name} has no relation {entity.owned_via!r}."
        yield Diagnostic(code="ownership-unknown", where=where, message=message, hint="Name one of its relations.")
    elif owner_path(blueprint, entity) is None:
        message = f"The relation {entity.owned_via!r} leads to no account."
        hint = f"Let it point to {blueprint.auth.entity}, or to an entity that is owned itself, as a single link."
        yield Diagnostic(code="ownership-nowhere", where=where, message=message, hint=hint)
    elif not relation.required:
        message = f"The relation {entity.owned_via!r} must be required, or a row could belong to nobody."
        yield Diagnostic(code="ownership-optional", where=where, message=message, hint="Add `required: true` to it.")


def _grants(blueprint: Blueprint, entity: Entity) -> Iterator[Diagnostic]:
    roles = {role.name for role in blueprint.roles}
    has_owner = owner_path(blueprint, entity) is not None or (blueprint.auth is not None and blueprint.auth.entity == entity.name)
    uses = [(f"access.{operation}", entity.access.of(operation)) for operation in OPERATIONS]
    uses += [(f"transitions.{item.name}.access", item.access) for item in entity.transitions]
    uses += [(f"pair_actions.{item.name}.access", item.access) for item in entity.pair_actions]
    uses += [(f"endpoints.{item.name}.access", item.access) for item in entity.endpoints]
    for place, grants in uses:
        where = f"entities.{entity.name}.{place}"
        for grant in grants:
            role = grant.removeprefix("role:") if grant.startswith("role:") else None
            if blueprint.auth is None and grant != "public":
                message = f"The grant {grant!r} needs accounts, and there are none."
                yield Diagnostic(code="grant-without-auth", where=where, message=message, hint="Add `auth`, or grant `public`.")
            elif role is not None and role not in roles:
                message = f"There is no role {role!r}."
                yield Diagnostic(code="grant-role-unknown", where=where, message=message, hint="List it under `roles`, or use another one.")
            elif grant == "owner" and not has_owner:
                message = f"Nobody owns a {entity.name}, so `owner` grants nothing."
                yield Diagnostic(code="grant-owner-nowhere", where=where, message=message, hint="Set `owned_via`, or use another grant.")
