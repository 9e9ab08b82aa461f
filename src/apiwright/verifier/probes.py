"""Attempts at what a blueprint forbids, and a few at what it allows, so that a refusal says something.

Each probe is plain JSON in the end; names in braces are replaced by ids within the sandbox (see `world`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apiwright.blueprint import Blueprint, Entity, Operation
from apiwright.verifier.probe import OWNER, STRANGER, Probe
from apiwright.verifier.reach import hook_probes, reach_probes
from apiwright.verifier.routes import Route, collection_path, entity_routes
from apiwright.verifier.samples import argument_values, change_of, field_values
from apiwright.verifier.world import World, key_of, keys_of, required_links, row_name


def probes_of(blueprint: Blueprint, world: World) -> list[Probe]:
    """Every probe for a backend with accounts whose rows there are in the world; none for a backend without."""
    if blueprint.auth is None:
        return []
    account = blueprint.auth.entity
    probes = list(_token_probes("/auth/me", "get"))
    if blueprint.auth.registration:
        probes += _registration(blueprint, world)
    for entity in blueprint.entities:
        if entity.name not in world.impossible:
            probes += _Of(blueprint, entity, account, world).probes()
            probes += reach_probes(blueprint, entity, world)
    # Last, for they change what the others look at.
    probes += hook_probes(blueprint, world)
    return [probe for probe in probes if probe.named <= world.names]


def _token_probes(path: str, method: str) -> Iterator[Probe]:
    for kind in ("forged", "none", "expired", "tampered"):
        title = f"{method.upper()} {path} with a token that is {kind}"
        yield Probe(title=title, who=OWNER, token=kind, method=method, path=path, expect=(401,))


def _registration(blueprint: Blueprint, world: World) -> list[Probe]:
    auth = blueprint.auth
    entity = blueprint.entity(auth.entity) if auth else None
    if entity is None:
        return []
    extra = {"role": "admin", "is_admin": True, "is_superuser": True, "hashed_password": "x"}
    probes: list[Probe] = []
    for name, value in extra.items():
        payload, no_room = _new(entity, f"eve{name.replace('_', '')}", OWNER, entity.name, world)
        body = {**payload, "password": "correct-horse-battery-7", name: value}
        stays = {"role": "user"} if name == "role" and blueprint.roles else {}
        probes.append(
            Probe(
                title=f"registering with {name}",
                who="",
                method="post",
                path="/auth/register",
                body=body,
                expect=(422, *((201,) if stays or name != "role" else ()), *no_room),
                stays=stays,
            )
        )
    return probes


def _new(entity: Entity, who: str, owner: str, account: str, world: World) -> tuple[dict[str, Any], tuple[int, ...]]:
    """What makes one more row, linked to rows of `owner`, and how it may be refused: not at all where there is room for it."""
    values = world.room.values(entity, who, keys_of(entity, owner, account))
    links = required_links(entity, owner, account)
    return ({**field_values(entity, who), **links}, (409, 422)) if values is None else ({**values, **links}, ())


@dataclass(frozen=True, slots=True)
class _Of:
    """The probes of one entity."""

    blueprint: Blueprint
    entity: Entity
    account: str
    world: World

    def probes(self) -> Iterator[Probe]:
        routes = entity_routes(self.entity)
        for route in routes:
            yield from self._strangers(route)
        protected = next((route for route in routes if "public" not in route.grants), None)
        if protected is not None:
            yield from _token_probes(self._path(protected), protected.method)
        yield from self._bodies({route.name: route for route in routes if route.kind in {"create", "update"}})

    def _strangers(self, route: Route) -> Iterator[Probe]:
        """Nobody, somebody else, and every role that is not named, at one operation; then whoever may."""
        asked = f"{route.method.upper()} {route.path}"
        path, row = self._path(route), row_name(OWNER, self.entity.name, self.account)
        guarded = "" if route.kind in {"create", "list"} else row
        if "public" in route.grants:
            return
        yield Probe(title=f"{asked} without a token", who="", method=route.method, path=path, expect=(401,), unchanged=guarded)
        if not self._everybodys(route):
            people = [STRANGER, *(f"role_{role.name}" for role in self.blueprint.roles if f"role:{role.name}" not in route.grants)]
            for who in people:
                yield self._refused(route, who, asked, path, guarded)
        if route.kind == "read":
            secrets = (*(item.name for item in self.entity.fields if item.type == "secret"), "hashed_password", "password")
            for who in self._allowed(route):
                yield Probe(title=f"{asked} by {who}, who may", who=who, method="get", path=path, expect=(200,), hidden=secrets)

    def _refused(self, route: Route, who: str, asked: str, path: str, guarded: str) -> Probe:
        row = row_name(OWNER, self.entity.name, self.account)
        title = f"{asked} by {who}, who may not"
        if route.kind == "list" and "owner" in route.grants:
            return Probe(
                title=f"{asked} by {who}, to whom the row is hidden", who=who, method="get", path=path, expect=(200,), unlisted=row
            )
        query: dict[str, str] = {}
        body, expect = None, (403,) if "owner" not in route.grants else (403, 404)
        match route.kind:
            case "read" if "owner" in route.grants:
                expect = (404,)
            case "update":
                body = change_of(self.entity)
            case "endpoint":
                sent = self._arguments(route)
                if route.method == "get":
                    query = {name: str(value) for name, value in sent.items()}
                else:
                    body = sent or None
            case "create" if "owner" in route.grants:
                # The row would belong to whoever owns what it is linked to: the link is what must be refused.
                body, expect = self._payload("mul", OWNER), (403, 404, 422)
            case _:
                pass
        return Probe(title=title, who=who, method=route.method, path=path, body=body, query=query, expect=expect, unchanged=guarded)

    def _bodies(self, routes: dict[str, Route]) -> Iterator[Probe]:
        """Owner and role in the body, and links to what is somebody else's."""
        create, update = routes.get("create"), routes.get("update")
        if create is not None and self.entity.name != self.account and self._everybodys(create):
            yield from self._creations(public="public" in create.grants)
        if update is not None and {"public", "authenticated", "owner"} & set(update.grants):
            yield from self._changes()

    def _creations(self, *, public: bool) -> Iterator[Probe]:
        """What a stranger may make, then the same with what must be refused or left out. A caller who is not asked for is not known."""
        path, owner_key = collection_path(self.entity), self._owner_key()
        made = (201, *self._refusals("create"))

        def post(what: str, body: dict[str, Any], expect: tuple[int, ...], stays: dict[str, str] | None = None) -> Probe:
            title = f"POST {path} {what}"
            return Probe(title=title, who=STRANGER, method="post", path=path, body=body, expect=expect, stays=stays or {})

        body, no_room = _new(self.entity, "mal", STRANGER, self.account, self.world)
        yield post(f"by {STRANGER}, who may", body, (*made, *no_room))
        again, no_room = _new(self.entity, "mel", STRANGER, self.account, self.world)
        if owner_key:
            body, stays = {**again, owner_key: f"{{{OWNER}}}"}, {owner_key: f"{{{STRANGER}}}"}
            yield post(f"with {owner_key} of somebody else", body, (*made, 422, *no_room), stays)
        links = self._foreign_links() if not public else iter(())
        for key, foreign in links:
            yield post(f"with {key} of somebody else", {**again, key: foreign}, (403, 404, 422))

    def _changes(self) -> Iterator[Probe]:
        """Members that an update must refuse or leave as they are."""
        mine = row_name(OWNER, self.entity.name, self.account)
        path, owner_key = f"{collection_path(self.entity)}/{{{mine}}}", self._owner_key()
        members: dict[str, Any] = {"id": f"{{{STRANGER}}}", "created_at": "2001-01-01T00:00:00Z"}
        members |= {owner_key: f"{{{STRANGER}}}"} if owner_key else {}
        if self.entity.name == self.account:
            members |= {"role": "admin", "hashed_password": "x", "is_admin": True}
        members |= {item.field: item.target for item in self.entity.transitions}
        expect = (200, 422, *self._refusals("update"))
        for name, value in members.items():
            title = f"PATCH {path} with {name}"
            yield Probe(title=title, who=OWNER, method="patch", path=path, body={name: value}, expect=expect, unchanged=mine)

    def _refusals(self, operation: Operation) -> tuple[int, ...]:
        """How a hook may refuse what the blueprint itself would let through."""
        return (403, 409, 422) if any(item.operation == operation for item in self.entity.hooks) else ()

    def _payload(self, who: str, owner: str) -> dict[str, Any]:
        """What create must have, linked to rows of `owner`."""
        return {**field_values(self.entity, who), **required_links(self.entity, owner, self.account)}

    def _foreign_links(self) -> Iterator[tuple[str, Any]]:
        """Links to rows that only their owner may read."""
        for relation in self.entity.relations:
            target = self.blueprint.entity(relation.target)
            if target is None or target.name == self.account or set(target.access.read) != {"owner"} or "read" not in target.operations:
                continue
            foreign = f"{{{row_name(OWNER, target.name, self.account)}}}"
            yield key_of(relation), [foreign] if relation.kind == "many_to_many" else foreign

    def _owner_key(self) -> str:
        relation = self.entity.relation(self.entity.owned_via) if self.entity.owned_via else None
        return f"{relation.name}_id" if relation is not None and relation.target == self.account else ""

    def _path(self, route: Route) -> str:
        return route.path.replace("{id}", f"{{{row_name(OWNER, self.entity.name, self.account)}}}")

    def _arguments(self, route: Route) -> dict[str, Any]:
        """What an endpoint must be sent, so that who asks is all that is wrong with the request."""
        endpoint = next(item for item in self.entity.endpoints if item.name == route.name)
        return argument_values(endpoint, "mul")

    def _allowed(self, route: Route) -> list[str]:
        owned = self.entity.owned_via is not None or self.entity.name == self.account
        asked = {"authenticated", "owner"} if owned else {"authenticated"}
        people = [OWNER] if asked & set(route.grants) else []
        return people + [grant.replace("role:", "role_") for grant in route.grants if grant.startswith("role:")]

    def _everybodys(self, route: Route) -> bool:
        """Whether whoever is logged in may do it. To make a row of one's own is everybody's, and to ask about one's own rows."""
        own = "owner" in route.grants and (
            (route.kind == "create" and bool(self._owner_key())) or (route.kind == "endpoint" and route.path.count("/") == 2)
        )
        return own or bool({"public", "authenticated"} & set(route.grants))
