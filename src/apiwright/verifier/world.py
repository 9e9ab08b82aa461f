"""A small population of a backend, derived from its blueprint: who there is, and what each of them owns.

It is plain JSON in the end (`World.as_dict`), because it is laid into the database within the sandbox (`inside.world`). `ann` and `bob` are
plain users; there is one more account per role. Ann and Bob own one row of each entity, as far as the blueprint leaves room for two. Ids
are not known here: `{ann}` stands for the id of Ann's account, `{ann:Todo}` for that of her todo.
"""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from apiwright.blueprint import Blueprint, Entity, Relation
from apiwright.kit.casing import snake
from apiwright.kit.inflection import plural, singular
from apiwright.verifier.room import Room

OWNERS = ("ann", "bob")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row to be made.

    Attributes:
        name: What it is called here: `ann`, `ann:Todo`.
        table: Its table, as far as no other name had to be found.
        values: Columns with JSON values.
        links: Columns that hold the id of another row, by its name.
        pairs: Tables of pairs, as far as no other name had to be found, with the name of the row that it is linked to.
        role: Of an account: the role it has, empty where there are none.
        account: Whether it can log in.
    """

    name: str
    table: str
    values: dict[str, Any]
    links: dict[str, str]
    pairs: dict[str, str] = field(default_factory=dict[str, str])
    role: str = ""
    account: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Rows in the order in which they can be made, the entities of which none can, and the room that is left beside them."""

    login: str
    rows: tuple[Row, ...]
    impossible: frozenset[str] = field(default_factory=frozenset[str])
    room: Room = field(default_factory=Room)

    @property
    def names(self) -> frozenset[str]:
        """What the rows are called."""
        return frozenset(row.name for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        return {"login": self.login, "rows": [asdict(row) for row in self.rows]}


def world_of(blueprint: Blueprint) -> World:
    """The population for a blueprint."""
    account = blueprint.auth.entity if blueprint.auth else ""
    roles = [role.name for role in blueprint.roles]
    order = _order(blueprint)
    wanted = [(entity, who, "user" if roles else "") for who in OWNERS for entity in order]
    wanted += [(entity, f"role_{role}", role) for entity in order if entity.name == account for role in roles]
    room = Room()
    rows: dict[str, Row] = {}
    for entity, who, role in wanted:
        row = _row(entity, who, account, room, role=role)
        if row is not None and {*row.links.values(), *row.pairs.values()} <= rows.keys():
            rows[row.name] = row
    return World(
        login=blueprint.auth.login if blueprint.auth else "",
        rows=tuple(rows.values()),
        impossible=frozenset(entity.name for entity in blueprint.entities if row_name(OWNERS[0], entity.name, account) not in rows),
        room=room,
    )


def needed_for(links: dict[str, str | list[str]], world: World) -> World:
    """The part of a world that has to be there for these links, in the same order."""
    wanted = {name.strip("{}") for value in links.values() for name in ([value] if isinstance(value, str) else value)}
    rows: list[Row] = []
    for row in reversed(world.rows):
        if row.name in wanted:
            wanted |= {*row.links.values(), *row.pairs.values()}
            rows.insert(0, row)
    return replace(world, rows=tuple(rows))


def another_row(entity: Entity, account: str, world: World) -> Row | None:
    """One more row of the first owner; None where there is no room for it."""
    return _row(entity, f"{OWNERS[0]}_more", account, world.room, role="")


def row_name(who: str, entity: str, account: str) -> str:
    """What the row is called that `who` has of an entity: the account itself has the person's name."""
    return who if entity == account else f"{who}:{entity}"


def required_links(entity: Entity, who: str, account: str) -> dict[str, str | list[str]]:
    """The links that create must have: to rows of `who`. The link to the owner is filled by the backend."""
    links: dict[str, str | list[str]] = {}
    for relation in entity.relations:
        if relation.required and not (relation.name == entity.owned_via and relation.target == account):
            target = f"{{{row_name(who, relation.target, account)}}}"
            links[key_of(relation)] = [target] if relation.kind == "many_to_many" else target
    return links


def keys_of(entity: Entity, who: str, account: str) -> dict[str, str]:
    """The keys that every row has, with the names of the rows of `who` that they point to."""
    return {
        f"{relation.name}_id": row_name(who, relation.target, account)
        for relation in entity.relations
        if relation.kind != "many_to_many" and (relation.required or relation.name == entity.owned_via) and relation.target != entity.name
    }


def key_of(relation: Relation) -> str:
    """Its member in payloads: `owner_id`, or `tag_ids`."""
    if relation.kind == "many_to_many":
        return f"{singular(relation.name)}_ids"
    return f"{relation.name}_id"


def _row(entity: Entity, who: str, account: str, room: Room, *, role: str) -> Row | None:
    owner = who if who in OWNERS else OWNERS[0]
    links = keys_of(entity, owner, account)
    values = room.values(entity, who.replace("_", ""), links, stored=True)
    is_account = entity.name == account
    if values is None:
        return None
    return Row(
        name=row_name(who, entity.name, account),
        table=snake(entity.plural or plural(entity.name)),
        values=values,
        links=links,
        pairs={
            f"{snake(entity.name)}_{relation.name}": row_name(owner, relation.target, account)
            for relation in entity.relations
            if relation.kind == "many_to_many" and relation.required
        },
        role=role if is_account else "",
        account=is_account,
    )


def _order(blueprint: Blueprint) -> list[Entity]:
    """Entities, each after those it cannot do without; those in a circle are left out."""
    done: list[Entity] = []
    names: set[str] = set()
    waiting = list(blueprint.entities)
    while ready := [entity for entity in waiting if _needs(entity) <= names]:
        done += ready
        names |= {entity.name for entity in ready}
        waiting = [entity for entity in waiting if entity.name not in names]
    return done


def _needs(entity: Entity) -> set[str]:
    linked = [item for item in entity.relations if item.required or item.name == entity.owned_via]
    return {item.target for item in linked if item.target != entity.name}
