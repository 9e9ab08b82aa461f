"""Tests that passed before on the same files are not run again; those that failed are, and so is whatever stands on something new."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from apiwright.blueprint import load
from apiwright.compiler import compile_blueprint
from apiwright.pipeline.reuse import standing_on
from apiwright.verifier import verify
from apiwright.verifier.application import Application
from apiwright.verifier.bench import bench_for
from apiwright.verifier.checks.openapi import OpenApi
from apiwright.verifier.checks.strict_types import StrictTypes
from apiwright.verifier.checks.tests import Tests
from apiwright.verifier.passed import Passed
from apiwright.verifier.project import Project
from apiwright.verifier.protocol import Bench

BLUEPRINT = load((Path(__file__).parents[2] / "golden" / "rest-default" / "blueprint.yaml").read_text("utf-8"))
ENTITY = BLUEPRINT.entities[0].name.lower()


def standing(project: Project) -> dict[str, str]:
    """See `standing_on`."""
    return standing_on(project.files, BLUEPRINT)


def laid(directory: Path, files: Mapping[str, str]) -> None:
    """Write a project's files."""
    for path, text in files.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(text, "utf-8")


def known(bench: Bench, files: Mapping[str, str], *, reuse: bool) -> Passed:
    """What is known of the tests of these files from before."""
    return Passed(lambda: standing_on(files, BLUEPRINT), files, cache=bench.cache, runtime=bench.runtime.key, reuse=reuse)


def test_what_passed_is_left_out_until_something_changes() -> None:
    files = {file.path: file.text for file in compile_blueprint(BLUEPRINT)}
    files["app/core/errors.py"] += f"\nMINE = '{uuid4()}'\n"  # no run before this one has seen it
    with bench_for(Project(files), level="standard", standing_on=standing, reuse=True) as bench:
        first = Tests().run(bench)
        assert not first.findings
        assert "passed before" not in first.detail
        bench.passed.keep()
        assert Tests().run(replace(bench, passed=known(bench, files, reuse=False))).detail == first.detail

        again = Tests().run(replace(bench, passed=known(bench, files, reuse=True)))
        assert not again.findings
        assert "passed before on the same files" in again.detail
        assert int(again.detail.split()[0]) < int(first.detail.split()[0])

        module = next(path for path in files if path.startswith("tests/test_") and ENTITY in path)
        edited = {**files, module: files[module].replace("async def test_create(", "async def test_create(  # by hand\n    ")}
        assert edited != files
        bench.sandbox.write({module: edited[module]})
        one = Tests().run(replace(bench, project=Project(edited), passed=known(bench, edited, reuse=True)))
        assert not one.findings
        assert int(one.detail.split()[0]) == int(again.detail.split()[0]) + 1

        router = next(path for path in files if path.startswith("app/routers/") and ENTITY in path)
        broken = {**files, router: files[router].replace("status_code=201", "status_code=202", 1)}
        assert broken != files
        bench.sandbox.write({router: broken[router]})
        application = Application(Project(broken), bench.sandbox, bench.environment)
        for _ in range(2):
            outcome = Tests().run(replace(bench, project=Project(broken), application=application, passed=known(bench, broken, reuse=True)))
            assert any(finding.path == f"tests/test_{Path(router).stem}.py" for finding in outcome.findings)


def test_nothing_is_kept_of_a_project_that_was_not_proven(tmp_path: Path) -> None:
    files = {file.path: file.text for file in compile_blueprint(BLUEPRINT)}
    files["app/core/errors.py"] += f"\nMINE = '{uuid4()}'; YOURS = 1\n"  # no run has seen it, and lint does not like it
    laid(tmp_path, files)
    report = verify(tmp_path, level="standard", standing_on=standing, reuse=True)
    assert [check.name for check in report.failed] == ["lint"]
    with bench_for(Project(files), level="quick", standing_on=standing, reuse=True) as bench:
        assert not bench.passed.before


def test_the_next_proof_knows_what_the_last_one_found_out_and_is_not_misled_by_it(tmp_path: Path) -> None:
    files = {file.path: file.text for file in compile_blueprint(BLUEPRINT)}
    files["app/core/errors.py"] += f"\nMINE = '{uuid4()}'\n"
    laid(tmp_path, files)
    with bench_for(Project(files), level="standard") as bench:
        assert not StrictTypes().run(bench).findings + OpenApi().run(bench).findings
        bench.known.keep()

    router = next(path for path in files if path.startswith("app/routers/") and ENTITY in path)
    broken = {**files, router: files[router] + "\nWRONG: int = 'text'\n"}
    with bench_for(Project(broken), level="standard", former=tmp_path) as bench:
        assert bench.former is not None
        assert bench.former.document["paths"]
        assert bench.former.types
        assert (bench.known.document, bench.known.types) == (None, None)
        assert [finding.path for finding in StrictTypes().run(bench).findings] == [router]
