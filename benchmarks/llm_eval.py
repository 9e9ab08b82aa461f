"""How well a language model reads the prompts of planner_eval, beside the embedded planner, and what it costs.

python -m benchmarks.llm_eval --model google:gemini-2.5-flash [--limit 20] [--set A|B]

The key comes from the environment, as for the command. Each prompt is one generation, within the budget of the settings.
"""

import argparse
import json
import os
import sys
from statistics import mean
from typing import Any

from apiwright import bootstrap
from apiwright.blueprint import dump_json
from apiwright.errors import ApiwrightError, InputError
from apiwright.planner import Planner, Progress
from benchmarks.planner_eval import FOLDER, WANTED, prompts_of, score
from benchmarks.tables import keep


def predictions(rows: list[dict[str, Any]], planner: Planner) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What a planner makes of each prompt, in the form that the scorer reads; and what it used for each."""
    answers: list[dict[str, Any]] = []
    used: list[dict[str, Any]] = []

    def hear(step: Progress) -> None:
        if "usage" in step.data:
            used.append(step.data["usage"])
            print(f"{len(used)}/{len(rows)} {step.message}", file=sys.stderr, flush=True)

    for row in rows:
        try:
            answers.append({"id": row["id"], "blueprint": json.loads(dump_json(planner.plan(row["prompt"], tell=hear)))})
        except ApiwrightError as error:
            answers.append({"id": row["id"], "error": str(error)})
    return answers, used


def main() -> int:
    """Prints and keeps the table."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--model", default=os.environ.get("APIWRIGHT_MODEL"))
    arguments.add_argument("--limit", type=int, default=20)
    arguments.add_argument("--set", choices=("A", "B"), default="B")
    given = arguments.parse_args()
    if not (FOLDER / "score.py").exists():
        print(f"There is nothing to measure with: {FOLDER} is not here. It holds the prompts, their gold and the scorer.")
        return 0
    try:
        planners = {"embedded": bootstrap.planner("embedded"), given.model: bootstrap.planner("enhanced", model=given.model)}
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    rows = prompts_of(given.set)[: given.limit]
    totals: dict[str, dict[str, Any]] = {}
    used: list[dict[str, Any]] = []
    for name, planner in planners.items():
        answers, used = predictions(rows, planner)
        totals[name] = score(given.set, rows, answers)
    figures = [figure for figure, (name, _, _) in WANTED.items() if name == given.set]
    table = [[figure.replace("_", " "), *(f"{float(total[figure]):.3f}" for total in totals.values())] for figure in figures]
    name = f"llm-eval-{given.model.replace(':', '-')}"
    keep(name, f"How well {given.model} reads prompts", ["figure", *totals], table, notes(used, rows))
    return 0


def notes(used: list[dict[str, Any]], rows: list[dict[str, Any]]) -> list[str]:
    """What the model used per prompt, in words."""
    if not used:
        return [f"{len(rows)} prompts; the model used nothing."]
    tokens = mean(item["input_tokens"] + item["output_tokens"] for item in used)
    priced = [item["dollars"] for item in used if item["dollars"] is not None]
    cost = f"${mean(priced):.4f}" if len(priced) == len(used) else "not known"
    requests, seconds = mean(item["requests"] for item in used), mean(item["seconds"] for item in used)
    return [f"{len(rows)} prompts. Per prompt: {requests:.1f} requests, {tokens:,.0f} tokens, cost {cost}, {seconds:.1f} s."]


if __name__ == "__main__":
    sys.exit(main())
