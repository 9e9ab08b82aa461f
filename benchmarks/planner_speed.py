"""How long the embedded planner takes: import, the first prompt of a process, and any prompt after that.

python -m benchmarks.planner_speed
"""

import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from statistics import median, quantiles

from apiwright.errors import PromptError
from apiwright.planner.embedded import EmbeddedPlanner
from benchmarks.tables import keep

CASES = Path(__file__).parents[1] / "tests" / "unit" / "planner" / "prompts"
ROUNDS = 7
START = """
import time
start = time.perf_counter()
import apiwright.blueprint
contracts = time.perf_counter()
from apiwright.planner.embedded import EmbeddedPlanner
imported = time.perf_counter()
EmbeddedPlanner().plan("Create a todo list CRUD backend with users and tags")
print(imported - contracts, time.perf_counter() - imported)
"""


def starts() -> tuple[float, float]:
    """Median seconds of the import on top of the blueprint's, and of the first prompt, in fresh processes."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    pairs: list[tuple[float, float]] = []
    for _ in range(ROUNDS):
        done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True, env=environment)
        imported, first = map(float, done.stdout.split())
        pairs.append((imported, first))
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def each() -> list[float]:
    """Seconds of every test prompt, each the median of some rounds."""
    planner = EmbeddedPlanner()
    prompts = [case["prompt"] for path in sorted(CASES.glob("*.toml")) for case in tomllib.loads(path.read_text("utf-8"))["case"]]
    taken: list[float] = []
    for prompt in prompts:
        seconds: list[float] = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            try:
                planner.plan(prompt)
            except PromptError:
                break
            seconds.append(time.perf_counter() - start)
        if seconds:
            taken.append(median(seconds))
    return taken


def main() -> None:
    """Prints and keeps the table."""
    imported, first = starts()
    taken = each()
    rows = [
        ["import of the planner, on top of the blueprint", f"{imported * 1000:.1f}"],
        ["first prompt of a process (reads catalogue and word lists)", f"{first * 1000:.1f}"],
        ["any later prompt, median", f"{median(taken) * 1000:.1f}"],
        ["any later prompt, 95th percentile", f"{quantiles(taken, n=20)[-1] * 1000:.1f}"],
    ]
    keep("planner-speed", "How long the embedded planner takes", ["what", "ms"], rows, [f"{len(taken)} prompts, median of {ROUNDS} each."])


if __name__ == "__main__":
    main()
