"""What is written by hand for the extensions of a project, from one version to the next: it moves with their names, and goes with them."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from apiwright.blueprint.changes import Change, RenameEntity, RenameExtension
from apiwright.filetree import FileTree

FOLDERS = ("app/extensions/", "tests/extensions/")


def place_of(path: str) -> str:
    """Which of an entity's files this is, whatever the entity is called: each has one of a kind in each directory, but for extensions."""
    folder, _, name = path.rpartition("/")
    if path.startswith(FOLDERS) and folder.count("/") == 2:
        return f"{folder.rpartition('/')[0]}/*/{name}"
    return folder


def former_names(changes: Sequence[Change]) -> Mapping[tuple[str, str], str]:
    """Former names of extensions that have new ones, by the present names of entity and extension."""
    former: dict[tuple[str, str], str] = {}
    for change in changes:
        match change:
            case RenameExtension():
                former[change.entity, change.to] = former.pop((change.entity, change.name), change.name)
            case RenameEntity():
                former = {(change.to if entity == change.entity else entity, name): was for (entity, name), was in former.items()}
            case _:
                pass
    return former


def former_place(path: str, entity: str, former: Mapping[tuple[str, str], str]) -> str:
    """`place_of` a file of an extension under the name that the extension had."""
    folder, _, file = place_of(path).rpartition("/")
    stem = file.removesuffix(".py")
    for (holder, name), was in former.items():
        if holder == entity and stem.rstrip("_") in {name, f"test_{name}"}:
            return f"{folder}/{stem.replace(name, was, 1)}.py"
    return f"{folder}/{file}" if folder else file


def without_removed(ours: FileTree, base: FileTree, generated: FileTree, moved: Mapping[str, str]) -> FileTree:
    """The user's files, where the modules of extensions that are gone are as they were generated: they go, whoever wrote them.

    Nothing calls them any more, and a module that nothing calls is no part of a proven project. The versions before have them.
    """
    gone = {path for path in base.paths if path.startswith(FOLDERS) and path not in generated and path not in moved}
    return FileTree([replace(file, text=base[file.path].text) if file.path in gone else file for file in ours])
