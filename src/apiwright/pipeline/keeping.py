"""A version is written into its project: files, record, commit. Or it waits there until its conflicts are solved."""

import json
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.filetree import FileTree, unsolved
from apiwright.pipeline.git import SNAPSHOT, Git
from apiwright.pipeline.proof import write_merge
from apiwright.pipeline.revision import Revised, read_project_tree
from apiwright.pipeline.versions import PENDING, History, Version, version_of


class Pending(Struct, frozen=True, kw_only=True):
    """A version whose conflicts are not solved yet.

    Attributes:
        snapshot: The commit of its snapshot; empty without a repository.
        files: What was written.
        removed: What was removed.
    """

    version: Version
    snapshot: str
    files: tuple[str, ...]
    removed: tuple[str, ...]


def keep(history: History, revised: Revised) -> str:
    """Write a version and commit it; edits by hand get a commit of their own before. Answers the commit, if there is a repository."""
    git = Git.of(history.directory)
    if git is not None and git.edited:
        git.commit("Edited by hand")
    write_merge(history.directory, revised.merge)
    return _committed(git, revised.version, _snapshot(git, revised)) if git else ""


def keep_conflicts(history: History, revised: Revised) -> None:
    """Write a version with its conflicts marked. Its record waits beside the others until they are solved."""
    git = Git.of(history.directory)
    if git is not None and git.edited:
        git.commit("Edited by hand")
    snapshot = _snapshot(git, revised) if git else ""
    record = revised.version.path
    merge = replace(revised.merge, written=tuple(path for path in revised.merge.written if path != record))
    write_merge(history.directory, merge)
    document = {
        "version": revised.version.as_dict(),
        "snapshot": snapshot or "",
        "files": list(merge.written),
        "removed": list(merge.removed),
    }
    Path(history.directory, PENDING).write_text(json.dumps(document, indent=1) + "\n", "utf-8")


def read_pending(directory: Path) -> Pending | None:
    """The version that waits, if there is one."""
    path = directory / PENDING
    if not path.is_file():
        return None
    document = json.loads(path.read_text("utf-8"))
    return Pending(
        version=version_of(document["version"]),
        snapshot=document["snapshot"],
        files=tuple(document["files"]),
        removed=tuple(document["removed"]),
    )


def refuse_pending(directory: Path) -> None:
    """Raise `InputError` while a version waits for its conflicts to be solved."""
    if (pending := read_pending(directory)) is not None:
        message = f"v{pending.version.version} waits for its conflicts to be solved."
        hint = "Solve them and say `apiwright apply`, or give it up with `apiwright apply --abort`."
        raise InputError([Diagnostic(code="version-pending", where=str(directory), message=message, hint=hint)])


def refuse_unsolved(directory: Path) -> None:
    """Raise `InputError` while files have conflict markers in them, naming each."""
    paths = unsolved(FileTree(file for file in read_project_tree(directory) if not file.path.startswith(".apiwright/")))
    if paths:
        hint = "Choose one side, or write what is right, and take the markers out."
        raise InputError(
            [Diagnostic(code="conflict-unsolved", where=path, message="It still has conflict markers.", hint=hint) for path in paths]
        )


def finish(history: History, pending: Pending) -> str:
    """Keep the version that waited, as it is now. Answers the commit, if any."""
    Path(history.directory, PENDING).unlink()
    Path(history.directory, pending.version.path).write_text(pending.version.record().text, "utf-8")
    git = Git.of(history.directory)
    return _committed(git, pending.version, pending.snapshot or None) if git else ""


def abort(history: History, pending: Pending) -> None:
    """Take back what the version that waits wrote.

    Raises:
        InputError: There is no repository to take it from.
    """
    git = Git.of(history.directory)
    if git is None:
        message = "The project has no git repository of its own, so what was there before cannot be taken back."
        raise InputError(
            [Diagnostic(code="repository-missing", where=str(history.directory), message=message, hint="Solve the conflicts.")]
        )
    git.restore([*pending.files, *pending.removed])
    Path(history.directory, PENDING).unlink()


def _snapshot(git: Git | None, revised: Revised) -> str | None:
    if git is None:
        return None
    parent = git.find(SNAPSHOT, revised.former.version)
    return git.snapshot(revised.generated, parent=parent, message=revised.version.snapshot_message)


def _committed(git: Git, version: Version, snapshot: str | None) -> str:
    commit = git.commit(version.message, merged=snapshot)
    git.tag(version.version, commit)
    return commit
