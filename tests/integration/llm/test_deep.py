"""What only the checks of `deep` find in a model's code goes back to it like a red test, and is told of whose fault it is."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.fakes.vendors import Answer, Call, Reply, vendor_server
from tests.fakes.vendors.server import KEYS, MODELS
from tests.integration.llm.harness import KEY, QUICK

from apiwright.blueprint import parse
from apiwright.compiler import compile_blueprint
from apiwright.pipeline.events import Event
from apiwright.pipeline.extending import extend
from apiwright.planner.choice import model_choice
from apiwright.planner.llm import ExtensionWriter
from apiwright.verifier import Finding, deep_trial, trial
from apiwright.verifier.checks.fuzz import Fuzz
from apiwright.verifier.protocol import Bench, Check, Outcome
from apiwright.verifier.trial import Piece

BLUEPRINT = parse({
    "name": "notes", "title": "Notes",
    "entities": [{
        "name": "Note", "fields": [{"name": "text", "required": True, "max_length": 50}], "operations": ["create"],
        "endpoints": [{
            "name": "double", "method": "GET", "answer": [{"name": "number", "type": "float", "required": True}],
            "description": "Twice the number that the text is.",
        }],
    }],
})  # fmt: skip
RIGHT = {
    "module": '''"""Twice."""
from app.core.errors import ConflictError
from app.extensions import Context
from app.schemas.note import NoteDoubleAnswer, NoteRead

async def answer(context: Context, row: NoteRead) -> NoteDoubleAnswer:
    """Twice the number."""
    if not (row.text.isascii() and row.text.isdecimal()):
        raise ConflictError("This note is no number.")
    return NoteDoubleAnswer(number=2 * float(row.text[:20]))
''',
    "test": '''"""Twice."""
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession
from tests.factories import create_note

async def test_a_number_is_doubled(client: AsyncClient, session: AsyncSession) -> None:
    note = await create_note(session, text="21")
    answer = await client.get(f"/notes/{note.id}/double")
    assert answer.json() == {"number": 42}
''',
}
GUARD = RIGHT["module"][RIGHT["module"].index("    if not") : RIGHT["module"].index("    return")]
FRAGILE = RIGHT | {"module": RIGHT["module"].replace(GUARD, "").replace("from app.core.errors import ConflictError\n", "")}


def test_an_endpoint_that_breaks_under_fuzzing_goes_back_to_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "DEEP", (Fuzz(),))  # which is the one that finds it; the others take their time

    def script(call: Call) -> Reply:
        return Answer(document=RIGHT if call.repairs else FRAGILE)

    events: list[Event] = []
    with vendor_server("openai", script) as server:
        choice = model_choice(MODELS["openai"], keys=dict.fromkeys(KEYS, KEY), url=server.url)
        extended = extend(
            BLUEPRINT, compile_blueprint(BLUEPRINT), writer=ExtensionWriter(choice, budget=QUICK), request="Notes.", spent=None,
            emit=events.append, deep=True,
        )  # fmt: skip
    assert (extended.written, extended.left_out) == (("Note.double",), ())
    _, repaired = server.calls
    assert "GET /notes/{note_id}/double: Server error" in str(repaired.words["problems"])
    assert [event.phase for event in events if "repair" in event.phase] == ["extensions:repair-1"]


class _Bench:
    """Finds what is told of it, as long as no stub has been laid down and the application been imported with it."""

    def __init__(self, found: list[Finding], without: list[Finding]) -> None:
        self.found, self.without = found, without
        self.sandbox = SimpleNamespace(write=self._write)
        self.application = SimpleNamespace(renew=self._renew)
        self.written = False

    def _write(self, files: Mapping[str, str]) -> None:
        self.written = True

    def _renew(self) -> None:
        self.found = self.without if self.written else self.found


class _Check:
    name, level, needs = "fuzz", "deep", ()

    def run(self, bench: Any) -> Outcome:
        return Outcome(findings=tuple(bench.found))


def test_what_stays_without_the_pieces_is_no_fault_of_theirs_and_a_route_tells_whose_it_is() -> None:
    hook = Piece(path="hook.py", test_path="test_hook.py", stub="")
    clear = Piece(path="clear.py", test_path="test_clear.py", stub="", route="POST /orders/{order_id}/clear")
    by_route = Finding(message="POST /orders/{id}/clear by bob, who may not: It answers 200, not 404.")
    like_it = Finding(message="POST /orders/{order_id}/clear-all: Server error. (5)")
    by_test = Finding(message="test_it: no", path="test_hook.py::test_it")
    bench = _Bench([by_route, like_it, by_test, Finding(message="GET /orders: Slow (1)")], [Finding(message="GET /orders: Slow (2)")])
    found = deep_trial.found_deep(cast("Bench", bench), [hook, clear], [cast("Check", _Check())])
    assert found == {"hook.py": (by_test, like_it), "clear.py": (by_route, like_it)}
