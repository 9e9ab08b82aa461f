"""A zip that a user sends, as files. Nothing of it reaches a disk here, and what a project may not hold is refused."""

import io
import stat
import zipfile
from collections.abc import Sequence

from apiwright.diagnostics import Diagnostic
from apiwright.errors import CompileError, InputError
from apiwright.filetree import FileTree, GeneratedFile
from apiwright.filetree.write import IGNORED, IGNORED_SUFFIXES

LARGEST_FILE = 2_000_000
LARGEST_TREE = 20_000_000
MOST_FILES = 5_000


def unpacked(content: bytes) -> FileTree:
    """The files of a zip, without what tools leave behind. One directory around all of them is taken off.

    Raises:
        InputError: It is no zip, or holds what a project may not: links, paths that lead out of it, too much, or no text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _tree(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _refused("zip-unreadable", "", f"This is no zip that can be read: {error}.") from error
    except zipfile.zlib.error as error:  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        raise _refused("zip-unreadable", "", "This zip is damaged.") from error


def _tree(archive: zipfile.ZipFile) -> FileTree:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _left_behind(entry.filename)]
    if len(entries) > MOST_FILES:
        raise _refused("too-many-files", "", f"It holds {len(entries):,} files; {MOST_FILES:,} are allowed.")
    around = _around([entry.filename for entry in entries])
    files: dict[str, GeneratedFile] = {}
    problems: list[Diagnostic] = []
    size = 0
    for entry in entries:
        path = entry.filename.removeprefix(around)
        text, problem = _text(archive, entry)
        size += len(text)
        if size > LARGEST_TREE:
            raise _refused("too-large", "", f"Its files are larger than {LARGEST_TREE:,} bytes together.")
        if path in files:
            problem = "It is in the zip twice."
        try:
            files[path] = GeneratedFile(path, text.decode())
        except CompileError:
            problem = "A project may not hold a file of this name: letters, digits, `.`, `_` and `-` only, and never `..`."
        except UnicodeDecodeError:
            problem = "It is no UTF-8 text; other files are not kept here."
        if problem:
            problems.append(Diagnostic(code="file-refused", where=entry.filename[:200], message=problem))
    if problems:
        raise InputError(problems[:100])
    return FileTree(files.values())


def _text(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[bytes, str]:
    """The content, and why it is refused (empty when it is not). What the entry says of its size is not believed."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        return b"", "It is no plain file (links are not taken)."
    with archive.open(entry) as stream:
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        return b"", f"It is larger than {LARGEST_FILE:,} bytes."
    return content, "It has a NUL in it." if b"\x00" in content else ""


def _around(paths: Sequence[str]) -> str:
    """The one directory that everything lies in, as people pack a project; empty when there is none."""
    tops = {path.split("/", 1)[0] for path in paths}
    if len(tops) != 1 or not all("/" in path for path in paths):
        return ""
    return f"{tops.pop()}/"


def _left_behind(path: str) -> bool:
    segments = path.split("/")
    return any(segment in IGNORED or segment in {"__MACOSX", ".DS_Store"} for segment in segments) or path.endswith(IGNORED_SUFFIXES)


def _refused(code: str, where: str, message: str) -> InputError:
    return InputError([Diagnostic(code=code, where=where, message=message)])
