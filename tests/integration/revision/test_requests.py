"""Requests over base projects: what each is read as, that its tables are those of a fresh project, and that rows get there and back."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.integration.revision import databases
from tests.integration.revision.requests import REFUSED, REQUESTS, SAID, Request, base
from tests.integration.revision.ways import upgraded

from apiwright.blueprint import Blueprint
from apiwright.blueprint.changes import apply, changes_from_json, changes_to_json
from apiwright.compiler import compile_blueprint
from apiwright.compiler.migrations import make_revision
from apiwright.errors import InputError
from apiwright.filetree import FileTree, GeneratedFile
from apiwright.pipeline.proof import upgrade_of
from apiwright.pipeline.versions import Version, first_version
from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.verifier import verify

PLANNER = EmbeddedPlanner()
NAMES = [f"{item.base}: {item.words[:60]}" for item in REQUESTS]
PROVEN = (
    "rename Todo to Ticket",
    "rename the status in_progress to doing",
    "a post can have several categories",
    "users only see their own items",
)


@pytest.mark.parametrize("request_", REQUESTS, ids=NAMES)
def test_a_request_is_read_as_what_it_says(request_: Request) -> None:
    changes = PLANNER.revise(base(request_.base), request_.words)
    assert {change.kind for change in changes} == request_.kinds
    assert any(change.loses for change in changes) == request_.lossy
    assert changes_from_json(changes_to_json(changes)) == changes


@pytest.mark.parametrize(("name", "words", "sentences"), SAID, ids=[item[1][:40] for item in SAID])
def test_ordinary_words_lead_to_just_these_changes(name: str, words: str, sentences: list[str]) -> None:
    assert [change.sentence for change in PLANNER.revise(base(name), words)] == sentences


@pytest.mark.parametrize(("name", "words", "told"), REFUSED, ids=[item[1][:40] for item in REFUSED])
def test_what_is_not_understood_is_told_and_nothing_is_changed(name: str, words: str, told: str) -> None:
    with pytest.raises(InputError, match="error: ") as refusal:
        PLANNER.revise(base(name), words)
    assert told in str(refusal.value)
    assert all(item.hint for item in refusal.value.diagnostics)


def test_every_requests_tables_are_those_of_a_fresh_project(database_url: str, subtests: pytest.Subtests) -> None:
    for name, answer, case in zip(NAMES, databases.run(revisions(), database_url), revisions(), strict=True):
        with subtests.test(name):
            assert answer["error"] is None, case["revision"]
            assert (answer["upgraded"], answer["downgraded"]) == ([], []), case["revision"]


@cache
def revisions() -> list[dict[str, Any]]:
    """The revision of each request, with the first migrations of the two blueprints; the same for each database."""
    cases: list[dict[str, Any]] = []
    for item in REQUESTS:
        old = base(item.base)
        changes = PLANNER.revise(old, item.words)
        new = apply(old, changes)
        revision = make_revision(old, new, changes, number=2, former="0001")
        text = revision.file.text if revision else ""
        cases.append({"base": first_migration(item.base), "fresh": databases.initial(new), "revision": text})
    return cases


@cache
def first_migration(name: str) -> str:
    """That of a base project."""
    return databases.initial(base(name))


@pytest.mark.parametrize("words", PROVEN)
def test_rows_and_answers_survive_an_upgrade(words: str, tmp_path: Path) -> None:
    result = upgraded(upgrade_between(next(item for item in REQUESTS if item.words == words), tmp_path))
    assert not result.findings, result.output


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("request_", REQUESTS, ids=NAMES)
@pytest.mark.parametrize("on_postgresql", [False, True], ids=["sqlite", "postgresql"])
def test_every_version_is_proven_with_the_way_to_it(request_: Request, on_postgresql: bool, tmp_path: Path) -> None:
    upgrade = upgrade_between(request_, tmp_path)
    result = upgraded(upgrade, on_postgresql=on_postgresql)
    assert not result.findings, result.output
    if not on_postgresql:
        report = verify(upgrade.project, level="standard")
        assert report.ok, [(check.name, check.findings) for check in report.failed]


def test_a_way_that_loses_a_row_does_not_pass(tmp_path: Path) -> None:
    upgrade = upgrade_between(next(item for item in REQUESTS if item.words == "rename Todo to Ticket"), tmp_path)
    path = next((upgrade.project / "migrations" / "versions").glob("0002_*.py"))
    text = path.read_text()
    path.write_text(text.replace('FROM "todos"', 'FROM "todos" LIMIT 1', 1))
    result = upgraded(upgrade)
    assert any("rows" in item.message for item in result.findings), result.findings


def test_a_version_that_changes_what_nobody_asked_for_does_not_pass(tmp_path: Path) -> None:
    upgrade = upgrade_between(next(item for item in REQUESTS if item.words == "rename Todo to Ticket"), tmp_path)
    schema = upgrade.project / "app" / "schemas" / "tag.py"
    planted = schema.read_text().replace("    color:", "    shade: str | None = None\n    color:")
    assert planted != schema.read_text()
    schema.write_text(planted)
    result = upgraded(upgrade)
    assert any("nobody asked to change Tag" in item.message for item in result.findings), result.findings


def upgrade_between(request: Request, place: Path) -> Any:
    """The two versions side by side in directories."""
    old = base(request.base)
    changes = PLANNER.revise(old, request.words)
    new = apply(old, changes)
    revision = make_revision(old, new, changes, number=2, former="0001")
    first = first_version(old)
    number = revision.number if revision else "0001"
    second = replace(first, version=2, kind="revise", revision=number, changes=changes, blueprint=new)
    former = lay(compile_blueprint(old), place / "former")
    project = lay(version_tree(old, second, revision.file if revision else None), place / "project")
    return upgrade_of(former, project, version=second, before=first)


def version_tree(old: Blueprint, version: Version, revision: GeneratedFile | None) -> FileTree:
    first = "migrations/versions/0001_initial.py"
    files = [file for file in compile_blueprint(version.blueprint) if file.path != first]
    return FileTree([*files, compile_blueprint(old)[first], *([revision] if revision else [])])


def lay(tree: FileTree, directory: Path) -> Path:
    for file in tree:
        path = directory / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, "utf-8")
    return directory
