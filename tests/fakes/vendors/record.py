"""`make record MODEL=vendor:model`: the exchange of one plan with the real vendor, as a cassette that the tests replay.

The key is taken from the environment, as the command takes it; what is recorded is told at the end. Read it before you commit it.
"""

import os
import sys
from pathlib import Path

from tests.fakes.vendors.cassette import Proxy, running
from tests.fakes.vendors.library import PROMPT
from tests.fakes.vendors.server import KEYS

from apiwright.errors import ApiwrightError
from apiwright.planner.choice import model_choice
from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.planner.llm import Budget, EnhancedPlanner

CASSETTES = Path(__file__).parents[2] / "integration" / "llm" / "cassettes"
ADDRESSES = {
    "google": "https://generativelanguage.googleapis.com",
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
}


def cassette_of(model: str) -> Path:
    """Where the cassette of a model is kept."""
    return CASSETTES / f"{model.replace(':', '--').replace('/', '-')}.jsonl"


def record(model: str, keys: dict[str, str | None], target: str | None, cassette: Path) -> int:
    """Plan once, with the vendor at `target`; the number of exchanges that were written down.

    Raises:
        ApiwrightError: The model cannot be used, or failed.
    """
    vendor = model.partition(":")[0]
    cassette.parent.mkdir(parents=True, exist_ok=True)
    partial = cassette.with_suffix(".part")
    partial.unlink(missing_ok=True)
    with running(Proxy(target or ADDRESSES.get(vendor, ""), partial)) as url:
        choice = model_choice(model, keys=keys, url=url)
        EnhancedPlanner(choice, budget=Budget(), drafter=EmbeddedPlanner()).plan(PROMPT)
    partial.replace(cassette)
    return len(cassette.read_text("utf-8").splitlines())


def main() -> None:
    """Record what the command line names."""
    model = sys.argv[1] if len(sys.argv) > 1 else ""
    cassette = cassette_of(model)
    try:
        keys = {vendor: os.environ.get(variable) for vendor, variable in KEYS.items()}
        exchanges = record(model, keys, os.environ.get("APIWRIGHT_MODEL_URL"), cassette)
    except ApiwrightError as error:
        sys.exit(f"error: {error}")
    sys.stdout.write(f"{exchanges} exchanges in {cassette}\n")


if __name__ == "__main__":
    main()
