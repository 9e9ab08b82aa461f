"""What the compiler makes of the golden blueprints, to the byte."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.golden.refresh import GOLDEN, WHOLE, cases, compiled, hashes


@pytest.mark.parametrize("case", sorted(WHOLE))
def test_the_project_is_as_expected(case: str) -> None:
    expected = GOLDEN / case / "expected"
    files = {path.relative_to(expected).as_posix(): path.read_bytes() for path in expected.rglob("*") if path.is_file()}
    made = {file.path: file.text.encode() for file in compiled(case)}
    assert made.keys() == files.keys()
    for path, content in made.items():
        assert content == files[path], f"{case}: {path} differs; `make golden` refreshes it"


@pytest.mark.parametrize("case", sorted(set(cases()) - WHOLE))
def test_the_hashes_are_as_expected(case: str) -> None:
    assert hashes(compiled(case)) == (GOLDEN / case / "expected.sha256").read_text("utf-8"), "`make golden` refreshes it"


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_changes_nothing(seed: str) -> None:
    code = "from tests.golden.refresh import *; print(hashes(compiled('shop')), end='')"
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == (GOLDEN / "shop" / "expected.sha256").read_text("utf-8")
