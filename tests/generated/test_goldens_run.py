"""Every golden project is proven: linted, type-checked, migrated, tested, booted."""

from pathlib import Path

import pytest
from tests.golden.refresh import cases, compiled

from apiwright.filetree import staged
from apiwright.verifier import verify

QUICKEST = ("todo", "hostile-text", "python-words", "corners")
"""Proven whenever tests run, as is `rest-default` by the tests of the verifier; the others take their time (`make soak`)."""


@pytest.mark.parametrize("case", [case if case in QUICKEST else pytest.param(case, marks=pytest.mark.soak) for case in cases()])
def test_the_project_is_proven(case: str, tmp_path: Path) -> None:
    with staged(compiled(case), tmp_path / case) as staging:
        staging.publish()
    report = verify(tmp_path / case, level="standard")
    assert report.ok, [(check.name, check.findings, check.output) for check in report.failed]
