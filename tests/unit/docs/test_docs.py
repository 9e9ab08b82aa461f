"""What the documentation shows is true."""

import re
from pathlib import Path

import pytest

from apiwright.blueprint import load
from apiwright.cli.main import COMMANDS

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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
        assert target.startswith("https://") or (page.parent / target).exists(), target
