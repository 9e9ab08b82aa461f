"""A copy plans in a process of its own: that of a test runner has threads, and is not copied."""

import subprocess
import sys

import pytest

from apiwright.bootstrap import plans_by_rules

CODE = """
import sys
from apiwright.cli import copies
from apiwright.cli.ahead import planner_of
from apiwright.errors import PromptError

copies._processors = lambda: 2
prompt = "A shop where users own orders with a status (open, paid) and a total >= 0; managers may cancel them"
with planner_of(prompt, "auto", model=None) as reader:
    blueprint = reader.plan(prompt)
    assert "apiwright.planner.embedded" not in sys.modules, "it was not a copy that planned"

from apiwright.planner.embedded import EmbeddedPlanner
planner = EmbeddedPlanner()
assert (reader.name, blueprint) == (planner.name, planner.plan(prompt))
with planner_of("", "embedded", model=None) as reader:
    try:
        reader.plan("")
    except PromptError as error:
        assert error.diagnostics
    else:
        raise AssertionError
"""


def test_a_copy_reads_a_prompt_and_refuses_one_as_this_process_would() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_rules_plan_where_no_model_is_wanted_or_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("APIWRIGHT_MODEL", raising=False)
    assert plans_by_rules("auto")
    assert not plans_by_rules("enhanced")
    assert not plans_by_rules("auto", model="google:some")
    monkeypatch.setenv("APIWRIGHT_MODEL", "google:some")
    assert plans_by_rules("embedded")
    assert not plans_by_rules("auto")
