"""`apiwright history`: the versions of a project."""

import json
from pathlib import Path
from typing import Annotated

import typer

from apiwright.cli.revising import DirOption
from apiwright.pipeline.git import VERSION, Git
from apiwright.pipeline.keeping import read_pending
from apiwright.pipeline.versions import Version, read_history


def command(
    directory: DirOption = Path(),
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    changes: Annotated[bool, typer.Option("--changes", help="Every change of each version.")] = False,
) -> None:
    """List the versions of the project, the oldest first."""
    history = read_history(directory.absolute())
    git = Git.of(history.directory)
    commits = {item.version: git.find(VERSION, item.version) if git else None for item in history.versions}
    if as_json:
        print(json.dumps([_document(item, commits[item.version]) for item in history.versions], indent=2, ensure_ascii=False))
        return
    for item in history.versions:
        commit = commits[item.version]
        date = git.date(commit)[:16].replace("T", " ") if git and commit else ""
        print(f"v{item.version:<4} {date:17}{item.kind:9} {item.subject}")
        for change in item.changes if changes else ():
            print(f"      {change.sentence}")
    if (pending := read_pending(history.directory)) is not None:
        print(f"v{pending.version.version:<4} {'':17}waits for its conflicts to be solved")


def _document(version: Version, commit: str | None) -> dict[str, object]:
    return {
        "version": version.version,
        "kind": version.kind,
        "generator": version.generator,
        "request": version.request,
        "revision": version.revision,
        "commit": commit,
        "changes": [change.sentence for change in version.changes],
    }
