"""How long it takes from a prompt to files: in process, and as a whole command, beside the floor of any Python command.

python -m benchmarks.command_speed
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from apiwright.blueprint import Blueprint
from apiwright.cli.copies import side_by_side
from apiwright.compiler import Spread, compile_blueprint
from apiwright.planner.embedded import EmbeddedPlanner
from benchmarks.floor import environment, floor_seconds
from benchmarks.tables import keep

NOUNS = ["Customer", "Product", "Order", "Invoice", "Supplier", "Warehouse", "Shipment", "Payment", "Employee", "Ticket"]
WORDS = ["Main", "Local", "Global", "Spare", "Field", "Night", "Export", "Import", "Branch", "Transit"]
TURNS = ["due", "made", "sent", "paid", "read", "seen", "kept", "sold", "held", "sworn", "drawn", "filed"]
ROUNDS = len(TURNS) - 1


def prompt(entities: int, turn: str = "due") -> str:
    """A specification with so many entities, of six fields each, every one linked to the one before; each turn has a date of its own."""
    names = [noun if round_ == 0 else f"{WORDS[round_ % 10]}{noun}" for round_ in range(10) for noun in NOUNS][:entities]
    lines = ["A backend for a trading company with these entities, no authentication:"]
    for number, name in enumerate(names):
        link = f", {names[number - 1]}_id" if number else ""
        fields = f"name (string, required), code (string, unique), amount (decimal), active (boolean), {turn}_on (date), notes (text)"
        lines.append(f"- {name}: {fields}{link}")
    return "\n".join(lines)


def timed(action: Callable[[], object]) -> float:
    """Median seconds of one call."""
    action()
    seconds: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def in_process(entities: int, spread: Spread, times: str) -> tuple[float, float, int]:
    """Median seconds of reading a prompt and of compiling what it describes, each time another one; and how many files that makes."""
    planner, blueprints, files = EmbeddedPlanner(), list[Blueprint](), list[int]()
    texts = iter([prompt(entities, f"{times}{turn}") for turn in TURNS])
    planning = timed(lambda: blueprints.append(planner.plan(next(texts))))
    assert {len(blueprint.entities) for blueprint in blueprints} == {entities}, "other entities were read than are told"
    compiling = timed(lambda: files.append(len(compile_blueprint(blueprints.pop(), spread=spread))))
    return planning, compiling, files[0]


def command(text: str) -> float:
    """Median seconds of `apiwright new --verify none`, its output on disk."""
    with tempfile.TemporaryDirectory() as directory:
        paths = iter(range(10_000))
        executable = str(Path(sys.executable).with_name("apiwright"))

        def run() -> None:
            arguments = [executable, "new", "-", "--verify", "none", "-o", f"{directory}/{next(paths)}"]
            subprocess.run(arguments, input=text.encode(), capture_output=True, check=True, env=environment())

        return timed(run)


def main() -> None:
    """Measure, print, keep."""
    rows, floors = list[list[str]](), list[float]()
    for entities, target, whole in ((10, 0.05, 0.4), (100, 0.6, 0.8)):
        planning, compiling, files = in_process(entities, map, "")
        _, on_all, _ = in_process(entities, side_by_side, "re")
        floors.append(floor_seconds())
        seconds = command(prompt(entities))
        rows.append(
            [
                f"{entities} entities, {files} files",
                f"{planning * 1000:.1f} ms",
                f"{compiling * 1000:.1f} ms",
                f"{on_all * 1000:.1f} ms",
                f"{(planning + min(compiling, on_all)) * 1000:.0f} ms (target {target * 1000:.0f})",
                f"{seconds:.2f} s (target {whole:.1f})",
                f"{seconds / floors[-1]:.1f}",
            ]
        )
    head = ["", "plan", "compile", "compile on all processors", "plan and the faster", "whole command, `--verify none`", "times the floor"]
    told = " and ".join(f"{floor * 1000:.0f} ms" for floor in floors)
    notes = [
        f"Medians of {ROUNDS}, each of another project in process, which keeps the texts that projects share: copies of it cannot.",
        f"The floor: a Python that imports pydantic: {told}, timed before each.",
    ]
    keep("command-speed", "From a prompt to files", head, rows, notes)


if __name__ == "__main__":
    main()
