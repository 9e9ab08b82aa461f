"""Where settings come from."""

from pathlib import Path

import pytest

from apiwright.bootstrap.settings import settings_from


def test_what_is_given_comes_first_then_the_environment_then_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("APIWRIGHT_PORT=1111\nAPIWRIGHT_GRACE=7\nAPIWRIGHT_HOST=file\n")
    monkeypatch.setenv("APIWRIGHT_PORT", "2222")
    monkeypatch.setenv("APIWRIGHT_HOST", "environment")
    settings = settings_from(host="given")
    assert (settings.host, settings.port, settings.grace) == ("given", 2222, 7)
