"""Code by a model: written, tried in the sandbox, mended or left out, through the real command and the real clients."""

import json
from pathlib import Path

from tests.fakes.vendors import Answer, Call, HttpFailure, Reply, vendor_server
from tests.fakes.vendors.orders import ENTITIES, LIMIT, OUTLINE, PROMPT, TOTAL, clerk, dunce
from tests.fakes.vendors.server import KEYS, MODELS
from tests.integration.llm.harness import KEY, here, traces_of_key

from apiwright.blueprint import parse
from apiwright.compiler import compile_blueprint, extension_points
from apiwright.kit.stubs import is_written
from apiwright.pipeline.extending import assignment_of
from apiwright.planner.choice import model_choice
from apiwright.planner.llm import Budget, ExtensionWriter

MODULES = "app/extensions/order"


def test_what_never_holds_is_left_out_and_told_wherever_somebody_looks(tmp_path: Path) -> None:
    with vendor_server("google", dunce) as server:
        done = here(server, tmp_path, "new", PROMPT, "--planner", "enhanced", "--verify", "quick", "--json", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert server.faults == []
    asked = [call for call in server.calls if call.words["task"] == "write the extension"]
    assert sorted(call.unit for call in asked) == ["Order.clear"] * 4 + ["Order.limit_discount", "Order.total"]
    document, project = json.loads(done.stdout), tmp_path / "out"
    assert sorted(document["extensions"]["written"]) == ["Order.limit_discount", "Order.total"]
    (left,) = document["extensions"]["left_out"]
    assert left["name"] == "Order.clear"
    assert "after 3 repairs" in left["reason"]
    assert document["extensions"]["not_written"] == ["Order.clear"]
    assert {f"Not done: Order.clear: {left['reason']}", "Not written: Order.clear."} <= set(document["report"]["notes"])
    assert "not done: " in done.stderr
    assert "not written: Order.clear" in done.stderr.splitlines()[-1]
    (stub,) = (line for line in (project / "README.md").read_text().splitlines() if "| not written |" in line)
    assert stub.startswith("| Order.clear: ")
    assert is_written((project / MODULES / "total.py").read_text())
    assert not is_written((project / MODULES / "clear.py").read_text())
    (repaired, *_) = (call for call in asked if call.repairs)
    assert "{'removed': 0}" in json.dumps(repaired.words["problems"])
    assert repaired.words["your_last_answer"]["module"].startswith('"""All lines at once."""')
    assert "app/models/order_line.py" in repaired.words["sources"]
    assert traces_of_key(done, tmp_path) == []


def test_a_revision_has_written_what_nobody_has_and_keeps_what_somebody_wrote(tmp_path: Path) -> None:
    order = {name: value for name, value in ENTITIES["Order"].items() if name != "endpoints"}
    more = order | {"fields": [*order["fields"], {"name": "reference", "type": "string", "max_length": 40}]}

    def reviser(call: Call) -> Reply:
        if call.unit == "outline":
            return Answer(document=OUTLINE | {"entities": [item | {"ready": item["name"] != "Order"} for item in OUTLINE["entities"]]})
        return Answer(document=more) if call.unit == "Order" else clerk(call)

    (tmp_path / "b.yaml").write_text(json.dumps({"name": "orders", "title": "Orders", "entities": [order, ENTITIES["OrderLine"]]}))
    project = tmp_path / "out"
    with vendor_server("anthropic", reviser) as server:
        made = here(server, tmp_path, "compile", "b.yaml", "--verify", "none", "-o", "out")
        assert made.returncode == 0, made.stderr
        assert server.calls == []
        (project / MODULES / "total.py").write_text(TOTAL["module"])
        words = "one wants a reference on each order, whatever its form"
        done = here(server, project, "revise", words, "--planner", "enhanced", "--yes", "--json", "--verify", "none")
    assert done.returncode == 0, done.stderr
    assert server.faults == []
    assert [call.unit for call in server.calls] == ["outline", "Order", "Order.limit_discount"]
    document = json.loads(done.stdout)
    assert document["extensions"] == {"written": ["Order.limit_discount"], "left_out": [], "not_written": []}
    assert "| not written |" not in (project / "README.md").read_text()
    assert f"{MODULES}/limit_discount.py" in {item["path"] for item in document["files"]}
    assert (project / MODULES / "total.py").read_text() == TOTAL["module"]
    assert is_written((project / MODULES / "limit_discount.py").read_text())
    assert traces_of_key(done, tmp_path) == []


def test_what_the_budget_does_not_pay_for_stays_as_it_was_and_is_told(tmp_path: Path) -> None:
    with vendor_server("openai", clerk) as server:
        done = here(server, tmp_path, "new", PROMPT, "--planner", "enhanced", "--verify", "none", "-o", "out", APIWRIGHT_MODEL_REQUESTS="3")
    assert done.returncode == 0, done.stderr
    assert len(server.calls) == 3
    for name in ("total", "limit_discount", "clear"):
        assert f"Not done: Order.{name}: openai:gpt-5-mini has used up its budget of 3 requests" in done.stdout
        assert not is_written((tmp_path / "out" / MODULES / f"{name}.py").read_text())
    assert traces_of_key(done, tmp_path) == []


def test_questions_side_by_side_are_no_more_than_the_budget_pays_for() -> None:
    blueprint = parse({**OUTLINE, "entities": list(ENTITIES.values())})
    tree = compile_blueprint(blueprint)
    assignments = [assignment_of(point, blueprint, tree) for point in extension_points(blueprint)]
    with vendor_server("openai", clerk) as server:
        choice = model_choice(MODELS["openai"], keys=dict.fromkeys(KEYS, KEY), url=server.url)
        drafts = ExtensionWriter(choice, budget=Budget(requests=2)).write(PROMPT, assignments)
    assert (len(assignments), len(server.calls), len(drafts.written)) == (3, 2, 2)
    assert drafts.failure is not None
    assert drafts.failure.code == "budget"


def test_a_model_that_fails_in_the_middle_leaves_the_rest_out(tmp_path: Path) -> None:
    with vendor_server("openai", lambda call: HttpFailure(status=401) if "." in call.unit else clerk(call)) as server:
        done = here(server, tmp_path, "new", PROMPT, "--verify", "none", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert "Not done: Order.total: openai:gpt-5-mini refused the key (status 401)" in done.stdout
    assert traces_of_key(done, tmp_path) == []


def test_code_that_reaches_beyond_the_project_is_not_even_tried(tmp_path: Path) -> None:
    stolen = TOTAL["module"].replace("from typing import Any", "import os\nfrom typing import Any").replace("minus", "minus {os.environ}")
    hostile = {"Order.total": {**TOTAL, "module": stolen}, "Order.limit_discount": {**LIMIT, "test": "import subprocess\n" + LIMIT["test"]}}
    hostile["Order.clear"] = {"module": "__import__('os').system('touch /tmp/never')", "test": "open('/etc/passwd')"}
    with vendor_server("openai", lambda call: Answer(document=hostile[call.unit]) if "." in call.unit else clerk(call)) as server:
        done = here(server, tmp_path, "new", PROMPT, "--verify", "none", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Not done: Order.") == 3
    assert "`os` is out of reach" in done.stdout
    assert "`subprocess` is out of reach" in done.stdout
    assert traces_of_key(done, tmp_path) == []
