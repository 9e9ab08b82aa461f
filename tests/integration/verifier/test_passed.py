"""Tests that passed before on the same files are not run again; those that failed are, and so is whatever stands on something new."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from apiwright.blueprint import load
from apiwright.compiler import compile_blueprint
from apiwright.pipeline.reuse import standing_on
from apiwright.verifier.bench import bench_for
from apiwright.verifier.checks.tests import Tests
from apiwright.verifier.passed import Passed
from apiwright.verifier.project import Project
from apiwright.verifier.protocol import Bench

BLUEPRINT = load((Path(__file__).parents[2] / "golden" / "rest-default" / "blueprint.yaml").read_text("utf-8"))
ENTITY = BLUEPRINT.entities[0].name.lower()


@contextmanager
def bench_with(files: Mapping[str, str]) -> Generator[Bench]:
    with bench_for(Project(files), level="quick", standing_on=standing_on(files, BLUEPRINT), reuse=True) as bench:
        yield bench


def known(bench: Bench, files: Mapping[str, str], *, reuse: bool) -> Passed:
    """What is known of the tests of these files from before."""
    return Passed(standing_on(files, BLUEPRINT), cache=bench.cache, runtime=bench.runtime.key, reuse=reuse)


def test_what_passed_is_left_out_until_something_changes() -> None:
    files = {file.path: file.text for file in compile_blueprint(BLUEPRINT)}
    files["app/core/errors.py"] += f"\nMINE = '{uuid4()}'\n"  # no run before this one has seen it
    with bench_with(files) as bench:
        first = Tests().run(bench)
        assert not first.findings
        assert "passed before" not in first.detail
        assert Tests().run(replace(bench, passed=known(bench, files, reuse=False))).detail == first.detail

    router = next(path for path in files if path.startswith("app/routers/") and ENTITY in path)
    broken = {**files, router: files[router].replace("status_code=201", "status_code=202", 1)}
    assert broken != files
    with bench_with(files) as bench:
        again = Tests().run(bench)
        assert not again.findings
        assert "passed before on the same files" in again.detail
        assert int(again.detail.split()[0]) < int(first.detail.split()[0])
        bench.sandbox.write({router: broken[router]})
        for _ in range(2):
            outcome = Tests().run(replace(bench, project=Project(broken), passed=known(bench, broken, reuse=True)))
            assert any(finding.path == f"tests/test_{Path(router).stem}.py" for finding in outcome.findings)
