"""What the tests of each entity stand on: while none of it changes, they need not be run again.

An entity's tests call its own routes, on rows of its own and of the entities next to it. They stand on every file of those, and on
whatever else somebody wrote or edited. Files that belong to no entity and are exactly as generated (the application, its settings, the
factories) say nothing of their own: they follow from the generator, which is named, and from the entities. Whether entities stand in each
other's way is the business of checks that are always done whole: import, types, document and reach of the routes, boot, upgrade.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from apiwright import __version__, compiler
from apiwright.blueprint import Blueprint
from apiwright.filetree import GeneratedFile

_NO_CODE = (".md", ".yaml", ".yml", "Dockerfile", ".example", ".gitignore", ".dockerignore")
_GROWING = (".apiwright/", "migrations/versions/")
"""Added to by each version; the tests make their tables without them."""


def standing_on(files: Mapping[str, str], blueprint: Blueprint) -> dict[str, str]:
    """By path of each entity's test modules a digest of what they stand on.

    Args:
        files: The project's, text by path.
        blueprint: What it was made from.
    """
    generated = {file.path: file for file in compiler.compile_blueprint(blueprint)}
    entity_of = {path: file.phase.removeprefix("entity:") for path, file in generated.items() if file.phase.startswith("entity:")}
    own = [path for path, text in files.items() if path not in entity_of and _counts(path) and not _is(generated.get(path), text)]
    digests = {
        name: _digest(files, [*own, *(path for path, entity in entity_of.items() if entity in others and path in files)])
        for name, others in _near(blueprint).items()
    }
    return {path: digests[name] for path, name in entity_of.items() if _is_test(path) and path in files}


def _is(file: GeneratedFile | None, text: str) -> bool:
    return file is not None and file.text == text


def _counts(path: str) -> bool:
    return not path.startswith(_GROWING) and not path.endswith(_NO_CODE) and not _is_test(path)


def _is_test(path: str) -> bool:
    return path.startswith("tests/") and not path.startswith("tests/extensions/") and path.rpartition("/")[2].startswith("test_")


def _near(blueprint: Blueprint) -> dict[str, set[str]]:
    """Each entity with those that it points to, those that point to it, and the one whose accounts call it."""
    accounts = {blueprint.auth.entity} if blueprint.auth else set[str]()
    near = {entity.name: {entity.name} | accounts for entity in blueprint.entities}
    for entity in blueprint.entities:
        for relation in entity.relations:
            near[entity.name].add(relation.target)
            near[relation.target].add(entity.name)
    return near


def _digest(files: Mapping[str, str], paths: Iterable[str]) -> str:
    whole = hashlib.sha256(_generator().encode())
    for path in sorted(paths):
        text = files[path].encode("utf-8", "surrogateescape")
        whole.update(f"{path}\0{len(text)}\0".encode())
        whole.update(text)
    return whole.hexdigest()


@cache
def _generator() -> str:
    """Which generator this is: its version, and for those who work on it, its source as it lies there."""
    source = sorted(path for path in Path(compiler.__file__).parent.rglob("*") if path.suffix in {".py", ".jinja", ".txt"})
    return "\0".join([__version__, *(f"{path.name} {path.stat().st_mtime_ns}" for path in source)])
