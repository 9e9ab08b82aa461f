"""The interpreter that stands behind every environment, and what of it a sandbox must see."""

import sys
from pathlib import Path


def base_interpreter() -> Path:
    """The Python that made the environment we run in; itself when we run in none."""
    return Path(getattr(sys, "_base_executable", sys.executable)).resolve()


def interpreter_parts() -> tuple[Path, ...]:
    """What a program needs of the interpreter: the program and its libraries. What else lies under its prefix stays hidden."""
    program = base_interpreter()
    prefix = Path(sys.base_prefix).resolve()
    library = prefix / "lib"
    if prefix == Path.home().resolve():
        library /= f"python{sys.version_info.major}.{sys.version_info.minor}"
    return (program, *([library] if library.is_dir() else []))
