"""Time of a verification per level, once the environments are there, beside the floor of any Python command: `make bench`."""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import get_args

from apiwright.blueprint import load
from apiwright.compiler import compile_blueprint
from apiwright.filetree import staged
from apiwright.verifier import Level, VerificationReport, verify
from benchmarks.floor import floor_seconds
from benchmarks.tables import keep

GOLDEN = Path(__file__).parent.parent / "tests" / "golden"
TARGETS: dict[Level, str] = {"standard": " (target 5)", "deep": " (aim 2)"}


def measured(directory: Path, level: Level, runs: int) -> tuple[float, VerificationReport]:
    """Median wall seconds of a run, and the last report."""
    report = verify(directory, level=level)  # makes the environments, where they are not there yet
    walls: list[float] = []
    for _ in range(runs):
        started = time.perf_counter()
        report = verify(directory, level=level)
        walls.append(time.perf_counter() - started)
    return statistics.median(walls), report


def main() -> None:
    """Measure a golden case, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", default="todo", help="a directory of tests/golden")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    tree = compile_blueprint(load((GOLDEN / options.case / "blueprint.yaml").read_text("utf-8")))
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as place, staged(tree, Path(place) / options.case) as staging:
        staging.publish()
        for level in get_args(Level):
            floor = floor_seconds()
            wall, report = measured(staging.target, level, options.runs)
            rows.append([level, f"{wall:.2f} s{TARGETS.get(level, '')}", f"{wall / floor:.0f}", *_told(report)])
    head = ["level", "wall", "times the floor", "checks", "slowest"]
    notes = [
        f"The project `{options.case}`, {len(tree)} files; medians of {options.runs}.",
        f"The floor: a Python that imports pydantic: {floor_seconds() * 1000:.0f} ms, timed at the end.",
    ]
    keep("verify-speed", "How long a proof takes", head, rows, notes)


def _told(report: VerificationReport) -> tuple[str, str]:
    """How many checks there were, and the slowest, or those that failed."""
    slowest = sorted(report.checks, key=lambda check: -check.seconds)[:3]
    told = ", ".join(f"{check.name} {check.seconds:.2f}" for check in slowest)
    return str(len(report.checks)), told if report.ok else f"not proven: {', '.join(check.name for check in report.failed)}"


if __name__ == "__main__":
    main()
