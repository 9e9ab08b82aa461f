"""What an application says of itself before and after a change: only what was asked for may differ."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from apiwright.blueprint import Blueprint, Entity
from apiwright.verifier.routes import collection_path

_REF = "#/components/schemas/"


def unintended(old: Blueprint, new: Blueprint, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Every difference between two OpenAPI documents that the change of the blueprint does not ask for, in sentences.

    Routes of entities that are as they were, of accounts that are, and of no entity at all are described just as before, with every schema
    that they refer to. In entities that changed, the fields that did not are.
    """
    touched, guarded = _touched(old, new), _guarded(old) ^ _guarded(new)
    documents = _Documents(before, after, touched)
    found: list[str] = []
    for path, item in before["paths"].items():
        entity = _entity_of(path, old)
        if entity is None:
            fixed = not path.startswith("/auth/") or (old.auth is not None and old.auth.entity not in touched)
            if fixed and not documents.same(item, after["paths"].get(path)):
                found.append(f"{path} is described in another way, though nobody asked to change it.")
        elif entity.name not in touched:
            then, now = (_deleted_freely(of) if entity.name in guarded else of for of in (item, after["paths"].get(path)))
            if not documents.same(then, now):
                found.append(f"{path} is described in another way, though nobody asked to change {entity.name}.")
        elif (changed := new.entity(entity.name)) is not None and path in after["paths"]:
            found += _fields(entity, changed, path, documents)
    return list(dict.fromkeys(found))


def _touched(old: Blueprint, new: Blueprint) -> frozenset[str]:
    """Entities that are new, gone or different; the accounts too where logging in or the roles are different."""
    names = {entity.name for entity in old.entities if new.entity(entity.name) != entity}
    names |= {entity.name for entity in new.entities if old.entity(entity.name) is None}
    if (old.auth, old.roles) != (new.auth, new.roles):
        names |= {auth.entity for auth in (old.auth, new.auth) if auth is not None}
    return frozenset(names)


def _guarded(blueprint: Blueprint) -> frozenset[str]:
    """Entities whose rows cannot be deleted while others point to them."""
    links = (link for entity in blueprint.entities for link in entity.relations)
    return frozenset(link.target for link in links if link.on_delete == "restrict" and link.kind != "many_to_many")


def _deleted_freely(item: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What a path says of itself, but for the refusal to delete what is still pointed to."""
    if item is None or "delete" not in item:
        return item
    answers = {code: answer for code, answer in item["delete"]["responses"].items() if code != "409"}
    return {**item, "delete": {**item["delete"], "responses": answers}}


def _entity_of(path: str, blueprint: Blueprint) -> Entity | None:
    owners = [entity for entity in blueprint.entities if f"{path}/".startswith(f"{collection_path(entity)}/")]
    return max(owners, key=lambda entity: len(collection_path(entity)), default=None)


def _fields(old: Entity, new: Entity, path: str, documents: "_Documents") -> Iterator[str]:
    """Fields of a changed entity that are as they were, and that no action has to do with: how bodies and filters describe them."""
    moved = {name for entity in (old, new) for move in entity.transitions for name in (move.field, move.stamp)}
    same = {field.name for field in old.fields if new.field(field.name) == field} - moved
    for schema, name in documents.properties(path, old.name):
        if name in same and not documents.same_property(schema, name):
            yield f"{schema} describes {name} in another way, though nobody asked to change it."
    for name in documents.other_parameters(path):
        if name.partition("__")[0] in same:
            yield f"{path} describes the filter {name} in another way, though nobody asked to change it."


class _Documents:
    """Two documents, compared through their references. Schemas of touched entities are compared by name alone."""

    def __init__(self, before: Mapping[str, Any], after: Mapping[str, Any], touched: frozenset[str]) -> None:
        self._before, self._after = before, after
        self._touched = touched

    def same(self, one: object, other: object) -> bool:
        """Whether two parts say the same."""
        return _resolved(one, self._before, self._touched) == _resolved(other, self._after, self._touched)

    def properties(self, path: str, entity: str) -> Iterator[tuple[str, str]]:
        """Each schema of an entity that a path refers to, if it is still there, with each of its properties."""
        for name in sorted(_references(self._before["paths"][path])):
            if _belongs(name, frozenset({entity})) and name in _schemas(self._after):
                yield from ((name, key) for key in _schemas(self._before)[name].get("properties", {}))

    def same_property(self, schema: str, name: str) -> bool:
        """Whether a property is described just as before."""
        one, other = (_schemas(document)[schema].get("properties", {}).get(name) for document in (self._before, self._after))
        return self.same(one, other)

    def other_parameters(self, path: str) -> Iterator[str]:
        """Query parameters of its `get` that are gone or different."""
        before, after = (
            {item["name"]: item for item in document["paths"][path].get("get", {}).get("parameters", [])}
            for document in (self._before, self._after)
        )
        if after or "get" in self._after["paths"][path]:
            yield from (name for name, item in before.items() if not self.same(item, after.get(name)))


def _schemas(document: Mapping[str, Any]) -> Mapping[str, Any]:
    return document.get("components", {}).get("schemas", {})


def _belongs(schema: str, entities: frozenset[str]) -> bool:
    """Whether a schema is one of an entity's: `TodoRead`, `Page_TodoRead_`."""
    return any(part.startswith(name) and part[len(name) :] in _SUFFIXES for part in schema.split("_") for name in entities)


_SUFFIXES = frozenset({"Create", "Update", "Read", "Query", "Sort", ""})


def _references(part: object) -> set[str]:
    if isinstance(part, dict):
        pairs = cast("dict[str, object]", part).items()
        own = {str(value).removeprefix(_REF) for key, value in pairs if key == "$ref"}
        return own.union(*(_references(value) for _, value in pairs))
    if isinstance(part, list):
        return set[str]().union(*(_references(item) for item in cast("list[object]", part)))
    return set()


def _resolved(part: object, document: Mapping[str, Any], touched: frozenset[str], above: tuple[str, ...] = ()) -> object:
    """A part with what it refers to in the place of each reference."""
    if isinstance(part, list):
        return [_resolved(item, document, touched, above) for item in cast("list[object]", part)]
    if not isinstance(part, dict):
        return part
    pairs = cast("dict[str, object]", part)
    name = str(pairs.get("$ref", "")).removeprefix(_REF)
    if name and not _belongs(name, touched) and name not in above:
        return _resolved(_schemas(document).get(name), document, touched, (*above, name))
    return {key: _resolved(value, document, touched, above) for key, value in pairs.items()}
