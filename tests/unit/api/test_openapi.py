"""The OpenAPI document of every role."""

from pathlib import Path

import pytest

from apiwright.api import create_app
from apiwright.api.openapi import operations
from apiwright.bootstrap.service import service
from apiwright.bootstrap.settings import settings_from


@pytest.mark.parametrize(("role", "least", "most"), [("api", 35, 60), ("worker", 3, 3)])
def test_a_process_documents_what_its_role_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: str, least: int, most: int
) -> None:
    monkeypatch.chdir(tmp_path)
    document = create_app(service(settings_from(data_dir=tmp_path, role=role))).openapi()
    assert least <= len(list(operations(document))) <= most
