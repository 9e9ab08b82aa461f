"""What a person writes for extension points: proven with the project, told apart by how far it is, and kept by revisions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.integration.extensions.written import WRITTEN

from apiwright.blueprint import Blueprint, dump_yaml, load, parse
from apiwright.cli.main import run
from apiwright.compiler import compile_blueprint, extension_points
from apiwright.filetree import FileTree, GeneratedFile, staged
from apiwright.kit.stubs import is_written
from apiwright.verifier import VerificationReport, verify
from apiwright.verifier.bench import bench_for
from apiwright.verifier.checks.access import AccessProbes
from apiwright.verifier.checks.layout import Layout
from apiwright.verifier.project import Project
from apiwright.verifier.protocol import Bench

BLUEPRINT = load(Path(__file__).with_name("blueprint.yaml").read_text("utf-8"))
QUICK = ("--verify", "none", "--yes")
INSERTED = "context.connection.execute(insert(table_of(Order)).values(order))"


def written(blueprint: Blueprint, texts: Mapping[str, str]) -> FileTree:
    """The compiled project with these files in it."""
    return FileTree([GeneratedFile(file.path, texts.get(file.path, file.text), file.phase) for file in compile_blueprint(blueprint)])


def proof(tree: FileTree, place: Path, level: str) -> VerificationReport:
    with staged(tree, place) as staging:
        staging.publish()
    return verify(place, level="deep" if level == "deep" else "standard")


def failed(report: VerificationReport) -> dict[str, list[str]]:
    return {check.name: [f"{item.path} {item.message}" for item in check.findings] for check in report.failed}


def test_what_is_written_by_hand_is_proven_on_both_databases(tmp_path: Path) -> None:
    report = proof(written(BLUEPRINT, WRITTEN), tmp_path / "orders", "deep")
    assert not failed(report)
    checks = {check.name: check for check in report.checks}
    assert checks["extensions"].detail == "4 declared: 4 done"
    assert checks["postgres"].status == "passed"
    assert not any("ritten" in note for note in report.notes)


def reaching_for_all() -> dict[str, str]:
    """Extensions of every kind that read or change everybody's rows."""
    saved, duplicate, total, limit = (
        WRITTEN[f"app/extensions/order/{name}.py"] for name in ("saved", "duplicate", "total", "limit_discount")
    )
    all_orders = "await context.connection.execute(table_of(Order).update().values(discount={}.discount))\n    "
    everybodys = {
        "saved": saved.replace(".where(reach)", ""),
        "duplicate": duplicate.replace(f"await {INSERTED}", f"{all_orders.format('row')}    await {INSERTED}"),
        "total": total.replace("totals[order_id] +=", "totals[rows[0].id] +=").replace(".where(lines.c.order_id.in_(totals))", ""),
        "limit_discount": limit.replace("> 50", "> 10**9")
        .replace("    if payload", f"    {all_orders.format('payload')}if payload")
        .replace("from app.schemas", "from app.models.base import table_of\nfrom app.models.order import Order\nfrom app.schemas"),
    }
    return {f"app/extensions/order/{name}.py": text for name, text in everybodys.items()}


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """One that the project is laid on with extensions that reach for everybody's rows."""
    files = {file.path: file.text for file in written(BLUEPRINT, WRITTEN | reaching_for_all())}
    with bench_for(Project(files), level="standard") as bench:
        yield bench


def test_what_code_does_with_other_peoples_rows_is_found(bench: Bench) -> None:
    assert all(WRITTEN[path] != text for path, text in reaching_for_all().items())
    found = [item.message for item in AccessProbes().run(bench).findings]
    asked = {message.partition(" by ")[0]: message.partition(": ")[2] for message in found}
    changed, other = "It changed the row: ", "The answer changes with rows that are somebody else's."
    assert {name: told[: len(changed)] if told.startswith(changed) else told for name, told in asked.items()} == {
        "GET /orders/saved": other, "GET /orders": other, "GET /orders/{bob:Order}": other,
        "POST /orders": changed, "POST /orders/{bob:Order}/duplicate": changed,
    }  # fmt: skip


def test_each_extension_is_told_by_how_far_it_is(tmp_path: Path) -> None:
    red = WRITTEN["app/extensions/order/total.py"].replace("-row.discount", "row.discount")
    texts = {path: text for path, text in WRITTEN.items() if "total" in path} | {
        "app/extensions/order/total.py": red,
        "app/extensions/order/limit_discount.py": WRITTEN["app/extensions/order/limit_discount.py"],
    }
    report = proof(written(BLUEPRINT, texts), tmp_path / "orders", "standard")
    assert list(failed(report)) == ["extensions"], "what is red in an extension is red nowhere else"
    (finding,) = failed(report)["extensions"]
    assert finding.startswith("tests/extensions/order/test_total.py ")
    assert "test_total" in finding
    check = next(check for check in report.checks if check.name == "extensions")
    assert check.detail == "4 declared: 1 failing, 1 without a test, 2 not written"
    notes = ("Failing: Order.total.", "Without a test: Order.limit_discount.", "Not written: Order.duplicate, Order.saved.")
    assert set(notes) <= set(report.notes)


@pytest.mark.parametrize(
    "path", ["app/extensions/order/total.py", "tests/extensions/order/test_duplicate.py", "tests/wiring/test_orders.py"]
)
def test_a_missing_file_of_an_extension_is_found(path: str, bench: Bench) -> None:
    files = {file.path: file.text for file in compile_blueprint(BLUEPRINT) if file.path != path}
    messages = [(item.path, item.message) for item in Layout().run(replace(bench, project=Project(files))).findings]
    assert (path, "This file is missing.") in messages


def test_a_stub_is_known_by_what_it_does() -> None:
    for point in extension_points(BLUEPRINT):
        assert not is_written(point.stub)
        assert not is_written(point.stub.replace("Not written yet", "Written, honestly").replace("\n\n\n", "\n\n\n# all done\n", 1))
        assert is_written(WRITTEN[point.path])
        assert f"async def {point.function}(" in WRITTEN[point.path]
        compile("\n".join((*point.imports, *point.test_imports)), point.path, "exec")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "blueprint.yaml").write_text(dump_yaml(BLUEPRINT))
    assert run(["compile", "blueprint.yaml", "--verify", "none", "-o", "p"]) == 0
    for path, text in WRITTEN.items():
        (tmp_path / "p" / path).write_text(text)
    monkeypatch.chdir(tmp_path / "p")
    return tmp_path / "p"


def ask(project: Path, change: Callable[[dict[str, Any]], object], *options: str) -> int:
    """Apply the blueprint with its entity Order changed."""
    document = BLUEPRINT.model_dump(mode="json")
    change(document["entities"][1])
    for line in document["entities"][2]["relations"]:
        line["target"] = document["entities"][1]["name"]
    (project / "blueprint.yaml").write_text(dump_yaml(parse(document)))
    return run(["apply", *options, *QUICK])


def test_the_command_line_tells_what_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "blueprint.yaml").write_text(dump_yaml(BLUEPRINT))
    assert run(["compile", "blueprint.yaml", "--verify", "none", "-o", "p"]) == 0
    assert "note: Not written: Order.total, Order.limit_discount, Order.duplicate, Order.saved." in capsys.readouterr().out


def test_a_revision_keeps_what_was_written(project: Path) -> None:
    assert ask(project, lambda order: order["fields"].append({"name": "note", "type": "text"})) == 0
    assert "note: Mapped[str | None]" in (project / "app/models/order.py").read_text()
    assert {path: (project / path).read_text() for path in WRITTEN} == WRITTEN


def test_the_readme_says_what_is_written_after_each_revision_and_is_never_in_conflict(project: Path) -> None:
    def states() -> list[str]:
        rows = [line.split(" | ") for line in (project / "README.md").read_text().splitlines() if "`app/extensions/order/" in line]
        return [state for _, state, *_ in rows]

    assert states() == ["not written"] * 4
    assert ask(project, lambda order: order["computed"][0].update(description="The lines less the discount.")) == 0
    assert states() == ["written"] * 4
    stub = next(point for point in extension_points(BLUEPRINT) if point.name == "duplicate")
    (project / stub.path).write_text(stub.stub)
    assert ask(project, lambda order: order["computed"][0].update(description="Lines, less the discount.")) == 0
    assert states() == ["written", "written", "not written", "written"]
    assert "Lines, less the discount. | written |" in (project / "README.md").read_text()


def test_new_names_take_what_was_written_along(project: Path) -> None:
    def renamed(order: dict[str, Any]) -> None:
        order["name"] = "Purchase"
        order["computed"][0]["name"] = "amount"

    assert ask(project, renamed, "--renamed", "Order=Purchase", "--renamed", "Purchase.total=amount") == 0
    moved = (project / "app/extensions/purchase/amount.py").read_text()
    assert "+= quantity * price" in moved
    assert "Sequence[PurchaseRead]" in moved
    assert "quantity=2" in (project / "tests/extensions/purchase/test_amount.py").read_text()
    assert "discount > 50" in (project / "app/extensions/purchase/limit_discount.py").read_text()
    assert not list((project / "app/extensions/order").glob("*.py"))
    assert not list((project / "tests/extensions/order").glob("*.py"))


def test_what_is_removed_takes_its_code_along(project: Path) -> None:
    assert ask(project, lambda order: order["endpoints"].clear()) == 0
    assert not (project / "app/extensions/order/duplicate.py").exists()
    assert not (project / "tests/extensions/order/test_duplicate.py").exists()
    assert (project / "app/extensions/order/total.py").read_text() == WRITTEN["app/extensions/order/total.py"]


def test_a_signature_that_changes_is_a_conflict_and_nothing_is_lost(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(project, lambda order: order["computed"][0].update(type="float")) == 1
    told = capsys.readouterr()
    assert "app/extensions/order/total.py: you and the generator changed the same lines" in told.out + told.err
    assert "quantity * price" in (project / "app/extensions/order/total.py").read_text()
