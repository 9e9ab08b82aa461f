"""Jobs that read the project's source and import it."""

import importlib
import py_compile
import traceback
from pathlib import Path
from typing import Any


def parse(paths: list[str]) -> dict[str, Any]:
    """Compile modules, and leave the byte code for all that import them later. Answers what is wrong with each."""
    problems: list[dict[str, Any]] = []
    for path in paths:
        try:
            # By its hash, not its time: a file may be written twice in a second.
            py_compile.compile(path, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
        except py_compile.PyCompileError as error:
            wrong = error.exc_value
            line, message = (wrong.lineno, wrong.msg) if isinstance(wrong, SyntaxError) else (None, str(wrong))
            problems.append({"path": path, "line": line, "message": message})
    return {"problems": problems}


def look(modules: list[str]) -> dict[str, Any]:
    """Import the project's modules, and ask its application for its OpenAPI document. Answers what went wrong with each."""
    problems = import_all(modules)
    return {"problems": problems, "document": None if problems else _document()}


def import_all(modules: list[str]) -> list[dict[str, Any]]:
    """Import `main` and look for `app` in it; then import every other module of the project. Answers the problems."""
    problems: list[dict[str, Any]] = []
    for name in ["main", *(module for module in modules if module != "main")]:
        try:
            module = importlib.import_module(name)
        except BaseException as error:
            problems.append(described(error, name))
            continue
        if name == "main" and not hasattr(module, "app"):
            problems.append({"path": "main.py", "line": None, "message": "There is no `app` in `main`."})
    return problems


def _document() -> Any:
    """The OpenAPI document of `main:app`, as it is served; None when it cannot be made, and then the output says why."""
    try:
        return importlib.import_module("main").app.openapi()
    except BaseException:
        traceback.print_exc()
        return None


def described(error: BaseException, module: str) -> dict[str, Any]:
    """Where in the project an exception comes from, and what it says."""
    path, line = f"{module.replace('.', '/')}.py", None
    for frame in traceback.extract_tb(error.__traceback__):
        if (found := _within(frame.filename)) is not None:
            path, line = found, frame.lineno
    if isinstance(error, SyntaxError) and error.filename and (found := _within(error.filename)) is not None:
        path, line = found, error.lineno
    return {"path": path, "line": line, "message": f"{type(error).__name__}: {error}"[:2_000]}


def _within(filename: str) -> str | None:
    """The path within the project, whichever job's copy of it the file is in; None for all other files."""
    copies = Path.cwd().parent
    return "/".join(Path(filename).relative_to(copies).parts[1:]) if filename.startswith(f"{copies}/") else None
