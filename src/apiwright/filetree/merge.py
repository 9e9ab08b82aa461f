"""Three-way merge of trees: what the generator made before (base), what it makes now (theirs), what the user has (ours).

Trees are compared file by file; the text of a file that both sides changed is merged by a function that is handed in, so that
this room starts no process.
"""

from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from apiwright.filetree.tree import FileTree, GeneratedFile

ALIKE = 0.6
"""Share of lines that a file which the user moved must still have in common with what was generated."""
MARKERS = ("<<<<<<< ", ">>>>>>> ")


class MergedText(Struct, frozen=True):
    """The text of one file after a merge; with conflict markers in it when it is not `clean`."""

    text: str
    clean: bool


TextMerge = Callable[[str, str, str], MergedText]
"""`(base, ours, theirs)` -> the merged text."""


class Conflict(Struct, frozen=True, kw_only=True):
    """A file that a person must look at.

    Attributes:
        kind: `text`: both changed the same lines, which are marked; `deleted-by-user`: the generator changed a file that the user
            deleted (it stays deleted); `deleted-by-generator`: the user changed a file that is no longer generated (it stays);
            `added-by-both`: both added the file (marked).
    """

    path: str
    kind: Literal["text", "deleted-by-user", "deleted-by-generator", "added-by-both"]

    @property
    def sentence(self) -> str:
        """What happened, and what is there now."""
        told = {
            "text": "you and the generator changed the same lines; both are in the file, marked as git does",
            "deleted-by-user": "you deleted it and the generator changed it; it stays deleted",
            "deleted-by-generator": "you changed it and it is no longer generated; it stays as you left it",
            "added-by-both": "you and the generator both added it; both are in the file, marked as git does",
        }[self.kind]
        return f"{self.path}: {told}"

    @property
    def blocks(self) -> bool:
        """Whether the project cannot be used before it is solved: the file has markers in it."""
        return self.kind in {"text", "added-by-both"}


class Merge(Struct, frozen=True, kw_only=True):
    """What came of a merge.

    Attributes:
        tree: The files that either side knows, as they are to be. What only the user has is not in it, and stays as it is.
        written: Files whose text or place differs from the user's.
        removed: Files of the user's tree that go: no longer generated and not edited, or moved.
        kept: Files that the user had edited and that the merge carried on.
        moved: Former path -> path of files that go by another name.
    """

    tree: FileTree
    conflicts: tuple[Conflict, ...]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    moved: Mapping[str, str]


def merge_trees(
    base: FileTree, ours: FileTree, theirs: FileTree, *, merge_text: TextMerge, moved: Mapping[str, str] | None = None
) -> Merge:
    """Carry what the generator changed from `base` to `theirs` over to `ours`.

    Args:
        base: What was generated before.
        ours: The user's files. One that is new and much like a file of `base` that is missing counts as that file, moved by the user.
        theirs: What is generated now.
        merge_text: Merges the text of a file that both sides changed.
        moved: Path in `base` -> path in `theirs`, of files that go by another name now.
    """
    moves = {old: new for old, new in (moved or {}).items() if old in base and new in theirs and old != new}
    former = {new: old for old, new in moves.items()}
    places = _moved_by_user(base, ours, theirs)
    files: list[GeneratedFile] = []
    conflicts: list[Conflict] = []
    for path in theirs.paths:
        old = former.get(path, path if path not in moves else None)
        mine = places.get(old, old) if old is not None else path
        target = replace(theirs[path], path=mine) if old in places else theirs[path]
        file, conflict = _merged(target, _text(base, old), _text(ours, mine), merge_text)
        if file is not None and mine != path and path in ours and path not in base:
            file, conflict = _merged(file, None, ours[path].text, merge_text)
        files += [file] if file is not None else []
        conflicts += [conflict] if conflict is not None else []
    for path in base.paths:
        mine = places.get(path, path)
        if path not in theirs and path not in moves and mine in ours and ours[mine].text != base[path].text:
            files.append(ours[mine])
            conflicts.append(Conflict(path=mine, kind="deleted-by-generator"))
    return _summed(FileTree(files), conflicts, base=base, ours=ours, moves=moves)


def _moved_by_user(base: FileTree, ours: FileTree, theirs: FileTree) -> dict[str, str]:
    """Path in `base` -> path in `ours`, of files that the user gave another place."""
    missing = [file for file in base if file.path not in ours and file.text.strip()]
    new = {file.path: file for file in ours if file.path not in base and file.path not in theirs}
    places: dict[str, str] = {}
    for file in missing:
        alike = {path: _likeness(file.text, other.text) for path, other in new.items() if _ending(path) == _ending(file.path)}
        best = max(alike, key=lambda path: (alike[path], path), default=None)
        if best is not None and alike[best] >= ALIKE:
            places[file.path] = best
            del new[best]
    return places


def _likeness(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one.splitlines(), other.splitlines(), autojunk=False).ratio()


def _ending(path: str) -> str:
    return path.rsplit(".", 1)[-1]


def unsolved(tree: FileTree) -> tuple[str, ...]:
    """Files that still have conflict markers in them."""
    return tuple(file.path for file in tree if all(any(line.startswith(mark) for line in file.text.split("\n")) for mark in MARKERS))


def _merged(
    theirs: GeneratedFile, base: str | None, ours: str | None, merge_text: TextMerge
) -> tuple[GeneratedFile | None, Conflict | None]:
    path = theirs.path
    if base is None:
        if ours is None or ours == theirs.text:
            return theirs, None
        merged = merge_text("", ours, theirs.text)
        return GeneratedFile(path, merged.text, theirs.phase), None if merged.clean else Conflict(path=path, kind="added-by-both")
    if ours is None:
        return None, None if base == theirs.text else Conflict(path=path, kind="deleted-by-user")
    if ours in {base, theirs.text}:
        return theirs, None
    if theirs.text == base:
        return GeneratedFile(path, ours, theirs.phase), None
    merged = merge_text(base, ours, theirs.text)
    return GeneratedFile(path, merged.text, theirs.phase), None if merged.clean else Conflict(path=path, kind="text")


def _summed(tree: FileTree, conflicts: list[Conflict], *, base: FileTree, ours: FileTree, moves: Mapping[str, str]) -> Merge:
    former = {new: old for old, new in moves.items()}
    edited = {path for path in ours.paths if path in base and ours[path].text != base[path].text}
    return Merge(
        tree=tree,
        conflicts=tuple(conflicts),
        written=tuple(file.path for file in tree if file.path not in ours or ours[file.path].text != file.text),
        removed=tuple(path for path in ours.paths if path in base and path not in tree),
        kept=tuple(file.path for file in tree if former.get(file.path, file.path) in edited),
        moved={old: new for old, new in moves.items() if old in ours and new in tree},
    )


def _text(tree: FileTree, path: str | None) -> str | None:
    return tree[path].text if path is not None and path in tree else None
