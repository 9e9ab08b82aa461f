"""The document from which the page's types were made is the one that the service answers with."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_page_knows_the_api_as_it_is() -> None:
    made = subprocess.run([sys.executable, "web/scripts/openapi.py"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    assert made.stdout == (ROOT / "web/openapi.json").read_text(), "`make page-types` brings the page's types up to date"
