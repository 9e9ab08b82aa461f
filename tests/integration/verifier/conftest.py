"""A generated project to break, and a bench to put it on."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from apiwright.blueprint import load
from apiwright.compiler import compile_blueprint
from apiwright.verifier.bench import bench_for
from apiwright.verifier.project import Project
from apiwright.verifier.protocol import Check, Outcome
from apiwright.verifier.sandbox.bubblewrap import availability

GOLDEN = Path(__file__).parents[2] / "golden"

Files = dict[str, str]
Run = Callable[[Check, Mapping[str, str]], Outcome]


def compiled(case: str) -> Files:
    """The files of a golden case, as the compiler makes them now."""
    return {file.path: file.text for file in compile_blueprint(load((GOLDEN / case / "blueprint.yaml").read_text("utf-8")))}


@pytest.fixture(scope="session")
def bubblewrap() -> None:
    """Skips where code cannot be confined; `make setup` says how to mend that."""
    found = availability()
    if found.program is None:
        pytest.skip(found.reason)


@pytest.fixture(scope="session")
def todo() -> Files:
    return compiled("todo")


@pytest.fixture(scope="session")
def clinic() -> Files:
    return compiled("clinic")


@pytest.fixture
def run() -> Run:
    """Puts files on a bench of their own and runs one check on them."""

    def run_one(check: Check, files: Mapping[str, str]) -> Outcome:
        with bench_for(Project(dict(files)), level=check.level) as bench:
            return check.run(bench)

    return run_one
