"""A generated project's own git repository: its history tells the versions.

The first-parent history of the branch is what people read: edits by hand, and one commit per version. Each commit of a version has a
second parent, the snapshot: the same version exactly as it was generated, which later merges need as their base.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from apiwright.errors import CompileError, VerificationUnavailableError
from apiwright.filetree import FileTree, GeneratedFile

VERSION, SNAPSHOT = "Apiwright-Version", "Apiwright-Snapshot"
_OURS = {
    "GIT_AUTHOR_NAME": "Apiwright", "GIT_AUTHOR_EMAIL": "apiwright@localhost",
    "GIT_COMMITTER_NAME": "Apiwright", "GIT_COMMITTER_EMAIL": "apiwright@localhost",
}  # fmt: skip
_PLAIN = re.compile(r"[<>\n\0]")
_GENERATOR = "Apiwright <apiwright@localhost>"
_QUICKLY = ("-c", "core.compression=1", "-c", "fastimport.unpackLimit=1")
"""A tree is stored in one pack, whatever its size: as a file for each of its files it takes four times as long, and much more room."""
_LOCAL = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")


class Git:
    """The repository whose working tree is `directory`. Nothing of another repository is ever touched."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @classmethod
    def of(cls, directory: Path) -> "Git | None":
        """The repository of a project; None when it has none of its own, or there is no git."""
        git = cls(directory)
        try:
            top = git._try("rev-parse", "--show-toplevel")
        except VerificationUnavailableError:
            return None
        return git if top and Path(top).resolve() == directory.resolve() else None

    @classmethod
    def begin(cls, directory: Path) -> "Git | None":
        """Make an empty repository. None within another repository, or where there is no git."""
        git = cls(directory)
        try:
            if git._try("rev-parse", "--show-toplevel"):
                return None
            git._run("init", "-q", "-b", "main")
        except VerificationUnavailableError:
            return None
        return git

    def store_first(self, tree: FileTree, *, message: str, version: int) -> None:
        """Store the tree of a version as the repository's only commit; the working tree may be written before or after."""
        self._store("refs/heads/main", tree, parent=None, message=message, person=_person(), tag=f"apiwright/v{version}")
        self._run("read-tree", "HEAD")

    @property
    def edited(self) -> tuple[str, ...]:
        """Paths that differ from the last commit, new ones included."""
        lines = self._run("-c", "core.quotePath=false", "status", "--porcelain", "--untracked-files=all").splitlines()
        return tuple(line[3:] for line in lines)

    def commit(self, message: str, *, merged: str | None = None) -> str:
        """Commit the whole working tree. `merged` is a second parent. Answers the commit."""
        self._run("add", "-A")
        tree = self._run("write-tree")
        parents = [parent for parent in (self._try("rev-parse", "-q", "--verify", "HEAD"), merged) if parent]
        options = [option for parent in parents for option in ("-p", parent)]
        commit = self._run("commit-tree", tree, *options, given=message)
        self._run("update-ref", "-m", message.splitlines()[0], "HEAD", commit)
        return commit

    def snapshot(self, tree: FileTree, *, parent: str | None, message: str) -> str:
        """Store a tree as a commit of its own, beside the branch. Answers the commit."""
        reference = "refs/apiwright/snapshot"
        self._store(reference, tree, parent=parent, message=message)
        return self._run("rev-parse", reference)

    def restore(self, paths: Sequence[str]) -> None:
        """Give files back what the last commit has; those that it does not have go."""
        known = set(self._run("ls-tree", "-r", "--name-only", "-z", "HEAD").split("\0"))
        for path in paths:
            if path not in known:
                Path(self.directory, path).unlink(missing_ok=True)
        kept = [path for path in paths if path in known]
        if kept:
            self._run("checkout", "-q", "HEAD", "--", *kept)

    def tag(self, version: int, commit: str) -> None:
        """Name a version's commit `apiwright/v<n>`."""
        self._run("tag", "-f", f"apiwright/v{version}", commit)

    def find(self, trailer: str, version: int) -> str | None:
        """The newest commit that tells of a version, or of its snapshot."""
        found = self._try("log", "--all", "-1", "--format=%H", "-E", f"--grep=^{trailer}: {version}$")
        return found or None

    def date(self, commit: str) -> str:
        """When a commit was made, as ISO 8601."""
        return self._run("log", "-1", "--format=%cI", commit)

    def tree(self, commit: str) -> FileTree:
        """The text files of a commit."""
        entries = [line.split("\t", 1) for line in self._run("ls-tree", "-r", "-z", commit).split("\0") if line]
        blobs = [(facts.split()[2], path) for facts, path in entries if facts.split()[1] == "blob" and facts.split()[0] != "120000"]
        answer = self._raw(["cat-file", "--batch"], "".join(f"{blob}\n" for blob, _ in blobs).encode())
        files: list[GeneratedFile] = []
        for _, path in blobs:
            head, _, answer = answer.partition(b"\n")
            size = int(head.split()[2])
            content, answer = answer[:size], answer[size + 1 :]
            if file := text_file(path, content):
                files.append(file)
        return FileTree(files)

    def _store(  # noqa: PLR0913
        self, reference: str, tree: FileTree, *, parent: str | None, message: str, person: str = _GENERATOR, tag: str = ""
    ) -> None:
        commits = b"".join(_import(reference, tree, parent, message, person))
        if tag:
            commits += f"reset refs/tags/{tag}\nfrom {reference}\n".encode()
        self._run(*_QUICKLY, "fast-import", "--quiet", "--force", "--date-format=now", "--depth=0", given=commits)

    def _try(self, *arguments: str) -> str:
        """What git prints, or nothing where it objects."""
        return self._raw(list(arguments), b"", strict=False).decode().strip()

    def _run(self, *arguments: str, given: str | bytes = b"") -> str:
        return self._raw(list(arguments), given.encode() if isinstance(given, str) else given).decode().rstrip("\n")

    def _raw(self, arguments: Sequence[str], given: bytes, *, strict: bool = True) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - arguments of ours, no shell
                ["git", "-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null", *arguments],  # noqa: S607 - the user's git
                cwd=self.directory, input=given, capture_output=True, env=_environment(), check=False,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise VerificationUnavailableError("git is needed to keep the versions of a project; install it.") from error
        if done.returncode != 0 and strict:
            raise VerificationUnavailableError(f"git {arguments[0]} failed: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout if done.returncode == 0 else b""


def text_file(path: str, content: bytes) -> GeneratedFile | None:
    """A file as text; None for what is no UTF-8, or has a name that no generated project has."""
    try:
        return GeneratedFile(path, content.decode())
    except (UnicodeDecodeError, CompileError):
        return None


@cache
def _environment() -> Mapping[str, str]:
    """Ours, without pointers to another repository, and with a name to commit under where the user has none."""
    kept = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    return kept if "user.email" in _settings() else _OURS | kept


@cache
def _settings() -> Mapping[str, str]:
    """What git knows of the user."""
    asked = ["git", "config", "--global", "--get-regexp", r"^user\.(name|email)$"]
    answer = subprocess.run(asked, capture_output=True, check=False).stdout.decode(errors="replace")  # noqa: S603
    lines = (line.partition(" ") for line in answer.splitlines())
    return {name: value for name, _, value in lines if value}


def _person() -> str:
    """Who commits, as git's import has it: no newline and no angle brackets within."""
    environment, known = _environment(), _settings()
    name = environment.get("GIT_COMMITTER_NAME") or known.get("user.name") or "Apiwright"
    email = environment.get("GIT_COMMITTER_EMAIL") or known.get("user.email") or "apiwright@localhost"
    return f"{_PLAIN.sub('', name)} <{_PLAIN.sub('', email)}>"


def _import(reference: str, tree: FileTree, parent: str | None, message: str, person: str) -> Iterator[bytes]:
    text = message.encode()
    yield f"commit {reference}\ncommitter {person} now\ndata {len(text)}\n".encode() + text + b"\n"
    if parent is not None:
        yield f"from {parent}\n".encode()
    yield b"deleteall\n"
    for file in tree:
        content = file.text.encode()
        yield f"M 100644 inline {file.path}\ndata {len(content)}\n".encode() + content + b"\n"
