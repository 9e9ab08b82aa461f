"""From a prompt to a proven project with each vendor's wire format, through the real command and the real clients."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.fakes.vendors import Answer, Call, HttpFailure, Reply, VendorServer, orders, vendor_server
from tests.fakes.vendors.library import ENTITIES, OUTLINE, PROMPT, librarian
from tests.fakes.vendors.server import MODELS
from tests.integration.llm.harness import KEY, VENDORS, Heard, apiwright, here, planner, traces_of_key

from apiwright.blueprint import load
from apiwright.blueprint.changes import diff
from apiwright.kit.stubs import is_written
from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.planner.llm.wording import plain
from apiwright.verifier import trial

MODULES, TESTS = "app/extensions/order/{}.py", "tests/extensions/order/test_{}.py"
ASK = ("new", orders.PROMPT, "--planner", "enhanced", "--json", "-o", "out")

PROVEN_WITH = "google"
ASKED_FOR = {"openai": "openai:gpt-5", "anthropic": "anthropic:claude-opus-5-5"}  # not what APIWRIGHT_MODEL says


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[VendorServer, subprocess.CompletedProcess[str], Path]:
    """What the real command makes with the model of one vendor, which gets one of the modules right at the second go only."""
    place = tmp_path_factory.mktemp("made")
    with vendor_server(PROVEN_WITH, orders.learner) as server:
        return server, apiwright(server, place, *ASK, "--report", "report.json"), place


def test_a_prompt_becomes_a_proven_project_with_a_computed_field_a_hook_and_an_endpoint(
    made: tuple[VendorServer, subprocess.CompletedProcess[str], Path],
) -> None:
    server, done, place = made
    asked(server, done, repairs=1)
    document, project = json.loads(done.stdout), place / "out"
    assert all(is_written((project / MODULES.format(name)).read_text()) for name in ("total", "limit_discount", "clear"))
    checks = {check["name"]: check for check in document["report"]["checks"]}
    assert {check["status"] for check in checks.values()} == {"passed"}
    assert checks["extensions"]["detail"] == "3 declared: 3 done"
    assert load((project / "blueprint.yaml").read_text()).prompt == orders.PROMPT
    assert json.loads((place / "report.json").read_text())["usage"] == document["usage"]
    assert traces_of_key(done, place) == []


@pytest.mark.parametrize("vendor", [vendor for vendor in VENDORS if vendor != PROVEN_WITH])
def test_the_format_of_any_vendor_leads_to_the_very_same_project(
    vendor: str, made: tuple[VendorServer, subprocess.CompletedProcess[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "try_out", as_it_came)  # the same code has been tried with the other vendor, and put in form
    with vendor_server(vendor, orders.clerk) as server:
        done = here(server, tmp_path, *ASK, "--verify", "none", "--model", ASKED_FOR[vendor])
    asked(server, done)
    assert {f"{vendor}:{call.model}" for call in server.calls} == {ASKED_FOR[vendor]}
    said = {MODULES.format(name.partition(".")[2]): answer["module"] for name, answer in orders.RIGHT.items()}
    said |= {TESTS.format(name.partition(".")[2]): answer["test"] for name, answer in orders.RIGHT.items()}
    as_signed = {path: text.replace(ASKED_FOR[vendor], MODELS[PROVEN_WITH]) for path, text in written(tmp_path / "out").items()}
    assert as_signed == written(made[2] / "out") | said
    assert traces_of_key(done, tmp_path) == []


def as_it_came(files: Mapping[str, str], pieces: Sequence[trial.Piece], **_: object) -> trial.Trial:
    """A trial that everything stands."""
    return trial.Trial(files={path: files[path] for piece in pieces for path in (piece.path, piece.test_path)}, findings={})


def asked(server: VendorServer, done: subprocess.CompletedProcess[str], *, repairs: int = 0) -> None:
    """Whether the command went well, and asked the model for just what is to be asked."""
    assert done.returncode == 0, done.stderr
    assert server.faults == []
    assert {call.key for call in server.calls} == {KEY}
    units = [call.unit for call in server.calls]
    assert (units[0], sorted(units[1:3])) == ("outline", ["Order", "OrderLine"])
    assert sorted(units[3:]) == ["Order.clear", "Order.limit_discount", "Order.total", *["Order.total"] * repairs]
    document = json.loads(done.stdout)
    assert document["extensions"] == {"written": ["Order.total", "Order.limit_discount", "Order.clear"], "left_out": [], "not_written": []}
    usage = document["usage"]
    requests = 6 + repairs
    assert (usage["requests"], usage["input_tokens"], usage["output_tokens"]) == (requests, 1_000 * requests, 200 * requests)
    assert {stage: used["requests"] for stage, used in usage["stages"].items()} == {"outline": 1, "entities": 2, "extensions": 3 + repairs}
    assert usage["dollars"] > 0


def written(project: Path) -> dict[str, str]:
    """The files of a project, without what is kept of its versions."""
    paths = (path for path in project.rglob("*") if path.is_file())
    return {
        name: path.read_text() for path in paths if not (name := path.relative_to(project).as_posix()).startswith((".git/", ".apiwright/"))
    }


def test_the_draft_of_the_rules_is_what_it_begins_with_and_its_changes_are_told() -> None:
    heard, draft = Heard(), EmbeddedPlanner().plan(PROMPT)
    with vendor_server("openai", librarian) as server:
        blueprint = planner(server).plan(PROMPT, tell=heard)
    drafted = plain(draft)
    entities = {entity["name"]: entity for entity in drafted["entities"]}
    assert [call.words["draft"] for call in server.calls if call.unit == "outline"] == [drafted]
    assert all(call.words["draft"] == entities.get(call.unit) for call in server.calls[1:])
    assert entities
    changes = [change.sentence for change in diff(draft, blueprint)]
    assert heard.last("changes") == changes
    (told,) = (step.message for step in heard if step.phase == "changes")
    assert told.startswith(f"{len(changes)} changes to the draft: {changes[0]}; {changes[1]}")


def test_accounts_roles_and_states_come_from_any_server_that_speaks_the_format(tmp_path: Path) -> None:
    with vendor_server("openai-compatible", librarian) as server:
        done = here(
            server, tmp_path, "new", PROMPT, "--planner", "enhanced", "--verify", "quick", "--json", "--report", "report.html", "-o", "out"
        )
    assert done.returncode == 0, done.stderr
    assert server.faults == []
    assert server.calls[0].unit == "outline"
    assert sorted(call.unit for call in server.calls[1:]) == ["Book", "Loan", "Member"]
    assert {call.key for call in server.calls} == {KEY}
    loan = load((tmp_path / "out" / "blueprint.yaml").read_text()).entity("Loan")
    assert loan is not None
    assert loan.transitions[0].name == "bring_back"
    assert loan.access.read == ("owner", "role:librarian")
    usage = json.loads(done.stdout)["usage"]
    assert (usage["requests"], usage["dollars"], set(usage["stages"])) == (4, None, {"outline", "entities"})
    changes = next(line for line in done.stderr.splitlines() if " changes to the draft: " in line)
    assert "shelf_mark" in changes
    spent = [line for line in done.stderr.splitlines() if "; outline: 1 request, 1,000 tokens in, 200 out, price unknown" in line]
    assert len(spent) == 1
    assert "; entities: 3 requests, 3,000 tokens in, 600 out" in spent[0]
    assert "outline: 1 request, 1,000 tokens in, 200 out" in (tmp_path / "report.html").read_text()
    assert traces_of_key(done, tmp_path) == []


def test_a_request_becomes_a_proven_version(tmp_path: Path) -> None:
    with vendor_server("anthropic", librarian) as server:
        made = here(server, tmp_path, "new", PROMPT, "--planner", "enhanced", "--verify", "none", "-o", "out")
    assert made.returncode == 0, made.stderr

    def reviser(call: Call) -> Reply:
        if call.unit == "outline":
            entities = [item | {"ready": item["name"] != "Book"} for item in OUTLINE["entities"]]
            return Answer(document=OUTLINE | {"entities": entities, "renamed": [{"was": "Book.shelf_mark", "now": "call_number"}]})
        book = ENTITIES["Book"]
        fields = [book["fields"][0], book["fields"][1] | {"name": "call_number"}, {"name": "blurb", "type": "text"}]
        return Answer(document=book | {"fields": fields})

    with vendor_server("anthropic", reviser) as server:
        words = "what we call shelf mark is really the call number of a book, and one wants to read a blurb as well"
        done = here(server, tmp_path / "out", "revise", words, "--planner", "enhanced", "--yes", "--json", "--verify", "quick")
    assert done.returncode == 0, done.stderr
    assert server.faults == []
    assert [call.unit for call in server.calls] == ["outline", "Book"]
    kinds = [change["kind"] for change in json.loads(done.stdout)["changes"]]
    assert kinds == ["rename_field", "add_field"]
    assert traces_of_key(done, tmp_path) == []


def test_auto_goes_on_without_the_model_and_says_so(tmp_path: Path) -> None:
    with vendor_server("openai", lambda _: HttpFailure(status=401)) as server:
        done = here(server, tmp_path, "new", PROMPT, "--verify", "none", "-o", "out", APIWRIGHT_DEBUG="1")
    assert done.returncode == 0, done.stderr
    assert "refused the key (status 401)" in done.stdout
    assert "The embedded planner goes on." in done.stdout
    assert "assumed: openai:gpt-5-mini could not plan this (access); the embedded planner did." in done.stdout
    assert traces_of_key(done, tmp_path) == []


def test_enhanced_fails_clearly_and_leaves_nothing(tmp_path: Path) -> None:
    with vendor_server("anthropic", lambda _: HttpFailure(status=401)) as server:
        done = here(server, tmp_path, "new", PROMPT, "--planner", "enhanced", "-o", "out", "--json")
    assert done.returncode == 3
    assert "error: anthropic:claude-sonnet-5-5 refused the key (status 401)." in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
    assert traces_of_key(done, tmp_path) == []


def test_a_model_that_cannot_be_used_is_bad_input(tmp_path: Path) -> None:
    with vendor_server("openai", librarian) as server:
        unknown = here(server, tmp_path, "plan", PROMPT, "--model", "nobody:x")
        keyless = here(server, tmp_path, "plan", PROMPT, "--model", "google:gemini-2.5-flash")
        none = here(server, tmp_path, "plan", PROMPT, "--planner", "enhanced", APIWRIGHT_MODEL="")
    assert [(done.returncode, done.stderr.rpartition("[")[2].strip("]\n")) for done in (unknown, keyless, none)] == [
        (2, "model-unknown"),
        (2, "model-key-missing"),
        (2, "model-missing"),
    ]
    assert server.calls == []
