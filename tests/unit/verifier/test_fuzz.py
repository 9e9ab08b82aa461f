"""Fuzzing: what the document is thinned to, and what is told when schemathesis is not done in time, or ends badly."""

import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from apiwright.verifier.inside.fuzz import fuzzed, thinned

NOTES = {"type": "string", "maxLength": 1_000_000, "pattern": "^[^\\x00]*$"}


def parameter(name: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"title": name, **schema}}


def test_one_parameter_of_each_shape_stays() -> None:
    moments = [parameter(name, type="string", format="date-time") for name in ("made__gt", "made__lt")]
    path = {"name": "id", "in": "path", "schema": {"type": "string"}}
    operation = {"parameters": [path, *moments, parameter("q", type="string", maxLength=200)]}
    thin = thinned({"paths": {"/things/{id}": {"get": operation}}})
    assert [item["name"] for item in thin["paths"]["/things/{id}"]["get"]["parameters"]] == ["id", "made__gt", "q"]


def test_limits_that_nobody_types_go_and_others_stay() -> None:
    name = {"type": "string", "maxLength": 200}
    thing = {"properties": {"name": name, "notes": {"anyOf": [NOTES, {"type": "null"}]}, "maxLength": {"type": "integer"}}}
    thin = thinned({"paths": {}, "components": {"schemas": {"Thing": thing}}})["components"]["schemas"]["Thing"]["properties"]
    assert thin["name"] == name
    assert thin["maxLength"] == {"type": "integer"}
    assert thin["notes"]["anyOf"][0] == {key: value for key, value in NOTES.items() if key != "maxLength"}


def task(*parts: str) -> dict[str, Any]:
    return {"rounds": [parts], "found": "found.{}"}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_one_that_is_not_done_in_time_is_ended_with_all_that_it_started() -> None:
    program = "import os, time; os.fork(); print(os.getpid(), flush=True); time.sleep(60)"
    found = fuzzed([sys.executable, "-c", program], task("a"), 2.0)
    started = [int(line) for line in Path("fuzz.log").read_text().split()]
    assert found == {"failures": [], "cases": 0, "complete": False, "said": ""}
    assert len(started) == 2
    until = time.monotonic() + 10
    while any(alive(pid) for pid in started) and time.monotonic() < until:
        time.sleep(0.01)
    assert [pid for pid in started if alive(pid)] == []


def alive(pid: int) -> bool:
    """Whether a process still does anything: a child of a child may wait for somebody who asks how it ended."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}


def test_one_that_ends_badly_is_told() -> None:
    told = fuzzed([sys.executable, "-c", "raise SystemExit('no such option')"], task("a"), 30)
    assert [item["message"] for item in told["failures"]] == ["schemathesis ended with status 1: no such option"]


def test_each_kind_of_failure_is_told_once_per_operation_whatever_part_found_it() -> None:
    def line(*failures: tuple[str, str, str]) -> str:
        return json.dumps({"cases": 3, "failures": [{"operation": of, "rule": rule, "message": text} for of, rule, text in failures]})

    Path("found.0").write_text("\n".join([line(("GET /a", "x", "first"), ("GET /a", "x", "second")), line(("GET /b", "x", "third"))]))
    Path("found.1").write_text(line(("GET /a", "x", "fourth"), ("", "", "no links"), ("", "", "no time")) + '\n{"cases": 9, "fai')
    told = fuzzed([sys.executable, "-c", ""], task("a", "b"), 30)
    assert [item["message"] for item in told["failures"]] == ["first", "third", "no links", "no time"]
    assert told["cases"] == 9
