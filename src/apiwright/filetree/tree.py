"""A generated project in memory."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from apiwright.errors import CompileError

_SEGMENT = re.compile(r"^(?!\.{1,2}$)[A-Za-z0-9._-]+$")


class GeneratedFile(Struct, frozen=True):
    """One text file.

    Attributes:
        path: Relative POSIX path; plain ASCII segments, never `..`.
        text: Its content, with `\\n` line ends.
        phase: The phase of the `code` stage that made it: `core`, `entity:<Name>`, `support` or `main`.
    """

    path: str
    text: str
    phase: str = "core"

    def __post_init__(self) -> None:
        if not all(_SEGMENT.match(segment) for segment in self.path.split("/")):
            raise CompileError(f"{self.path!r} is no path that a project may hold")

    @property
    def sha256(self) -> str:
        """Hash of the file's bytes as they are written, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class ManifestEntry(Struct, frozen=True):
    """What is recorded of one file: its path, its size in bytes and the SHA-256 of its bytes in hex."""

    path: str
    size: int
    sha256: str


class Manifest(Struct, frozen=True):
    """Every file of one tree, in the order of their paths."""

    entries: tuple[ManifestEntry, ...]


class FileTree:
    """Files of one project, each path once, in the order of their paths."""

    def __init__(self, files: Iterable[GeneratedFile]) -> None:
        self._files: dict[str, GeneratedFile] = {}
        for file in sorted(files, key=lambda item: item.path):
            if file.path in self._files:
                raise CompileError(f"two files were made for {file.path}")
            self._files[file.path] = file

    @classmethod
    def from_values(cls, files: Iterable[Mapping[str, str]]) -> "FileTree":
        """The tree that `as_values` answered with."""
        return cls(GeneratedFile(file["path"], file["text"], file["phase"]) for file in files)

    def as_values(self) -> list[dict[str, str]]:
        """Path, text and phase of every file, as plain values."""
        return [{"path": file.path, "text": file.text, "phase": file.phase} for file in self]

    def __iter__(self) -> Iterator[GeneratedFile]:
        return iter(self._files.values())

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def __getitem__(self, path: str) -> GeneratedFile:
        return self._files[path]

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path, sorted."""
        return tuple(self._files)

    @cached_property
    def manifest(self) -> Manifest:
        """Path, size and hash of every file."""
        return Manifest(tuple(ManifestEntry(file.path, len(file.text.encode()), file.sha256) for file in self))
