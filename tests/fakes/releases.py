"""Another release of this program: a copy of its source with another version, and whatever else is to differ."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import apiwright


def another_release(place: Path, version: str, changes: Mapping[str, tuple[str, str]]) -> Path:
    """Make it in `place`, a directory for `PYTHONPATH`.

    Args:
        place: Where it is made.
        version: The version that it says it is.
        changes: Path within the package -> what stands there once, and what stands there instead.
    """
    package = place / "apiwright"
    shutil.copytree(Path(apiwright.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    for path, (text, instead) in {"__init__.py": (f'"{apiwright.__version__}"', f'"{version}"'), **changes}.items():
        file = package / path
        before = file.read_text("utf-8")
        assert before.count(text) == 1, f"{path} is not as this test knows it"
        file.write_text(before.replace(text, instead), "utf-8")
    return place
