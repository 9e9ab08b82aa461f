"""The operations that a blueprint promises."""

from dataclasses import dataclass
from typing import Literal

from apiwright.blueprint import Blueprint, Entity, Operation
from apiwright.kit.casing import kebab
from apiwright.kit.inflection import plural

Kind = Literal["create", "read", "list", "update", "delete", "transition", "pair", "endpoint", "auth", "health"]
_METHODS: dict[Operation, str] = {"create": "post", "list": "get", "read": "get", "update": "patch", "delete": "delete"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One operation.

    Attributes:
        method: Lower case.
        path: With `{id}` for a row.
        entity: Whose it is; empty for those of the application itself.
        grants: Who may call it.
        name: The operation, or the action's verb.
    """

    method: str
    path: str
    kind: Kind
    name: str
    entity: str = ""
    grants: tuple[str, ...] = ("public",)


def collection_path(entity: Entity) -> str:
    """Path of an entity's rows."""
    return f"/{kebab(entity.plural or plural(entity.name))}"


def promised_routes(blueprint: Blueprint) -> list[Route]:
    """Every operation that somebody may call."""
    routes = [Route(method="get", path=f"/health/{name}", kind="health", name=name) for name in ("live", "ready")]
    routes += _auth_routes(blueprint)
    for entity in blueprint.entities:
        routes += entity_routes(entity)
    return routes


def entity_routes(entity: Entity) -> list[Route]:
    """The operations of one entity, without those that are granted to nobody."""
    rows = collection_path(entity)
    one = f"{rows}/{{id}}"
    routes: list[Route] = []
    for operation in entity.operations:
        path = rows if operation in {"create", "list"} else one
        grants = entity.access.of(operation)
        routes.append(Route(method=_METHODS[operation], path=path, kind=operation, name=operation, entity=entity.name, grants=grants))
    routes += [_action(entity, "transition", item.name, item.access) for item in entity.transitions]
    routes += [_action(entity, "pair", name, item.access) for item in entity.pair_actions for name in (item.name, item.undo)]
    for item in entity.endpoints:
        path = f"{one if item.scope == 'row' else rows}/{kebab(item.name)}"
        method = item.method.lower()
        routes.append(Route(method=method, path=path, kind="endpoint", name=item.name, entity=entity.name, grants=item.access))
    return [route for route in routes if route.grants]


def _action(entity: Entity, kind: Kind, name: str, grants: tuple[str, ...]) -> Route:
    return Route(
        method="post", path=f"{collection_path(entity)}/{{id}}/{kebab(name)}", kind=kind, name=name, entity=entity.name, grants=grants
    )


def _auth_routes(blueprint: Blueprint) -> list[Route]:
    if blueprint.auth is None:
        return []
    names = {"register": "post", "login": "post", "refresh": "post", "me": "get"}
    if not blueprint.auth.registration:
        del names["register"]
    grants = {"me": ("authenticated",)}
    return [
        Route(method=method, path=f"/auth/{name}", kind="auth", name=name, grants=grants.get(name, ("public",)))
        for name, method in names.items()
    ]
