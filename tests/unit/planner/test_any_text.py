"""Any text gets a blueprint that holds together, or a PromptError; the same one every time."""

import json
import random
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from apiwright.blueprint import Blueprint, dump_json, dump_yaml, load, validate
from apiwright.errors import PromptError
from apiwright.planner.embedded import EmbeddedPlanner

PROMPTS = [
    case["prompt"]
    for path in sorted((Path(__file__).parent / "prompts").glob("*.toml"))
    for case in tomllib.loads(path.read_text())["case"]
]
WORDS = sorted({word for prompt in PROMPTS for word in prompt.split()})
PIECES = st.sampled_from(
    [*WORDS, "\n", "\n- ", "\n## ", ": ", "(", ")", ", ", "{", "}", "|", "`", "has", "belongs to", "like", "id", "limit", "None", "é", "🙂"]
)
MIXED = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=60).map(" ".join)


def holds(prompt: str) -> None:
    try:
        blueprint: Blueprint | None = EmbeddedPlanner().plan(prompt)
    except PromptError as error:
        blueprint, told = None, [bool(item.message and item.hint) for item in error.diagnostics]
    else:
        told = []
    assert all(told)
    if blueprint is None:
        return
    assert validate(blueprint) == []
    assert load(dump_yaml(blueprint)) == blueprint
    assert load(dump_json(blueprint)) == blueprint
    for entity in blueprint.entities:
        for item in (entity, *entity.fields, *entity.relations):
            origin = item.origin
            assert origin.kind in {"prompt", "catalogue", "convention"}
            if origin.start is not None and origin.end is not None:
                assert 0 <= origin.start <= origin.end <= len(blueprint.prompt or "")
                assert (blueprint.prompt or "")[origin.start : origin.end].startswith(origin.text)


@given(st.text(max_size=400))
@example("\x00")
@example('"; import os; os.system("rm -rf /")')
@settings(max_examples=150, deadline=None)
def test_any_text_is_planned_or_refused(prompt: str) -> None:
    holds(prompt)


@given(MIXED)
@example("1-10 absences. absences.")
@example("DOCS")
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_mixture_of_words_is_planned_or_refused(prompt: str) -> None:
    holds(prompt)


@given(st.lists(st.sampled_from(PROMPTS), min_size=2, max_size=4).map("\n\n".join))
@example(
    "\n\n".join(prompt for prompt in PROMPTS if "I want to book a classroom" in prompt or "Receptionists can book and cancel" in prompt)
)
@settings(max_examples=60, deadline=None)
def test_prompts_on_top_of_each_other_hold_together(prompt: str) -> None:
    holds(prompt)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "(",
        ")",
        "users and ",
        "/a",
        "{",
        "`",
        "a,b ",
        "- x: y\n",
        "| a | b |\n",
        "x_",
        "'s ",
        "# h\n",
        "the " * 3,
        "can to be ",
        "A has a b, c and d. ",
        "\n",
        "::",
        "class A:\n",
    ],
)
def test_time_is_bounded_for_repetitions(unit: str) -> None:
    prompt = (unit * 50_000)[:50_000]
    start = time.perf_counter()
    holds(prompt)
    assert time.perf_counter() - start < 12


def test_time_is_bounded_for_a_long_mixture() -> None:
    chance = random.Random(7)
    prompt = " ".join(chance.choice(WORDS) for _ in range(9_000))[:50_000]
    start = time.perf_counter()
    holds(prompt)
    assert time.perf_counter() - start < 20


def test_hash_seed_changes_nothing() -> None:
    script = (
        "import sys, json\n"
        "from apiwright.blueprint import dump_json\n"
        "from apiwright.planner.embedded import EmbeddedPlanner\n"
        "for prompt in json.load(sys.stdin):\n"
        "    try:\n"
        "        print(dump_json(EmbeddedPlanner().plan(prompt)))\n"
        "    except Exception as error:\n"
        "        print(error)\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=json.dumps(PROMPTS),
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(answers) == 1


@pytest.mark.parametrize("signs", [" \t", "\n \t", ".!?", ".,;:!?-()", "abcdefgh", "-_="])
@pytest.mark.parametrize("told", ["Users write{}articles (title,{}body)", "Books have a title{}of 5 letters", "a code{}unique per shelf"])
def test_time_is_bounded_for_long_rows_of_signs(told: str, signs: str) -> None:
    chance = random.Random(7)
    prompt = told.format(*("".join(chance.choices(signs, k=20_000)) for _ in range(told.count("{}"))))
    start = time.perf_counter()
    holds(prompt)
    assert time.perf_counter() - start < 12
