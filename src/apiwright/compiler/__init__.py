"""Blueprint -> ProjectModel -> FileTree: pure, and the same bytes every time."""

from apiwright.blueprint import Blueprint
from apiwright.compiler.extension_points import ExtensionPoint, extension_points
from apiwright.compiler.lowering import lower
from apiwright.compiler.render import Sheet, Spread, get_ready, render
from apiwright.filetree import FileTree
from apiwright.kit.recent import recent

__all__ = ["ExtensionPoint", "Sheet", "Spread", "compile_blueprint", "extension_points", "get_ready"]


@recent(2)
def compile_blueprint(blueprint: Blueprint, *, spread: Spread = map) -> FileTree:
    """The complete project that a valid blueprint describes.

    Args:
        blueprint: What to make.
        spread: How the texts of the files are made, for whoever has more than one processor to give; the texts are the same.

    Raises:
        CompileError: The blueprint does not hold together (see `apiwright.blueprint.validate`), or a fault of ours.
    """
    return render(lower(blueprint), spread)
