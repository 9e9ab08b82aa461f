"""Notes for owners of projects that another generator made."""

from pathlib import Path

import pytest

from apiwright import __version__
from apiwright.pipeline import upgrade_notes as module
from apiwright.pipeline.upgrade_notes import upgrade_notes

FILE = "# Notes\n\nWords.\n\n## 0.10.0\n\n- Ten.\n\n## 0.9.1\n\n- Nine,\n  in two lines.\n- And more.\n\n## 0.2.0\n\n- Two.\n"


def test_this_version_has_notes() -> None:
    assert upgrade_notes("0.0", __version__)
    assert upgrade_notes(__version__, __version__) == ()


@pytest.mark.parametrize(
    ("former", "present", "told"),
    [
        ("0.1.0", "0.10.0", ("0.2.0: Two.", "0.9.1: Nine, in two lines.", "0.9.1: And more.", "0.10.0: Ten.")),
        ("0.9.1", "0.10.0", ("0.10.0: Ten.",)),
        ("0.2.0rc1", "0.9.0", ()),
        ("0.10.0", "0.10.0", ()),
    ],
)
def test_the_notes_since_the_former_generator_are_told_oldest_first(
    former: str, present: str, told: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "notes.md"
    path.write_text(FILE)
    monkeypatch.setattr(module, "_NOTES", path)
    assert upgrade_notes(former, present) == told
