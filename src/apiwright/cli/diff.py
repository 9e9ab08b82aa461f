"""`apiwright diff`: what differs between two versions of a project."""

import json
from pathlib import Path
from typing import Annotated

import typer

from apiwright.blueprint.changes import Change
from apiwright.cli.revising import DirOption
from apiwright.cli.version_numbers import version_number
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.filetree import FileTree, diff_trees
from apiwright.pipeline.revision import base_of, read_project_tree
from apiwright.pipeline.rollback import changes_back
from apiwright.pipeline.versions import History, Version, read_history


def command(
    old: Annotated[str, typer.Argument(metavar="V1", help="The version to compare with.")],
    new: Annotated[str, typer.Argument(metavar="V2", help="The version to compare; by default the last one.")] = "",
    directory: DirOption = Path(),
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    stat: Annotated[bool, typer.Option("--stat", help="Only which files differ, and by how much.")] = False,
) -> None:
    """Show what differs between two versions: the changes as sentences, then every file as a unified diff."""
    history = read_history(directory.absolute())
    before, after = history[version_number(old)], history[version_number(new)] if new else history.last
    changes = _between(history, before, after)
    files = diff_trees(_tree(history, before), _tree(history, after))
    if as_json:
        told = [{"path": item.path, "status": item.status, "diff": item.diff} for item in files]
        document = {"from": before.version, "to": after.version, "changes": [change.sentence for change in changes], "files": told}
        print(json.dumps(document, indent=2, ensure_ascii=False))
        return
    for change in changes:
        print(change.sentence)
    for item in files:
        print(f"{item.status:8} {item.path} (+{item.added} -{item.removed})" if stat else item.diff, end="\n" if stat else "")


def _between(history: History, before: Version, after: Version) -> tuple[Change, ...]:
    """What was asked for in between; the way back, where the first is the later one."""
    if after.version < before.version:
        until = History(directory=history.directory, versions=history.versions[: before.version])
        return changes_back(until, after)
    return tuple(change for item in history.versions if before.version < item.version <= after.version for change in item.changes)


def _tree(history: History, version: Version) -> FileTree:
    delivered = history.tree(version.version)
    if delivered is None and version == history.last:
        delivered = read_project_tree(history.directory)
    tree = delivered or base_of(history, version, read_project_tree(history.directory))
    if not tree:
        raise InputError([Diagnostic(code="version-lost", message=f"v{version.version} is not to be had any more.")])
    return FileTree(file for file in tree if not file.path.startswith(".apiwright/"))
