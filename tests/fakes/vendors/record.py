"""`make record MODEL=vendor:model`: one project planned and its code written by the real model, as a cassette that the tests replay.

The key is taken from the environment, as the command takes it; what is recorded is told at the end. Read it before you commit it.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.fakes.vendors.cassette import Proxy, running
from tests.fakes.vendors.orders import PROMPT
from tests.fakes.vendors.server import KEYS

from apiwright.blueprint import Blueprint
from apiwright.compiler import compile_blueprint, extension_points
from apiwright.errors import ApiwrightError
from apiwright.pipeline.extending import assignment_of
from apiwright.planner.choice import ModelChoice, model_choice
from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.planner.llm import Budget, EnhancedPlanner, ExtensionWriter
from apiwright.planner.writing import Draft

CASSETTES = Path(__file__).parents[2] / "integration" / "llm" / "cassettes"
ADDRESSES = {
    "google": "https://generativelanguage.googleapis.com",
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
}


def scenario(choice: ModelChoice, budget: Budget) -> tuple[Blueprint, dict[str, Draft]]:
    """A plan for the prompt, and the first draft of each module that it names. Nothing is run: a replay asks for the same again.

    Raises:
        ApiwrightError: The model failed.
    """
    blueprint = EnhancedPlanner(choice, budget=budget, drafter=EmbeddedPlanner()).plan(PROMPT)
    tree = compile_blueprint(blueprint)
    assignments = [assignment_of(point, blueprint, tree) for point in extension_points(blueprint)]
    drafts = ExtensionWriter(choice, budget=budget).write(PROMPT, assignments)
    if drafts.failure is not None:
        raise drafts.failure
    return blueprint, dict(drafts.written)


def cassette_of(model: str, folder: Path) -> Path:
    """Where the cassette of a model is kept."""
    return folder / f"{model.replace(':', '--').replace('/', '-')}.jsonl"


def record(model: str, keys: dict[str, str | None], target: str | None, cassette: Path) -> int:
    """The scenario, once, with the vendor at `target`; the number of exchanges that were written down.

    Raises:
        ApiwrightError: The model cannot be used, or failed.
    """
    vendor = model_choice(model, keys=keys, url=target).vendor
    cassette.parent.mkdir(parents=True, exist_ok=True)
    partial = cassette.with_suffix(".part")
    partial.unlink(missing_ok=True)
    with running(Proxy(target or ADDRESSES[vendor], partial)) as url:
        scenario(model_choice(model, keys=keys, url=url), Budget())
    partial.replace(cassette)
    return len(cassette.read_text("utf-8").splitlines())


def main(arguments: Sequence[str]) -> None:
    """Record what the command line names: a model, and a folder where it is not that of the tests."""
    model, folder = (*arguments, "", "")[:2]
    cassette = cassette_of(model, Path(folder or CASSETTES))
    try:
        keys = {vendor: os.environ.get(variable) for vendor, variable in KEYS.items()}
        exchanges = record(model, keys, os.environ.get("APIWRIGHT_MODEL_URL"), cassette)
    except ApiwrightError as error:
        sys.exit(f"error: {error}")
    sys.stdout.write(f"{exchanges} exchanges in {cassette}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
