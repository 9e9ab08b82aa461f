"""What the tests of each entity stand on: while none of it changes, they need not be run again.

An entity's tests call its own routes, on rows of its own and of the entities next to it. They stand on the entity's files, on what the
blueprint says of those next to it, on whatever somebody wrote or edited, and each on its own lines (see `verifier.passed`). Files of others
that are exactly as generated (the application, its settings, the factories, the models next to it) say nothing of their own: they follow
from the generator, which is named, and from the blueprint. What fields those next to it have is no matter, but for accounts: it needs rows
of them, with whatever is in them, and whether such can be stored is what their own tests show. Nor is it a matter what those are called
that only point to it: a test that needs one says its name. Whether entities stand in each other's way is the business of checks that are
always done whole: import, types, document and reach of the routes, boot, upgrade.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from apiwright import __version__, compiler
from apiwright.blueprint import Blueprint, Entity

_NO_CODE = (".md", ".yaml", ".yml", "Dockerfile", ".example", ".gitignore", ".dockerignore")
_GROWING = (".apiwright/", "migrations/versions/")
"""Added to by each version; the tests make their tables without them."""


def standing_on(files: Mapping[str, str], blueprint: Blueprint) -> dict[str, str]:
    """By path of each entity's test modules a digest of what they stand on, beside their own text.

    Args:
        files: The project's, text by path.
        blueprint: What it was made from.
    """
    generated = {file.path: file for file in compiler.compile_blueprint(blueprint)}
    entity_of = {path: file.phase.removeprefix("entity:") for path, file in generated.items() if file.phase.startswith("entity:")}
    as_generated = {path for path, file in generated.items() if files.get(path) == file.text}
    own = {path: text for path, text in files.items() if path not in entity_of and path not in as_generated and _counts(path)}

    accounts = blueprint.auth.entity if blueprint.auth else None

    def digest(entity: Entity, near: Mapping[str, Entity]) -> str:
        of_it = {path for path, name in entity_of.items() if name == entity.name or (name in near and path not in as_generated)}
        code = {path: files[path] for path in of_it & files.keys() if not _is_test(path)}
        faces = sorted(_face(other, entity, account=name == accounts) for name, other in near.items())
        return _digest(own | code | {"blueprint": "\n".join(faces)})

    digests = {entity.name: digest(entity, _near(entity, blueprint)) for entity in blueprint.entities}
    return {path: digests[name] for path, name in entity_of.items() if _is_test(path) and path in files}


def _counts(path: str) -> bool:
    return not path.startswith(_GROWING) and not path.endswith(_NO_CODE) and not _is_test(path)


def _is_test(path: str) -> bool:
    return path.startswith("tests/") and not path.startswith("tests/extensions/") and path.rpartition("/")[2].startswith("test_")


def _near(entity: Entity, blueprint: Blueprint) -> dict[str, Entity]:
    """Those that it points to, those that point to it, and the one whose accounts call it; not itself."""
    targets = {relation.target for relation in entity.relations} | ({blueprint.auth.entity} if blueprint.auth else set[str]())
    near = [other for other in blueprint.entities if other.name in targets or any(link.target == entity.name for link in other.relations)]
    return {other.name: other for other in near if other.name != entity.name}


def _face(other: Entity, entity: Entity, *, account: bool) -> str:
    """What the blueprint says of an entity, but how it calls those that it points to beyond the one that is tested."""
    said = other.model_dump(mode="json", exclude={"origin", "description"} | (set() if account else {"fields"}))
    for relation in said["relations"]:
        del relation["origin"]
        if relation["target"] != entity.name:
            del relation["name"], relation["target"], relation["inverse"]
    if not account and all(relation.target != other.name for relation in entity.relations):
        del said["name"], said["plural"]
        for relation in said["relations"]:
            relation.pop("inverse", None)
    return json.dumps(said)


def _digest(texts: Mapping[str, str]) -> str:
    whole = hashlib.sha256(_generator().encode())
    for name, text in sorted(texts.items()):
        encoded = text.encode("utf-8", "surrogateescape")
        whole.update(f"{name}\0{len(encoded)}\0".encode())
        whole.update(encoded)
    return whole.hexdigest()


@cache
def _generator() -> str:
    """Which generator this is: its version, and for those who work on it, its source as it lies there."""
    source = sorted(path for path in Path(compiler.__file__).parent.rglob("*") if path.suffix in {".py", ".jinja", ".txt"})
    return "\0".join([__version__, *(f"{path.name} {path.stat().st_mtime_ns}" for path in source)])
