"""How well the embedded planner reads prompts that people wrote, against what a senior engineer would make of them.

python -m benchmarks.planner_eval [--verbose]

The prompts and their scorer lie beside the repository, in `../shared/eval`; without them there is nothing to measure.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from apiwright.blueprint import dump_json
from apiwright.errors import PromptError
from apiwright.planner.embedded import EmbeddedPlanner
from benchmarks.tables import keep

FOLDER = Path(__file__).parents[2] / "shared" / "eval"
WANTED = {
    "entity_recall": ("A", ">= 0.85", 0.85),
    "mean_entities_predicted": ("A", "<= 6.5", -6.5),
    "entity_f1": ("B", ">= 0.88", 0.88),
    "wrong_hits": ("B", "<= 3", -3.0),
    "field_recall": ("B", ">= 0.85", 0.85),
    "relation_recall": ("B", ">= 0.80", 0.80),
    "roles_recall": ("B", ">= 0.80", 0.80),
    "auth_accuracy": ("B", ">= 0.90", 0.90),
    "exact_structure": ("B", ">= 0.65", 0.65),
}


def predictions(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the planner makes of each prompt, in process, in the form that the scorer reads."""
    planner = EmbeddedPlanner()
    answers: list[dict[str, Any]] = []
    for row in rows:
        try:
            answers.append({"id": row["id"], "blueprint": json.loads(dump_json(planner.plan(row["prompt"])))})
        except PromptError as error:
            answers.append({"id": row["id"], "error": str(error)})
    return answers


def prompts_of(name: str) -> list[dict[str, Any]]:
    """The prompts of a set, with their gold."""
    return [json.loads(line) for line in (FOLDER / f"set{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def score(name: str, rows: list[dict[str, Any]], answers: list[dict[str, Any]]) -> dict[str, Any]:
    """The scorer's figures for the answers to some prompts of a set."""
    return json.loads(_scored(name, rows, answers, "--json"))


def scored(name: str, *arguments: str) -> str:
    """The scorer's answer for a set of prompts."""
    rows = prompts_of(name)
    return _scored(name, rows, predictions(rows), *arguments)


def _scored(name: str, rows: list[dict[str, Any]], answers: list[dict[str, Any]], *arguments: str) -> str:
    with tempfile.TemporaryDirectory() as directory:
        gold, kept = Path(directory, f"set{name}.jsonl"), Path(directory, "answers.jsonl")
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        kept.write_text("".join(json.dumps(answer) + "\n" for answer in answers), "utf-8")
        command = [sys.executable, str(FOLDER / "score.py"), str(gold), str(kept), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main() -> int:
    """Prints and keeps the table; 1 when a wanted figure is missed."""
    if not (FOLDER / "score.py").exists():
        print(f"There is nothing to measure with: {FOLDER} is not here. It holds the prompts, their gold and the scorer.")
        return 0
    if "--verbose" in sys.argv:
        print(scored("A", "--verbose"), scored("B", "--verbose"), sep="\n")
    totals: dict[str, dict[str, Any]] = {name: json.loads(scored(name, "--json")) for name in ("A", "B")}
    rows: list[list[str]] = []
    missed = False
    for figure, (name, wanted, bound) in WANTED.items():
        value = float(totals[name][figure])
        held = value >= bound if bound > 0 else value <= -bound
        missed = missed or not held
        rows.append([name, figure.replace("_", " "), f"{value:.3f}", wanted, "yes" if held else "no"])
    prompts = f"{totals['A']['prompts']} prompts in A, {totals['B']['prompts']} in B; the planner was tuned with these in view."
    keep("planner-eval", "How well the embedded planner reads prompts", ["set", "figure", "measured", "wanted", "held"], rows, [prompts])
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
