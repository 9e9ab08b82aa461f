"""A generated project to break, and a bench to put it on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from apiwright.blueprint import load
from apiwright.compiler import compile_blueprint
from apiwright.verifier.application import Application
from apiwright.verifier.bench import bench_for
from apiwright.verifier.project import Project
from apiwright.verifier.protocol import Bench, Check, Outcome
from apiwright.verifier.sandbox.bubblewrap import availability
from apiwright.verifier.sandbox.limits import MIB

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
def small() -> Files:
    return compiled("rest-default")


@pytest.fixture(scope="session")
def clinic() -> Files:
    return compiled("clinic")


@pytest.fixture(scope="session")
def bench(todo: Files) -> Iterator[Bench]:
    """One bench for all: what each of them wants to see is laid there in turn."""
    with bench_for(Project(todo), level="deep") as bench:
        yield bench


@pytest.fixture
def run(bench: Bench) -> Run:
    """Lays files on the bench, and nothing else, and runs one check on them."""

    def run_one(check: Check, files: Mapping[str, str]) -> Outcome:
        emptied = bench.sandbox.execute(["/usr/bin/find", ".", "-mindepth", "1", "-delete"], seconds=60, memory=64 * MIB).result()
        assert emptied.code == 0, emptied.output
        bench.sandbox.write(files)
        project = Project(dict(files))
        application = Application(project, bench.sandbox, bench.environment)
        return check.run(replace(bench, project=project, application=application))

    return run_one
