"""Between trees and directories. A project appears whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from apiwright.diagnostics import Diagnostic
from apiwright.errors import OutputError
from apiwright.filetree.tree import FileTree, GeneratedFile

IGNORED = frozenset({".git", ".venv", "__pycache__", ".pytest_cache", ".ruff_cache", ".mypy_cache", "node_modules"})
IGNORED_SUFFIXES = (".pyc", ".db", ".db-journal", ".db-wal", ".db-shm")


class Staging:
    """A directory in the making, beside the one it is to become.

    Attributes:
        path: Where the files are now; gone once the staging is published or dropped.
        target: What it is to become.
    """

    def __init__(self, path: Path, target: Path) -> None:
        self.path = path
        self.target = target

    def publish(self) -> Path | None:
        """Make it the target in one rename. Whatever stood there is kept beside it; its new place is answered."""
        kept = None
        if self.target.is_dir() and any(self.target.iterdir()):
            kept = _free_sibling(self.target, "bak")
            self.target.rename(kept)
        self.path.replace(self.target)
        return kept

    def set_aside(self) -> Path:
        """Keep it for inspection as `<target>.failed` (or the next free name); the target stays as it is."""
        aside = _free_sibling(self.target, "failed")
        self.path.replace(aside)
        return aside


@contextmanager
def staged(tree: FileTree, target: Path, *, force: bool = False) -> Generator[Staging]:
    """Write every file of `tree` beside `target`; leave nothing behind unless it is published or set aside.

    Args:
        tree: What to write.
        target: The directory to make. It must not exist or be empty, unless `force`.
        force: Take the place of a directory that holds something.

    Raises:
        OutputError: The target is taken, or cannot be written to.
    """
    target = target.resolve() if target.is_symlink() else target.absolute()
    refuse_occupied(target, force=force)
    with room_beside(target) as room:
        try:
            _fill(tree, room)
            room.chmod(0o755)
            yield Staging(room, target)
        except OSError as error:
            raise OutputError([_unwritable(target, error)]) from error


@contextmanager
def room_beside(target: Path) -> Generator[Path]:
    """An empty directory beside `target`, for what is in the making. It goes in the end, and so do parents that nothing came of.

    Raises:
        OutputError: There can be none.
    """
    target = target.absolute()
    try:
        missing = [folder for folder in target.parents if not folder.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise OutputError([_unwritable(target, error)]) from error
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)
        with suppress(OSError):  # a parent that holds something stays
            for folder in missing:
                folder.rmdir()


def refuse_occupied(target: Path, *, force: bool = False) -> None:
    """Raise `OutputError` when `target` is a file, or holds something and `force` is not given."""
    if target.exists() and not target.is_dir():
        raise OutputError([_diagnostic("output-is-a-file", target, "This is a file, not a directory.")])
    if not force and target.is_dir() and any(target.iterdir()):
        hint = "Choose another one with -o, or take its place with --force; what it holds is then kept beside it."
        raise OutputError([_diagnostic("output-not-empty", target, "The directory holds something already.", hint)])


def read_tree(directory: Path) -> FileTree:
    """The text files of a project directory, without what tools leave there (environments, caches, databases).

    Raises:
        OutputError: `directory` is no directory.
    """
    if not directory.is_dir():
        raise OutputError([_diagnostic("directory-missing", directory, "There is no such directory.")])
    files: list[GeneratedFile] = []
    for root, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if name not in IGNORED)
        for name in sorted(names):
            path = Path(root, name)
            if name.endswith(IGNORED_SUFFIXES) or path.is_symlink():
                continue
            files.append(GeneratedFile(path.relative_to(directory).as_posix(), path.read_text("utf-8", errors="replace")))
    return FileTree(files)


def _fill(tree: FileTree, directory: Path) -> None:
    made: set[str] = set()
    for file in tree:
        target = os.path.join(directory, file.path)  # noqa: PTH118 - hundreds of files: three times as fast as Path
        parent = os.path.dirname(target)  # noqa: PTH120
        if parent not in made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
            made.add(parent)
        with open(target, "wb") as stream:  # noqa: PTH123
            stream.write(file.text.encode())


def _free_sibling(target: Path, suffix: str) -> Path:
    names = (target.with_name(f"{target.name}.{suffix}{number or ''}") for number in range(10_000))
    return next(path for path in names if not path.exists())


def _unwritable(target: Path, error: OSError) -> Diagnostic:
    reason = error.strerror or str(error)
    return _diagnostic("output-unwritable", target, f"Nothing can be written there: {reason}.", "Choose another place with -o.")


def _diagnostic(code: str, path: Path, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(code=code, where=str(path), message=message, hint=hint)
