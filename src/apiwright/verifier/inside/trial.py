"""Jobs that try out single modules of a project."""

import subprocess
from pathlib import Path
from typing import Any

from . import tests


def tidied(ruff: str, paths: list[str]) -> dict[str, str]:
    """Put modules in form, where they are; answers their texts. What ruff cannot read stays as it is."""
    for command in (["check", "--fix-only", "--select", "I,F401", "--no-cache", "--quiet"], ["format", "--no-cache", "--quiet"]):
        subprocess.run([ruff, *command, "--", *paths], check=False)  # noqa: S603 - the point of a job
    return {path: Path(path).read_text("utf-8") for path in paths}


def tested(paths: list[str], instead: dict[str, str]) -> dict[str, Any]:
    """Run the tests in `paths`, with other texts for some modules. The project is the job's own copy."""
    for path, text in instead.items():
        Path(path).write_text(text, "utf-8")
    return tests.run(paths, leave={})
