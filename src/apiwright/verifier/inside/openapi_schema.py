"""A program for the tools' environment: validates an OpenAPI document, and prints what is wrong as a JSON list of sentences."""

import importlib
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

_rs: Any = importlib.import_module("jsonschema_rs")

_MOST = 50


def problems_of(document: Any) -> list[str]:
    """Everything that the schema of OpenAPI 3.1 objects to, in the document and in each schema within it."""
    if not str(document.get("openapi", "")).startswith("3.1"):
        return [f"This is OpenAPI {document.get('openapi')!r}, not 3.1."]
    spec = find_spec("openapi_spec_validator")
    root = Path((spec and spec.origin) or "").parent / "resources" / "schemas" / "v3.1" / "schema.json"
    schema = json.loads(root.read_text("utf-8"))
    found = [f"{_place(error)}: {error.message[:300]}" for error in _rs.validator_for(schema).iter_errors(document)]
    for name, part in document.get("components", {}).get("schemas", {}).items():
        try:
            _rs.meta.validate(part)
        except ValueError as error:
            found.append(f"components/schemas/{name}: {str(error).splitlines()[0][:300]}")
    return [*found, *_dangling(document, document)][:_MOST]


def _place(error: Any) -> str:
    return "/".join(str(step) for step in error.instance_path) or "document"


def _dangling(value: Any, document: Any) -> list[str]:
    """References that lead nowhere."""
    members = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    items = cast("list[Any]", value) if isinstance(value, list) else list(members.values())
    found = [text for item in items for text in _dangling(item, document)]
    target = members.get("$ref")
    if isinstance(target, str) and not _resolves(target, document):
        found.append(f"The reference {target} leads nowhere.")
    return found


def _resolves(target: str, document: Any) -> bool:
    if not target.startswith("#/"):
        return False
    for step in target[2:].split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        document = cast("dict[str, Any]", document).get(name) if isinstance(document, dict) else None
    return document is not None


if __name__ == "__main__":
    print(json.dumps(problems_of(json.loads(Path(sys.argv[1]).read_text("utf-8")))))  # noqa: T201 - a program
