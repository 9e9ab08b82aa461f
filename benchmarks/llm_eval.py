"""How well a language model reads the prompts of planner_eval, beside the embedded planner, and what each of them costs.

python -m benchmarks.llm_eval --model google:gemini-2.5-flash [--limit 20] [--set A|B]

The key comes from the environment, as for the command. Each prompt is one generation, within the budget of the settings.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from apiwright import bootstrap
from apiwright.blueprint import dump_json
from apiwright.errors import ApiwrightError, InputError
from apiwright.planner import Planner, Progress
from benchmarks.planner_eval import FOLDER, WANTED, prompts_of, score
from benchmarks.tables import keep

_NOTHING = {"requests": 0, "input_tokens": 0, "output_tokens": 0, "dollars": 0.0, "seconds": 0.0}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a planner made of one prompt, in the form that the scorer reads, and what it used for it."""

    answer: Mapping[str, Any]
    used: Mapping[str, Any]


def attempts(rows: Sequence[Mapping[str, Any]], planner: Planner) -> Iterator[Attempt]:
    """One for each prompt."""
    for number, row in enumerate(rows, start=1):
        used: dict[str, Any] = dict(_NOTHING)

        def hear(step: Progress, used: dict[str, Any] = used, number: int = number) -> None:
            if "usage" in step.data:
                used.update(step.data["usage"])
                print(f"{number}/{len(rows)} {step.message}", file=sys.stderr, flush=True)

        try:
            answer = {"id": row["id"], "blueprint": json.loads(dump_json(planner.plan(row["prompt"], tell=hear)))}
        except ApiwrightError as error:
            answer = {"id": row["id"], "error": str(error)}
        yield Attempt(answer, used)


def main(arguments: Sequence[str]) -> int:
    """Prints and keeps the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.llm_eval")
    parser.add_argument("--model", default=os.environ.get("APIWRIGHT_MODEL"))
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--set", choices=("A", "B"), default="B")
    given = parser.parse_args(arguments)
    if not (FOLDER / "score.py").exists():
        print(f"There is nothing to measure with: {FOLDER} is not here. It holds the prompts, their gold and the scorer.")
        return 0
    try:
        planners = {"embedded": bootstrap.planner("embedded"), given.model: bootstrap.planner("enhanced", model=given.model)}
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    rows = prompts_of(given.set)[: given.limit]
    made = {name: list(attempts(rows, planner)) for name, planner in planners.items()}
    totals = [score(given.set, rows, [dict(item.answer) for item in items]) for items in made.values()]
    figures = [figure for figure, (name, _, _) in WANTED.items() if name == given.set]
    table = [[figure.replace("_", " "), *(f"{float(total[figure]):.3f}" for total in totals)] for figure in figures]
    name = re.sub(r"[^\w.-]+", "-", f"llm-eval-{given.model}")
    keep(name, f"How well {given.model} reads prompts", ["figure", *made], table, notes(made[given.model]))
    return 0


def notes(made: Sequence[Attempt]) -> list[str]:
    """What the model used: in the mean, and for each prompt."""
    used = [item.used for item in made]
    failed = sum("error" in item.answer for item in made)
    dollars = None if any(item["dollars"] is None for item in used) else mean(item["dollars"] for item in used)
    requests, tokens, seconds = mean(item["requests"] for item in used), mean(map(_tokens, used)), mean(item["seconds"] for item in used)
    said = f"{len(made)} prompts, {failed} without an answer. In the mean {requests:.1f} requests, {tokens:,.0f} tokens, "
    head = ["| prompt | requests | tokens in | tokens out | cost | seconds | outcome |", "|---|---|---|---|---|---|---|"]
    return [f"{said}{_cost(dollars)}, {seconds:.1f} s.", "", *head, *(_row(item) for item in made)]


def _row(item: Attempt) -> str:
    used = item.used
    outcome = f"failed: {item.answer['error']}" if "error" in item.answer else "planned"
    counted = [str(used["requests"]), f"{used['input_tokens']:,}", f"{used['output_tokens']:,}"]
    cells = [item.answer["id"], *counted, _cost(used["dollars"]), f"{used['seconds']:.1f}", " ".join(outcome.replace("|", "/").split())]
    return f"| {' | '.join(cells)} |"


def _tokens(used: Mapping[str, Any]) -> int:
    return used["input_tokens"] + used["output_tokens"]


def _cost(dollars: float | None) -> str:
    return "price unknown" if dollars is None else f"${dollars:.4f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
