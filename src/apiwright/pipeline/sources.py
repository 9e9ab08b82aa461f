"""What a writer of extensions is shown of a project: what the extension works with, in bounds."""

from collections.abc import Iterator, Mapping

from apiwright.blueprint import Blueprint
from apiwright.compiler import ExtensionPoint
from apiwright.filetree import FileTree

LONGEST = 80_000
_COMMON = ("app/extensions/__init__.py", "tests/factories.py", "app/models/base.py", "app/core/errors.py")
_OWN = ("app/models/", "app/schemas/", "app/routers/")
_OTHERS = ("app/models/", "app/schemas/")


def sources_for(point: ExtensionPoint, blueprint: Blueprint, tree: FileTree) -> Mapping[str, str]:
    """Models, payloads and routes of the entity, then of those it is linked with, and what they share; what is too much is left out."""
    sources: dict[str, str] = {}
    left = LONGEST
    for path in _paths(point, blueprint, tree):
        text = tree[path].text
        if path not in sources and len(text) <= left:
            sources[path] = text
            left -= len(text)
    return sources


def _paths(point: ExtensionPoint, blueprint: Blueprint, tree: FileTree) -> Iterator[str]:
    yield from _of(point.entity, _OWN, tree)
    yield from (path for path in _COMMON if path in tree)
    for name in _linked(point.entity, blueprint):
        yield from _of(name, _OTHERS, tree)


def _of(entity: str, folders: tuple[str, ...], tree: FileTree) -> Iterator[str]:
    return (file.path for file in tree if file.phase == f"entity:{entity}" and file.path.startswith(folders))


def _linked(name: str, blueprint: Blueprint) -> list[str]:
    """Entities one step away, then those two steps away."""
    links: dict[str, set[str]] = {entity.name: set() for entity in blueprint.entities}
    for entity in blueprint.entities:
        for relation in entity.relations:
            links[entity.name].add(relation.target)
            links[relation.target].add(entity.name)
    near = sorted(links[name] - {name})
    return [*near, *sorted({far for item in near for far in links[item]} - {name, *near})]
