"""Tests that passed before on the same files are not run again; those that failed are, and so is whatever stands on something new."""

from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from apiwright.blueprint import load
from apiwright.compiler import compile_blueprint
from apiwright.pipeline.reuse import standing_on
from apiwright.verifier import verify
from apiwright.verifier.bench import bench_for
from apiwright.verifier.checks.strict_types import StrictTypes
from apiwright.verifier.checks.tests import Tests
from apiwright.verifier.project import Project
from apiwright.verifier.protocol import Check, Outcome

BLUEPRINT = load((Path(__file__).parents[2] / "golden" / "rest-default" / "blueprint.yaml").read_text("utf-8"))
ENTITY = BLUEPRINT.entities[0].name.lower()


def outcome_of(files: Mapping[str, str], *, reuse: bool = True) -> Outcome:
    return outcomes_of(files, Tests(), reuse=reuse)[0]


def outcomes_of(files: Mapping[str, str], *checks: Check, reuse: bool = True) -> list[Outcome]:
    project = Project(files=files)
    with bench_for(project, level="standard", standing_on=standing_on(files, BLUEPRINT), reuse=reuse) as bench:
        outcomes = [check.run(bench) for check in checks]
        if not any(outcome.findings for outcome in outcomes):
            bench.passed.keep()
        return outcomes


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
    wrong = {**files, "main.py": files["main.py"] + '\nANSWER: int = "no"\n'}
    typed, untyped = (outcomes_of(each, StrictTypes())[0] for each in (files, wrong))
    assert not typed.findings
    assert "test modules passed before on the same files" in typed.detail
    assert [finding.path for finding in untyped.findings] == ["main.py"]

    router = next(path for path in files if path.startswith("app/routers/") and ENTITY in path)
    broken = {**files, router: files[router].replace("status_code=201", "status_code=202", 1)}
    assert broken != files
    for _ in range(2):
        assert any(finding.path == f"tests/test_{Path(router).stem}.py" for finding in outcome_of(broken).findings)


def test_nothing_is_kept_of_a_project_that_was_not_proven(tmp_path: Path) -> None:
    files = {file.path: file.text for file in compile_blueprint(BLUEPRINT)}
    files["app/core/errors.py"] += f"\nMINE = '{uuid4()}'; YOURS = 1\n"  # no run has seen it, and lint does not like it
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    report = verify(tmp_path, level="standard", standing_on=standing_on(files, BLUEPRINT), reuse=True)
    assert [check.name for check in report.failed] == ["lint"]
    assert "passed before" not in outcome_of(files).detail
