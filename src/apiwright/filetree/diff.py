"""What differs between two trees, as a unified diff."""

import difflib
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from apiwright.filetree.tree import FileTree


class FileDiff(Struct, frozen=True, kw_only=True):
    """One file that differs.

    Attributes:
        path: Where it is now, or was when it is gone.
        former: Where it was, when it moved; else empty.
        diff: Unified diff; empty for a file that only moved.
    """

    path: str
    status: Literal["added", "removed", "changed", "moved"]
    former: str
    diff: str
    added: int
    removed: int


def diff_trees(old: FileTree, new: FileTree, *, moved: Mapping[str, str] | None = None) -> tuple[FileDiff, ...]:
    """Every file that differs, in the order of paths.

    Args:
        old: The tree as it was.
        new: The tree as it is.
        moved: Former path -> path, of files that go by another name.
    """
    origin = {path: former for former, path in (moved or {}).items() if former in old and path in new and former not in new}
    gone = {path for path in old.paths if path not in new} - set(origin.values())
    diffs: list[FileDiff] = []
    for path in sorted({*new.paths, *gone}):
        former = origin.get(path, path)
        before = old[former].text if former in old else None
        after = new[path].text if path in new else None
        if before != after or former != path:
            diffs.append(_differing(path, former, before, after))
    return tuple(diffs)


def _differing(path: str, former: str, before: str | None, after: str | None) -> FileDiff:
    lines = list(
        difflib.unified_diff(
            _lines(before),
            _lines(after),
            "/dev/null" if before is None else f"a/{former}",
            "/dev/null" if after is None else f"b/{path}",
        )
    )
    body = lines[2:]
    status = "added" if before is None else "removed" if after is None else "moved" if former != path else "changed"
    return FileDiff(
        path=path,
        status=status,
        former=former if former != path else "",
        diff="".join(lines),
        added=sum(line.startswith("+") for line in body),
        removed=sum(line.startswith("-") for line in body),
    )


def _lines(text: str | None) -> list[str]:
    """Lines with their ends; a last line without one says so, as `diff` does. Only a line feed ends a line."""
    parts = (text or "").split("\n")
    ended = [f"{line}\n" for line in parts[:-1]]
    return [*ended, f"{parts[-1]}\n\\ No newline at end of file\n"] if parts[-1] else ended
