"""The command that scores a model beside the rules, against a local vendor."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
from benchmarks import llm_eval, planner_eval
from tests.fakes.vendors import Call, HttpFailure, Reply, vendor_server
from tests.fakes.vendors.library import PROMPT, librarian
from tests.fakes.vendors.server import MODELS
from tests.integration.llm.harness import KEY

SCORER = """
import json, sys
gold, answers = ([json.loads(line) for line in open(path)] for path in sys.argv[1:3])
assert sys.argv[3:] == ["--json"] and [row["id"] for row in gold] == [row["id"] for row in answers]
found = [{entity["name"] for entity in row["blueprint"]["entities"]} for row in answers if "blueprint" in row]
share = sum(len(names & {"Member", "Book", "Loan"}) / 3 for names in found) / len(gold)
print(json.dumps(dict.fromkeys(%r, share)))
"""
"""Reads what the scorer of the evaluation set reads, and answers in its form: that set is no part of the project."""


def test_a_model_is_scored_beside_the_rules_with_what_each_prompt_took(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prompts = [{"id": "p1", "prompt": PROMPT}, {"id": "p2", "prompt": "Refuse this: a list of tasks."}, {"id": "p3", "prompt": "left out"}]
    (tmp_path / "setB.jsonl").write_text("".join(json.dumps(row) + "\n" for row in prompts))
    (tmp_path / "score.py").write_text(SCORER % [name for name, (belongs, _, _) in planner_eval.WANTED.items() if belongs == "B"])
    kept: dict[str, tuple[Sequence[str], Sequence[Sequence[str]], Sequence[str]]] = {}

    def keep(name: str, _: str, head: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> None:
        kept[name] = (head, rows, notes)

    def script(call: Call) -> Reply:
        return HttpFailure(status=400) if call.words["request"].startswith("Refuse") else librarian(call)

    for module in (llm_eval, planner_eval):
        monkeypatch.setattr(module, "FOLDER", tmp_path)
    monkeypatch.setattr(llm_eval, "keep", keep)
    with vendor_server("openai", script) as server, patch.dict(os.environ, server.environment(KEY)):
        assert llm_eval.main(["--model", MODELS["openai"], "--limit", "2"]) == 0
    assert server.faults == []
    head, rows, notes = kept["llm-eval-openai-gpt-5-mini"]
    assert head == ["figure", "embedded", "openai:gpt-5-mini"]
    assert [row[2] for row in rows] == ["0.500"] * len(rows)
    assert notes[0].startswith("2 prompts, 1 without an answer. In the mean 2.5 requests, 2,400 tokens, $0.00")
    assert notes[4].startswith("| p1 | 4 | 4,000 | 800 | $0.0026 | ")
    assert notes[4].endswith(" | planned |")
    assert notes[5].startswith("| p2 | 1 | 0 | 0 | $0.0000 | ")
    assert " | failed: openai:gpt-5-mini does not take such a request (status 400)" in notes[5]
    assert len(notes) == 6
    assert KEY not in str(kept)


def test_a_model_that_is_not_configured_is_bad_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "score.py").touch()
    monkeypatch.setattr(llm_eval, "FOLDER", tmp_path)
    monkeypatch.delenv("APIWRIGHT_MODEL", raising=False)
    assert llm_eval.main([]) == 2
