"""The proof of a version: the project as it would be, and the way to it from the version before."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from apiwright.compiler.migrations import carried_tables
from apiwright.filetree import FileTree, Merge
from apiwright.filetree.write import IGNORED, IGNORED_SUFFIXES
from apiwright.pipeline.events import Emit
from apiwright.pipeline.stages import review
from apiwright.pipeline.versions import Version
from apiwright.verifier import Level, VerificationReport
from apiwright.verifier.upgrade import Carried, Upgrade, upgrade_checks

if TYPE_CHECKING:
    from apiwright.verifier import Standby


@contextmanager
def laid_out(directory: Path, merge: Merge) -> Generator[Path]:
    """A copy of a project as a merge would make it, in a place of its own, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="apiwright-version-") as temporary:
        copy = Path(temporary, directory.name or "project")
        shutil.copytree(directory, copy, ignore=_left_behind, symlinks=True)
        write_merge(copy, merge)
        yield copy


@contextmanager
def as_it_was(tree: FileTree) -> Generator[Path]:
    """A tree in a directory of its own, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="apiwright-former-") as temporary:
        for file in tree:
            _write(Path(temporary, file.path), file.text)
        yield Path(temporary)


def write_merge(directory: Path, merge: Merge) -> None:
    """Write what a merge changes, and remove what it removes; every other file stays as it is, to the byte."""
    for path in merge.removed:
        Path(directory, path).unlink(missing_ok=True)
        _prune(directory, Path(path).parent)
    for path in merge.written:
        _write(Path(directory, path), merge.tree[path].text)


class Step(Struct, frozen=True, kw_only=True):
    """From a version to the next. `former` is the project as it was; None where nobody has it any more."""

    before: Version
    version: Version
    former: Path | None


def prove(directory: Path, step: Step, *, level: Level, emit: Emit, standby: "Standby | None" = None) -> VerificationReport:
    """Verify a project, and that a database of the version before gets there and back.

    Args:
        directory: The project as it is to be.
        step: What leads to it.
        level: How much proof. `quick` leaves the way out; `deep` goes it on PostgreSQL too, and runs every test again.
        emit: Told each check.
        standby: May have a sandbox that is started already.

    Raises:
        VerificationUnavailableError: The machine lacks what the checks need.
    """
    if step.former is None:
        report = review(directory, level=level, emit=emit, reuse=True, standby=standby)
        return replace(report, notes=(*report.notes, "The way from the version before was not proven: nobody has it any more."))
    upgrade = upgrade_of(step.former, directory, version=step.version, before=step.before)
    return review(directory, level=level, emit=emit, reuse=True, former=step.former, also=upgrade_checks(upgrade), standby=standby)


def requirements_of(directory: Path) -> str:
    """What the proof of a project needs installed, as a requirements file; empty where the project does not say."""
    place = directory / "requirements-dev.txt"
    return place.read_text("utf-8", errors="replace") if place.is_file() else ""


def upgrade_of(former: Path, directory: Path, *, version: Version, before: Version) -> Upgrade:
    """What the proof of an upgrade needs to know."""
    old, new = before.blueprint, version.blueprint
    carried = tuple(
        Carried(former=item.former, name=item.name, same=item.same, entity=item.entity, former_entity=item.former_entity)
        for item in carried_tables(old, new, version.changes)
    )
    return Upgrade(former=former, project=directory, old=old, new=new, carried=carried, revision=before.revision)


def _left_behind(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name in IGNORED or name.endswith(IGNORED_SUFFIXES)]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    staging = path.with_name(f".{path.name}.apiwright")
    staging.write_bytes(text.encode())
    if path.exists():
        shutil.copymode(path, staging)
    staging.replace(path)


def _prune(directory: Path, folder: Path) -> None:
    """Remove folders that have become empty."""
    while folder != Path() and (place := directory / folder).is_dir() and not any(place.iterdir()):
        place.rmdir()
        folder = folder.parent
