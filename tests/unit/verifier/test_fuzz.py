"""Fuzzing: what the document is thinned to, and what is told when schemathesis is not done in time, or ends badly."""

import sys
import time
from pathlib import Path
from typing import Any

import pytest

from apiwright.verifier.inside.fuzz import Run, thinned

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


def test_one_that_is_not_done_in_time_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = Run([sys.executable, "-c", "import time; time.sleep(60)"], "fuzzing")
    assert run.ended(time.monotonic()) == {"failures": [], "cases": 0, "complete": False, "said": ""}


def test_one_that_ends_badly_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = Run([sys.executable, "-c", "raise SystemExit('no such option')"], "coverage").ended(time.monotonic() + 30)
    assert [item["message"] for item in told["failures"]] == ["schemathesis ended with status 1: no such option"]
