"""A project as it is handed in for proof: its files in memory, never touched again on disk."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from apiwright.blueprint import Blueprint, load
from apiwright.diagnostics import Diagnostic
from apiwright.errors import BlueprintError, InputError
from apiwright.verifier.report import Finding

LEFT_BEHIND = frozenset(
    {".git", ".hg", ".venv", "venv", "__pycache__", ".pytest_cache", ".ruff_cache", ".mypy_cache", "node_modules", ".idea"}
)
PRIVATE = frozenset({".env"})
_BY_PRODUCTS = (".pyc", ".db", ".db-journal", ".db-wal", ".db-shm", ".sqlite3", ".log")
_MOST_FILES, _MOST_BYTES = 20_000, 64 << 20
_PLAIN = re.compile(r"[A-Za-z0-9 ._@+/-]+\Z")


@dataclass(frozen=True)
class Project:
    """The files of a project.

    Attributes:
        files: Text by relative POSIX path, sorted; bytes that are no UTF-8 are escaped as surrogates.
        odd: What is there but can be no part of a project: links, sockets, names beyond ASCII.
    """

    files: Mapping[str, str]
    odd: tuple[Finding, ...] = ()

    @cached_property
    def blueprint(self) -> Blueprint | None:
        """What the project was made from; None when it is missing or does not hold together (see `blueprint_problems`)."""
        try:
            return load(self.files.get("blueprint.yaml", ""))
        except BlueprintError:
            return None

    @property
    def extended(self) -> bool:
        """Whether code of its own answers for something."""
        return self.blueprint is not None and any(entity.extensions for entity in self.blueprint.entities)

    def blueprint_problems(self) -> list[Finding]:
        """Why there is no blueprint."""
        if "blueprint.yaml" not in self.files:
            return []
        try:
            load(self.files["blueprint.yaml"])
        except BlueprintError as error:
            return [Finding(message=str(item), path="blueprint.yaml") for item in error.diagnostics]
        return []

    @property
    def python(self) -> list[str]:
        """Paths of its modules."""
        return [path for path in self.files if path.endswith(".py")]


def read_project(directory: Path) -> Project:
    """The project in `directory`, without environments, caches, databases and `.env`, which is its user's own.

    Raises:
        InputError: There is no such directory, it cannot be read, or it is far too large to be a project.
    """
    if not directory.is_dir():
        raise _refusal("directory-missing", directory, "There is no such directory.")
    files: dict[str, str] = {}
    odd: list[Finding] = []
    size = 0
    for root, folders, names in os.walk(directory):
        links = [name for name in folders if Path(root, name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in LEFT_BEHIND and name not in links)
        for name in sorted([*names, *links]):
            path = Path(root, name)
            relative = path.relative_to(directory).as_posix()
            if name in LEFT_BEHIND or name in PRIVATE or name.endswith(_BY_PRODUCTS):
                continue
            if path.is_symlink() or not path.is_file() or not _PLAIN.match(relative):
                odd.append(
                    Finding(message="Neither a plain file nor a plain name.", path=relative.encode("ascii", "backslashreplace").decode())
                )
                continue
            try:
                text = path.read_bytes().decode("utf-8", "surrogateescape")
            except OSError as error:
                raise _refusal("file-unreadable", path, f"The file cannot be read: {error.strerror}.") from error
            size += len(text)
            if size > _MOST_BYTES or len(files) > _MOST_FILES:
                raise _refusal(
                    "project-too-large", directory, f"More than {_MOST_FILES:,} files or {_MOST_BYTES >> 20} MiB: this is no project."
                )
            files[relative] = text
    return Project(dict(sorted(files.items())), tuple(odd))


def _refusal(code: str, path: Path, message: str) -> InputError:
    return InputError([Diagnostic(code=code, where=str(path), message=message)])
