"""What each test of a module says: its own lines, and as much of the rest of the module as it can see."""

import ast
import hashlib
import re
from collections.abc import Iterator

_WORD = re.compile(r"\w+")


def digests_of_tests(text: str) -> dict[str, str]:
    """A digest by name of each test function of a module.

    A test sees all that the module says beside its tests, but of what is imported only the names that it, or that rest, uses: which rows
    another test needs is no matter. Tests within classes are part of the rest.

    Args:
        text: The module's source.

    Raises:
        SyntaxError, ValueError: It is no Python.
    """
    lines = text.splitlines(keepends=True)
    tests: dict[str, str] = {}
    imported: list[tuple[str, str]] = []
    rest = ""
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            tests[node.name] = tests.get(node.name, "") + _source(node, lines)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            imported += _imported(node)
        else:
            rest += _source(node, lines)
    return {name: _digest(rest, source, imported) for name, source in tests.items()}


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Each name that is bound, and what it stands for. A star binds whatever there is."""
    origin = f"{'.' * node.level}{node.module or ''}:" if isinstance(node, ast.ImportFrom) else ""
    for alias in node.names:
        yield alias.asname or alias.name.partition(".")[0], f"{origin}{alias.name} {alias.asname}"


def _source(node: ast.stmt, lines: list[str]) -> str:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return "".join(lines[min([node.lineno, *(item.lineno for item in decorators)]) - 1 : node.end_lineno])


def _digest(rest: str, source: str, imported: list[tuple[str, str]]) -> str:
    seen = {"*", *_WORD.findall(rest), *_WORD.findall(source)}
    parts = [rest, source, *sorted(origin for name, origin in imported if name in seen)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
