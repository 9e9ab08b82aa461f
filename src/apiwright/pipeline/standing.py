"""How far the extensions of a project are, and where its README tells it."""

import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from apiwright.blueprint import Blueprint
from apiwright.compiler import ExtensionPoint, extension_points
from apiwright.filetree import FileTree
from apiwright.kit.stubs import is_written

README = "README.md"
WRITTEN, STUB = "written", "not written"
"""As the template of the README has the second."""


def stubs_in(tree: FileTree, blueprint: Blueprint) -> tuple[str, ...]:
    """Names of extensions whose modules nobody has written yet, e.g. `Order.total`; in the blueprint's order."""
    return _stubs(tree, extension_points(blueprint))


def not_written(stubs: Iterable[str]) -> tuple[str, ...]:
    """What a reader must know of them, as notes; as the check `extensions` says it."""
    names = ", ".join(stubs)
    return (f"Not written: {names}.",) if names else ()


def told(tree: FileTree, blueprint: Blueprint) -> FileTree:
    """The project, whose README says of each extension whether it is written. What somebody made of those lines is left alone."""
    points = extension_points(blueprint)
    stubs = set(_stubs(tree, points))
    return _with_states(tree, {point: STUB if point.title in stubs else WRITTEN for point in points})


def untold(tree: FileTree, blueprint: Blueprint) -> FileTree:
    """The project, whose README says so as it does when it has just been generated: a merge must not take that for an edit."""
    return _with_states(tree, dict.fromkeys(extension_points(blueprint), STUB))


def _stubs(tree: FileTree, points: Iterable[ExtensionPoint]) -> tuple[str, ...]:
    return tuple(point.title for point in points if point.path in tree and not is_written(tree[point.path].text))


def _with_states(tree: FileTree, states: Mapping[ExtensionPoint, str]) -> FileTree:
    if not states or README not in tree:
        return tree
    text = tree[README].text
    for point, state in states.items():
        row = rf"\| (?:{WRITTEN}|{STUB}) (\| `{re.escape(point.path)}` \| `{re.escape(point.test_path)}` \|)$"
        text = re.sub(row, rf"| {state} \1", text, flags=re.MULTILINE)
    return FileTree(replace(file, text=text) if file.path == README else file for file in tree)
