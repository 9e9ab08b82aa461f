"""The versions of a project, each with a record in it: `.apiwright/v1.json`, `v2.json`, ..."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import to_json

from apiwright import __version__
from apiwright.blueprint import Blueprint
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.filetree import FileTree, GeneratedFile
from apiwright.pipeline.git import SNAPSHOT, VERSION, Git

if TYPE_CHECKING:
    from apiwright.blueprint.changes import Change

FOLDER = ".apiwright"
PENDING = f"{FOLDER}/pending.json"
Kind = Literal["new", "revise", "apply", "rollback", "upgrade"]
_NAME = re.compile(r"v([1-9]\d{0,5})\.json")


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a project.

    Attributes:
        version: 1, 2, ...
        kind: How it came to be.
        generator: Version of Apiwright that made it.
        request: The words that it was asked for with, if any.
        revision: The Alembic revision that its tables are at.
        changes: What differs from the version before.
        blueprint: As it is.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    version: int
    kind: Kind
    generator: str
    request: str
    revision: str
    changes: "tuple[Change, ...]"
    blueprint: Blueprint

    @property
    def path(self) -> str:
        """Where its record is."""
        return f"{FOLDER}/v{self.version}.json"

    @property
    def subject(self) -> str:
        """What it is about, in a line."""
        if self.version == 1:
            return f"{self.blueprint.title}, as it was first made"
        if self.kind == "upgrade":
            return f"Generated anew by Apiwright {self.generator}"
        sentences = [change.sentence for change in self.changes if change.kind not in {"describe_project", "reorder"}]
        more = f" (and {len(sentences) - 1} more)" if len(sentences) > 1 else ""
        return f"{sentences[0].rstrip('.')}{more}" if sentences else "No change of the model"

    @property
    def message(self) -> str:
        """The message of its commit."""
        lines = [f"v{self.version}: {self.subject}"[:200], ""]
        lines += [f"- {change.sentence}" for change in self.changes]
        request = " ".join(self.request.split())
        lines += ["", f"Asked for: {request[:500]}"] if request else []
        return "\n".join([*lines, "", f"{VERSION}: {self.version}"])

    @property
    def snapshot_message(self) -> str:
        """The message of its snapshot."""
        return f"v{self.version}, as it was generated\n\n{SNAPSHOT}: {self.version}"

    def record(self) -> GeneratedFile:
        """Its record, as a file of the project."""
        return GeneratedFile(self.path, to_json(self.as_dict(), indent=1).decode() + "\n", "support")

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        document = {name: getattr(self, name) for name in ("version", "kind", "generator", "request", "revision")}
        blueprint = self.blueprint.model_dump(mode="json", exclude_defaults=True)
        return {**document, "changes": [change.model_dump(mode="json") for change in self.changes], "blueprint": blueprint}


@cache
def _reader() -> TypeAdapter[Version]:
    # Made, with the models of changes, when a record is read: the first version of a project has none.
    from apiwright.blueprint.changes import Change  # noqa: PLC0415

    reader = TypeAdapter(Version)
    reader.rebuild(_types_namespace={"Change": Change})
    return reader


def version_of(document: object) -> Version:
    """A version from plain values.

    Raises:
        pydantic.ValidationError: They are none.
    """
    return _reader().validate_python(document)


def first_version(blueprint: Blueprint) -> Version:
    """The first version of a project. Its record belongs to the tree that is delivered."""
    request = blueprint.prompt or ""
    return Version(version=1, kind="new", generator=__version__, request=request, revision="0001", changes=(), blueprint=blueprint)


class History(Struct, frozen=True, kw_only=True):
    """Every version of one project, oldest first; never empty."""

    directory: Path
    versions: tuple[Version, ...]

    @property
    def last(self) -> Version:
        """The version that the project is at."""
        return self.versions[-1]

    def __getitem__(self, version: int) -> Version:
        found = next((item for item in self.versions if item.version == version), None)
        if found is None:
            known = f"v1 to v{self.last.version}" if self.last.version > 1 else "only v1"
            raise InputError(
                [Diagnostic(code="version-unknown", message=f"There is no v{version}; there is {known}.", hint="See `history`.")]
            )
        return found

    def snapshot(self, version: int) -> FileTree | None:
        """A version exactly as it was generated, where the repository still has it."""
        git = Git.of(self.directory)
        commit = git.find(SNAPSHOT, version) if git else None
        return git.tree(commit) if git and commit else None

    def tree(self, version: int) -> FileTree | None:
        """A version as it was delivered, edits included, where the repository still has it."""
        git = Git.of(self.directory)
        commit = git.find(VERSION, version) if git else None
        return git.tree(commit) if git and commit else None


def read_history(directory: Path) -> History:
    """The versions of the project in a directory.

    Raises:
        InputError: It is no project with versions, or a record was damaged.
    """
    folder = directory / FOLDER
    numbers = sorted(int(match[1]) for path in folder.glob("v*.json") if (match := _NAME.fullmatch(path.name))) if folder.is_dir() else []
    if not numbers:
        message = "There is no project with versions here: .apiwright/v1.json is missing."
        hint = "Go to a directory that `apiwright new` or `apiwright compile` made."
        raise InputError([Diagnostic(code="not-a-project", where=str(directory), message=message, hint=hint)])
    if numbers != list(range(1, len(numbers) + 1)):
        raise InputError(
            [Diagnostic(code="history-incomplete", where=str(folder), message=f"Of the records, only {_listed(numbers)} are there.")]
        )
    return History(directory=directory, versions=tuple(_read(folder / f"v{number}.json") for number in numbers))


def _read(path: Path) -> Version:
    try:
        return _reader().validate_json(path.read_bytes())
    except (ValidationError, OSError) as error:
        message = "This record of a version cannot be read."
        hint = "Take it back from git: `git checkout -- .apiwright`."
        raise InputError([Diagnostic(code="record-unreadable", where=str(path), message=message, hint=hint)]) from error


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(f"v{number}" for number in numbers)
