"""Writes what the golden cases expect anew: `make golden`. Read the diff before you commit it."""

import shutil
from pathlib import Path

from apiwright.blueprint import load
from apiwright.compiler import compile_blueprint
from apiwright.filetree import FileTree

GOLDEN = Path(__file__).parent
WHOLE = frozenset({"clinic", "hostile-text", "rest-default", "todo"})
"""Cases that are kept file by file; of the others only hashes are."""


def cases() -> list[str]:
    """Names of all cases."""
    return sorted(path.parent.name for path in GOLDEN.glob("*/blueprint.yaml"))


def compiled(case: str) -> FileTree:
    """What the compiler makes of a case."""
    return compile_blueprint(load((GOLDEN / case / "blueprint.yaml").read_text("utf-8")))


def hashes(tree: FileTree) -> str:
    """One line for each file: hash and path."""
    return "".join(f"{entry.sha256}  {entry.path}\n" for entry in tree.manifest.entries)


def main() -> None:
    """Write every case."""
    for case in cases():
        tree = compiled(case)
        expected, listed = GOLDEN / case / "expected", GOLDEN / case / "expected.sha256"
        shutil.rmtree(expected, ignore_errors=True)
        listed.unlink(missing_ok=True)
        if case in WHOLE:
            for file in tree:
                path = expected / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(file.text, "utf-8", newline="\n")
        else:
            listed.write_text(hashes(tree), "utf-8")


if __name__ == "__main__":
    main()
