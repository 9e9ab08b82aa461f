"""Code on trial, had it got past the first look: it runs in the sandbox only, and finds nothing there."""

import os
import socket
from pathlib import Path

import pytest
from tests.fakes.vendors.orders import ENTITIES, OUTLINE, TOTAL

from apiwright.blueprint import parse
from apiwright.compiler import compile_blueprint, extension_points
from apiwright.verifier.trial import Piece, try_out

BLUEPRINT = parse({**OUTLINE, "entities": list(ENTITIES.values())})
POINTS = {point.name: point for point in extension_points(BLUEPRINT)}
HOSTILE = '''"""Looks around."""
import os
import socket
from pathlib import Path


async def test_that_steals() -> None:
    found = [name for name in os.environ if "SECRET" in name or name.endswith("_API_KEY")]
    found += [str(path) for path in Path("/proc").glob("[0-9]*/environ") if b"planted" in _read(path)]
    found += [] if not _read(Path("%(file)s")) else ["file"]
    try:
        Path("%(file)s.stolen").write_text("here")
        found.append("written")
    except OSError:
        pass
    try:
        socket.create_connection(("%(host)s", %(port)d), timeout=2).close()
        found.append("network")
    except OSError:
        pass
    assert found == []
    assert False, "got nothing"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
'''
PROVES_NOTHING = '''"""Says yes."""


async def test_that_says_yes() -> None:
    numbers = [1, 2]
    assert sum(numbers) == 3
'''


def test_hostile_code_gets_nothing_and_empty_tests_prove_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("planted")
    monkeypatch.setenv("SOME_SECRET", "planted")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = {"file": str(tmp_path / "secret"), "host": "127.0.0.1", "port": listener.getsockname()[1]}
        files = {file.path: file.text for file in compile_blueprint(BLUEPRINT)}
        total, limit = POINTS["total"], POINTS["limit_discount"]
        files |= {total.path: TOTAL["module"], total.test_path: HOSTILE % place, limit.test_path: PROVES_NOTHING}
        pieces = [Piece(path=point.path, test_path=point.test_path, stub=point.stub) for point in (total, limit)]
        trial = try_out(files, pieces)
    assert "got nothing" in " ".join(item.message for item in trial.findings[total.path])
    assert {item.rule for item in trial.findings[limit.path]} == {"test-proves-nothing"}
    assert os.listdir(tmp_path) == ["secret"]  # noqa: PTH208
