"""What the documentation shows is true."""

import re
from pathlib import Path

import pytest

from apiwright.blueprint import load, validate
from apiwright.blueprint.changes import apply
from apiwright.cli.main import COMMANDS
from apiwright.planner.embedded import EmbeddedPlanner

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_example_blueprint_holds_together() -> None:
    page = (ROOT / "docs" / "reference" / "blueprint.md").read_text()
    example = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    assert len(load(example[1]).entities) == 4


def test_every_command_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text()
    assert set(re.findall(r"^\| `apiwright ([a-z]+)", page, re.MULTILINE)) == set(COMMANDS)


def test_what_is_asked_for_is_read_for_the_project_that_the_first_command_makes() -> None:
    planner = EmbeddedPlanner()
    first = re.search(r'^make new PROMPT="([^"]+)"', (ROOT / "README.md").read_text(), re.MULTILINE)
    assert first is not None
    project = planner.plan(first[1])
    asked = {page.name: re.findall(r'^(?:\$ )?apiwright revise "([^".]+)"', page.read_text(), re.MULTILINE) for page in PAGES}
    assert len(asked["README.md"]) == len(asked["revising.md"]) == 1
    for words in [words for said in asked.values() for words in said]:
        assert validate(apply(project, planner.revise(project, words))) == [], words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
        assert target.startswith("https://") or (page.parent / target).exists(), target
