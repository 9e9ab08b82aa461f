"""From one version to the next: changes, migration, files, and the user's edits carried over. Nothing is written here."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from apiwright import __version__
from apiwright.blueprint import Blueprint, load, validate
from apiwright.blueprint.changes import AlterField, Change, Choice, apply, with_choices
from apiwright.compiler import compile_blueprint
from apiwright.compiler.migrations import FOLDER as MIGRATIONS
from apiwright.compiler.migrations import Revision, make_revision
from apiwright.compiler.migrations.lineage import lineage_of
from apiwright.diagnostics import Diagnostic, errors_in
from apiwright.errors import BlueprintError, InputError
from apiwright.filetree import FileDiff, FileTree, GeneratedFile, Merge, diff_trees, merge_trees
from apiwright.filetree.write import IGNORED, IGNORED_SUFFIXES
from apiwright.pipeline.extensions import FOLDERS, former_names, former_place, place_of, without_removed
from apiwright.pipeline.git import text_file
from apiwright.pipeline.merging import merge_text
from apiwright.pipeline.renaming import following_renames
from apiwright.pipeline.standing import told, untold
from apiwright.pipeline.versions import FOLDER as RECORDS
from apiwright.pipeline.versions import History, Kind, Version

BLUEPRINT = "blueprint.yaml"
_LARGEST = 2_000_000
_REVISION = re.compile(r'^(revision|down_revision)(?:\s*:[^=\n]*)?\s*=\s*(?:"([^"\n]*)"|\'([^\'\n]*)\'|None)', re.MULTILINE)


class Revised(Struct, frozen=True, kw_only=True):
    """What a version would be.

    Attributes:
        former: The version that it follows.
        version: Its record.
        migration: The new Alembic revision; None when no table changes.
        generated: The project as generated, with every migration and record.
        merge: The same with the user's edits.
        diffs: What differs from the user's files.
    """

    former: Version
    version: Version
    migration: Revision | None
    generated: FileTree
    merge: Merge
    diffs: tuple[FileDiff, ...]

    @property
    def losses(self) -> tuple[str, ...]:
        """What stored values are thrown away."""
        return tuple(change.loses for change in self.version.changes if change.loses)


class Wish(Struct, frozen=True, kw_only=True):
    """How a version is asked for.

    Attributes:
        kind: How it comes to be.
        request: The words it was asked for with.
        allow_data_loss: Go on though stored values are thrown away.
        conversions: What becomes of values that the changes would refuse, as the user chose; see `with_choices`.
        applied: The user's `blueprint.yaml` says it already, and stays as it is.
    """

    kind: Kind
    request: str = ""
    allow_data_loss: bool = False
    conversions: tuple[Choice, ...] = ()
    applied: bool = False


def revise(history: History, changes: Sequence[Change], wish: Wish) -> Revised:
    """Work out the next version.

    Args:
        history: Of the project.
        changes: To the blueprint of its last version.
        wish: How it is asked for.

    Raises:
        InputError: A conversion is none of these changes; or they lead to a blueprint that does not hold together
            (`BlueprintError`), or throw values away that nobody gave up; or the base of the merge is lost.
    """
    former = history.last
    changes = with_choices(changes, wish.conversions)
    blueprint = apply(former.blueprint, changes)
    if problems := errors_in(validate(blueprint)):
        raise BlueprintError(problems)
    if not wish.allow_data_loss:
        _refuse_losses(changes, {where for where, _ in wish.conversions})
    ours = read_project_tree(history.directory)
    migration = _migration(former, blueprint, changes, ours)
    revision = migration.number if migration else former.revision
    version = Version(
        version=former.version + 1,
        kind=wish.kind,
        generator=__version__,
        request=wish.request,
        revision=revision,
        changes=tuple(changes),
        blueprint=blueprint,
    )
    base = base_of(history, former, ours)
    generated = _generated(blueprint, ours, version, migration)
    mine = untold(_without_blueprint(ours, base) if not wish.applied else ours, former.blueprint)
    moved = _moved(former.blueprint, changes, base, generated)
    mine = without_removed(mine, base, generated, moved)
    merging = following_renames(former.blueprint, blueprint, changes, merge_text)
    merge = merge_trees(base, mine, generated, merge_text=merging, moved=moved)
    if wish.applied:
        merge = _keeping(merge, ours[BLUEPRINT])
    merge = _with_texts(merge, told(merge.tree, blueprint), ours)
    return Revised(
        former=former,
        version=version,
        migration=migration,
        generated=generated,
        merge=merge,
        diffs=diff_trees(ours, FileTree([*merge.tree, *_beyond(ours, merge)]), moved=merge.moved),
    )


def whole_tree(revised: Revised, ours: FileTree) -> FileTree:
    """Every file of the project as it would be: those of the merge, and those that only the user has."""
    return FileTree([*revised.merge.tree, *_beyond(ours, revised.merge)])


def with_written(revised: Revised, ours: FileTree, tree: FileTree) -> Revised:
    """The version with other texts for some of its files, written for it after the merge."""
    merge = _with_texts(revised.merge, FileTree([tree[file.path] for file in revised.merge.tree]), ours)
    return replace(revised, merge=merge, diffs=diff_trees(ours, tree, moved=merge.moved))


def base_of(history: History, version: Version, ours: FileTree) -> FileTree:
    """A version exactly as it was generated: compiled again where the generator is the same, else as the repository has it.

    Raises:
        InputError: Another generator made it, and the repository does not have it.
    """
    if version.generator == __version__:
        return _with_history(compile_blueprint(version.blueprint), ours)
    stored = history.snapshot(version.version)
    if stored is None:
        message = f"v{version.version} was made by Apiwright {version.generator}, and no commit of the project has it as it was generated."
        hint = f"Fetch the project's whole history, or use Apiwright {version.generator}."
        raise InputError([Diagnostic(code="base-lost", where=str(history.directory), message=message, hint=hint)])
    return _with_history(stored, ours)


def read_project_tree(directory: Path) -> FileTree:
    """The text files of a project, byte for byte. What is no text, is huge, or has an odd name is the user's own and left alone."""
    files: list[GeneratedFile] = []
    for root, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if name not in IGNORED)
        for name in sorted(names):
            path = Path(root, name)
            if name.endswith(IGNORED_SUFFIXES) or path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
                continue
            if file := text_file(path.relative_to(directory).as_posix(), path.read_bytes()):
                files.append(file)
    return FileTree(files)


def edited_blueprint(history: History) -> Blueprint:
    """The blueprint in the project's `blueprint.yaml`.

    Raises:
        BlueprintError: It does not parse, or does not hold together.
        InputError: There is none.
    """
    path = history.directory / BLUEPRINT
    if not path.is_file():
        raise InputError([Diagnostic(code="blueprint-missing", where=str(path), message="The project has no blueprint.yaml any more.")])
    return load(path.read_text("utf-8"))


def refuse_unapplied(history: History) -> None:
    """Raise `InputError` when `blueprint.yaml` was edited and not applied: a request would silently take that back, or take it along."""
    if edited_blueprint(history) != history.last.blueprint:
        message = "blueprint.yaml was edited since the last version."
        hint = "Apply it first: `apiwright apply`; or take it back: `git checkout -- blueprint.yaml`."
        raise InputError([Diagnostic(code="blueprint-edited", where=BLUEPRINT, message=message, hint=hint)])


def _refuse_losses(changes: Sequence[Change], chosen: set[str]) -> None:
    """Who chose by name what becomes of values that do not fit has allowed just that."""
    lossy = [
        change
        for change in changes
        if change.loses and not (isinstance(change, AlterField) and change.convertible and f"{change.entity}.{change.after.name}" in chosen)
    ]
    if lossy:
        hint = "Allow it with --allow-data-loss; if something was renamed, say so with --renamed OLD=NEW, and its values stay."
        raise InputError(
            [Diagnostic(code="data-loss", where=change.sentence, message=f"This loses {change.loses}.", hint=hint) for change in lossy]
        )


def _migration(former: Version, blueprint: Blueprint, changes: Sequence[Change], ours: FileTree) -> Revision | None:
    head, number = _head(ours)
    return make_revision(former.blueprint, blueprint, changes, number=number + 1, former=head)


def _head(ours: FileTree) -> tuple[str, int]:
    """The last revision of the project, the user's own included, and the highest number that a revision has."""
    followed: dict[str, str | None] = {}
    for file in ours:
        if file.path.startswith(f"{MIGRATIONS}/") and file.path.endswith(".py"):
            told = {match[1]: match[2] or match[3] for match in _REVISION.finditer(file.text)}
            if told.get("revision"):
                followed[told["revision"]] = told.get("down_revision")
    heads = sorted(set(followed) - {name for name in followed.values() if name})
    if len(heads) != 1:
        said = f"There are {len(heads)} last revisions ({', '.join(heads)})" if heads else "There is no revision"
        hint = "Merge them with `alembic merge heads`." if heads else "Take migrations/versions back from git."
        raise InputError([Diagnostic(code="revisions-unclear", where=MIGRATIONS, message=f"{said}; there must be one.", hint=hint)])
    return heads[0], max((int(name) for name in followed if name.isdecimal()), default=1)


def _generated(blueprint: Blueprint, ours: FileTree, version: Version, migration: Revision | None) -> FileTree:
    tree = _with_history(compile_blueprint(blueprint), ours)
    more = [version.record(), *([migration.file] if migration else [])]
    return FileTree([*tree, *more])


def _with_history(tree: FileTree, ours: FileTree) -> FileTree:
    """A tree with the migrations and records that the project has: they are only ever added to, and never part of a merge."""
    kept = [file for file in ours if file.path.startswith((f"{MIGRATIONS}/", f"{RECORDS}/"))]
    return FileTree([*(file for file in tree if not file.path.startswith((f"{MIGRATIONS}/", f"{RECORDS}/"))), *kept])


def _moved(old: Blueprint, changes: Sequence[Change], base: FileTree, generated: FileTree) -> Mapping[str, str]:
    """Files of entities that go by another name, by where they were. An entity has one file in each directory."""
    moved: dict[str, str] = {}
    former_extensions = former_names(changes)
    for name, former in lineage_of(old, changes).entities.items():
        files = [file.path for file in generated if file.phase == f"entity:{name}"]
        places = {former_place(path, name, former_extensions) if path.startswith(FOLDERS) else place_of(path): path for path in files}
        for file in base:
            if file.phase == f"entity:{former}" and (to := places.get(place_of(file.path))):
                moved[file.path] = to
    return {was: now for was, now in moved.items() if was != now}


def _without_blueprint(ours: FileTree, base: FileTree) -> FileTree:
    """`blueprint.yaml` as it was generated: it says nothing else (see `refuse_unapplied`), however it is written."""
    return FileTree([replace(file, text=base[BLUEPRINT].text) if file.path == BLUEPRINT and BLUEPRINT in base else file for file in ours])


def _keeping(merge: Merge, file: GeneratedFile) -> Merge:
    """The merge with a file as the user has it."""
    tree = FileTree([file if item.path == file.path else item for item in merge.tree])
    return replace(
        merge,
        tree=tree,
        conflicts=tuple(item for item in merge.conflicts if item.path != file.path),
        written=tuple(path for path in merge.written if path != file.path),
    )


def _with_texts(merge: Merge, tree: FileTree, ours: FileTree) -> Merge:
    """The merge with other texts for some of its files."""
    changed = {file.path for file in tree if file.text != merge.tree[file.path].text}
    same = {path for path in changed if path in ours and ours[path].text == tree[path].text}
    return replace(merge, tree=tree, written=tuple(sorted({*merge.written, *changed} - same)))


def _beyond(ours: FileTree, merge: Merge) -> list[GeneratedFile]:
    """Files that only the user has."""
    return [file for file in ours if file.path not in merge.tree and file.path not in merge.removed]
