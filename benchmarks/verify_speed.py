"""Time of a verification per level, once the environments are there: `make bench`. Prints medians.

Wall time depends on what else the machine does; the CPU time of everything that a verification starts does so much less.
"""

import argparse
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import get_args

from apiwright.blueprint import load
from apiwright.compiler import compile_blueprint
from apiwright.filetree import staged
from apiwright.verifier import Level, VerificationReport, verify

GOLDEN = Path(__file__).parent.parent / "tests" / "golden"


def cpu_seconds() -> float:
    """CPU time of this process and of all its children that have ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def measured(directory: Path, level: Level, runs: int) -> tuple[list[float], list[float], VerificationReport]:
    """Wall and CPU seconds of each run, and the last report."""
    report = verify(directory, level=level)  # makes the environments, where they are not there yet
    walls: list[float] = []
    cpus: list[float] = []
    for _ in range(runs):
        before, started = cpu_seconds(), time.perf_counter()
        report = verify(directory, level=level)
        walls.append(time.perf_counter() - started)
        cpus.append(cpu_seconds() - before)
    return walls, cpus, report


def main() -> None:
    """Measure a golden case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", default="todo", help="a directory of tests/golden")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    tree = compile_blueprint(load((GOLDEN / options.case / "blueprint.yaml").read_text("utf-8")))
    with tempfile.TemporaryDirectory() as place, staged(tree, Path(place) / options.case) as staging:
        staging.publish()
        print(f"{options.case}: {len(tree)} files, median of {options.runs}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(f"{'level':<10}{'wall s':>9}{'CPU s':>9}{'checks':>8}  slowest")
        for level in get_args(Level):
            walls, cpus, report = measured(staging.target, level, options.runs)
            slowest = sorted(report.checks, key=lambda check: -check.seconds)[:3]
            told = ", ".join(f"{check.name} {check.seconds:.2f}" for check in slowest)
            verdict = "" if report.ok else f"  not proven: {', '.join(check.name for check in report.failed)}"
            print(f"{level:<10}{statistics.median(walls):>9.2f}{statistics.median(cpus):>9.2f}{len(report.checks):>8}  {told}{verdict}")


if __name__ == "__main__":
    main()
