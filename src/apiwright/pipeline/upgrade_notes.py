"""What the owner of a project has to know when another generator takes it over; from a file that ships with the package."""

import re
from pathlib import Path

_NOTES = Path(__file__).with_name("upgrade-notes.md")
_SECTION = re.compile(r"^## (\d+(?:\.\d+)*)$", re.MULTILINE)
_ENTRY = re.compile(r"^- (.+(?:\n  .+)*)", re.MULTILINE)


def upgrade_notes(former: str, present: str) -> tuple[str, ...]:
    """The notes of every generator after `former`, up to `present`, oldest first, each with its version before it."""
    parts = _SECTION.split(_NOTES.read_text("utf-8"))[1:]
    found = [(version, entries) for version, entries in zip(parts[::2], parts[1::2], strict=True) if _between(former, version, present)]
    return tuple(
        f"{version}: {' '.join(entry.split())}"
        for version, entries in sorted(found, key=lambda item: _numbers(item[0]))
        for entry in _ENTRY.findall(entries)
    )


def _between(former: str, version: str, present: str) -> bool:
    return _numbers(former) < _numbers(version) <= _numbers(present)


def _numbers(version: str) -> tuple[int, ...]:
    """`0.10.2` as numbers that compare; what follows them (`rc1`) counts as nothing."""
    return tuple(int(number) for number in re.findall(r"\d+", re.split(r"[^\d.]", version, maxsplit=1)[0]))
