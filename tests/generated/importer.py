"""Imports generated projects, one in each forked child, in an environment that has what they require.

Run as a script there: reads directories, one a line; answers each with one line of JSON, `{"operations": [[method, path], ...]}` or
`{"error": traceback}`. It imports nothing of this repository.
"""

import importlib
import json
import os
import sys
import traceback
import warnings
from typing import Any


def main() -> None:
    """Answer until the input ends."""
    for name in ("fastapi.openapi.utils", "pydantic_settings", "sqlalchemy.ext.asyncio"):  # what all children share
        importlib.import_module(name)
    warnings.simplefilter("error")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            sys.stdout.write(f"{json.dumps(outcome(line.strip()))}\n")
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)


def outcome(directory: str) -> dict[str, Any]:
    """What the project in `directory` offers, or why it cannot be imported."""
    try:
        os.chdir(directory)
        sys.path.insert(0, directory)
        project: Any = importlib.import_module("main")
        paths: dict[str, dict[str, Any]] = project.app.openapi()["paths"]
        return {"operations": sorted([method.upper(), path] for path, item in paths.items() for method in item)}
    except Exception:
        return {"error": traceback.format_exc()}


if __name__ == "__main__":
    main()
