"""Prints the service's OpenAPI document, from which the page's types are made: `python web/scripts/openapi.py > web/openapi.json`."""

import json
import sys
import tempfile
from pathlib import Path

from apiwright.api import create_app
from apiwright.bootstrap.service import service
from apiwright.bootstrap.settings import settings_from


def document() -> str:
    """The document of a service that is never started. Its version is left out: a release changes no type."""
    with tempfile.TemporaryDirectory() as directory:
        schema = create_app(service(settings_from(data_dir=Path(directory)))).openapi()
    schema["info"]["version"] = "0"
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
