"""Deeds that leave a record: who books a room makes a booking."""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "words" / "deeds.txt"


@cache
def deeds() -> dict[str, tuple[str, ...]]:
    """Verb -> entries of the catalogue: the record it leaves, then others that serve as well."""
    lines = (line.partition(":") for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {verb: tuple(rest.split()) for verb, _, rest in lines if rest}
