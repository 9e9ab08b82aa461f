"""Where things are."""

from pathlib import Path

GOLDEN = Path(__file__).parents[2] / "golden"
