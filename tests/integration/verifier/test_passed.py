"""Tests that passed before on the same files are not run again; those that failed are, and so is whatever stands on something new."""

from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from apiwright.blueprint import load
from apiwright.compiler import compile_blueprint
from apiwright.pipeline.reuse import standing_on
from apiwright.verifier.bench import bench_for
from apiwright.verifier.checks.tests import Tests
from apiwright.verifier.project import Project
from apiwright.verifier.protocol import Outcome

BLUEPRINT = load((Path(__file__).parents[2] / "golden" / "rest-default" / "blueprint.yaml").read_text("utf-8"))
ENTITY = BLUEPRINT.entities[0].name.lower()


def outcome_of(files: Mapping[str, str], *, reuse: bool = True) -> Outcome:
    project = Project(files=files)
    with bench_for(project, level="quick", standing_on=standing_on(files, BLUEPRINT), reuse=reuse) as bench:
        return Tests().run(bench)


def test_what_passed_is_left_out_until_something_changes() -> None:
    files = {file.path: file.text for file in compile_blueprint(BLUEPRINT)}
    files["app/core/errors.py"] += f"\nMINE = '{uuid4()}'\n"  # no run before this one has seen it
    first = outcome_of(files)
    assert not first.findings
    assert "passed before" not in first.detail
    again = outcome_of(files)
    assert not again.findings
    assert "passed before on the same files" in again.detail
    assert int(again.detail.split()[0]) < int(first.detail.split()[0])
    assert outcome_of(files, reuse=False).detail == first.detail

    router = next(path for path in files if path.startswith("app/routers/") and ENTITY in path)
    broken = {**files, router: files[router].replace("status_code=201", "status_code=202", 1)}
    assert broken != files
    for _ in range(2):
        assert any(finding.path == f"tests/test_{Path(router).stem}.py" for finding in outcome_of(broken).findings)
