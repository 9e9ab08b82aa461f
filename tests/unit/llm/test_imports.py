"""Without a model, nothing of models is imported."""

import subprocess
import sys

QUESTION = """
import sys
from apiwright import bootstrap
import apiwright.cli.delivery
import apiwright.cli.new
bootstrap.planner("auto").plan("A todo list")
print([name for name in sys.modules if name.split(".")[0] in {"pydantic_ai", "openai", "anthropic", "google", "pydantic_settings"}
       or name.startswith("apiwright.planner.llm")])
"""


def test_without_a_model_nothing_of_models_is_imported() -> None:
    done = subprocess.run([sys.executable, "-c", QUESTION], env={"PATH": ""}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
