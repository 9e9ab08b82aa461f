"""A look at code that a model wrote, before any of it is run: its shape, its size, and how far it reaches.

What a person runs later runs without our sandbox, so code that wants more than the project is refused here. This is a filter, no fence:
what passes it is run in the sandbox only, until it has been proven.
"""

import ast
from collections.abc import Iterable, Iterator

from apiwright.compiler import ExtensionPoint
from apiwright.diagnostics import Diagnostic
from apiwright.planner.writing import Draft

LARGEST = 20_000
_STANDARD = frozenset({
    "__future__", "collections", "collections.abc", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "itertools",
    "math", "operator", "re", "statistics", "string", "typing", "uuid",
})  # fmt: skip
_SQL = frozenset({
    "Boolean", "Date", "DateTime", "Float", "Integer", "Numeric", "Row", "Select", "String", "and_", "asc", "between", "case", "cast",
    "delete", "desc", "distinct", "exists", "extract", "false", "func", "insert", "literal", "not_", "null", "nulls_first", "nulls_last",
    "or_", "select", "true", "tuple_", "union", "union_all", "update",
})  # fmt: skip
_BUILT_IN = frozenset({
    "breakpoint", "compile", "delattr", "eval", "exec", "exit", "getattr", "globals", "input", "locals", "open", "quit", "setattr", "vars",
})  # fmt: skip
_BEYOND = frozenset({
    "builtins", "commit", "ctypes", "environ", "exec_driver_sql", "get_raw_connection", "importlib", "methodcaller", "attrgetter", "os",
    "rollback", "run_sync", "socket", "subprocess", "sync_connection", "sync_engine", "sys",
})  # fmt: skip
_PRIVATE = frozenset({"_", "_mapping", "_asdict", "_fields", "_replace", "_tuple"})
"""Of SQLAlchemy's rows and of named tuples, which mean them for everybody."""
_SKIPS = frozenset({"skip", "skipif", "xfail", "importorskip", "fail"})


def objections(draft: Draft, point: ExtensionPoint) -> tuple[Diagnostic, ...]:
    """What is wrong with a draft, as far as it is to be seen; none when it may be tried."""
    module, broken = _parsed(draft.module, "module")
    test, test_broken = _parsed(draft.test, "test")
    if module is None or test is None:
        return (*broken, *test_broken)
    return (
        *_wrong_signature(module, point),
        *_work_on_import(module, "module"),
        *_out_of_reach(module, "module", _offered(point.imports)),
        *_out_of_reach(test, "test", _offered(point.test_imports)),
        *_empty_tests(test),
    )


def _parsed(text: str, where: str) -> tuple[ast.Module | None, tuple[Diagnostic, ...]]:
    if len(text) > LARGEST:
        message = f"It has {len(text):,} characters; {LARGEST:,} are allowed."
        return None, (Diagnostic(code="source-too-long", where=where, message=message, hint="Say it shorter."),)
    try:
        text.encode()
        return ast.parse(text), ()
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        return None, (Diagnostic(code="source-unreadable", where=f"{where}{line}", message=f"This is no Python: {error}"[:300]),)


def _wrong_signature(module: ast.Module, point: ExtensionPoint) -> Iterator[Diagnostic]:
    found = [node for node in module.body if isinstance(node, ast.AsyncFunctionDef) and node.name == point.function]
    wanted = ast.parse(f"{point.signature}: ...").body[0]
    if len(found) != 1 or found[0].decorator_list or _head(found[0]) != _head(wanted):
        message = f"There must be one `{point.signature}`, top-level and undecorated."
        yield Diagnostic(code="source-signature", where="module", message=message)


def _head(function: ast.stmt) -> str:
    assert isinstance(function, ast.AsyncFunctionDef)  # noqa: S101 - both are
    returns = ast.dump(function.returns) if function.returns else ""
    return f"{function.name}{ast.dump(function.args)}{returns}"


def _work_on_import(tree: ast.Module, where: str) -> Iterator[Diagnostic]:
    allowed = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    for node in tree.body:
        if not isinstance(node, allowed) and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield Diagnostic(code="source-work", where=f"{where}:{node.lineno}", message="Nothing is to be done on import.")


def _offered(statements: Iterable[str]) -> dict[str, set[str]]:
    """Modules that are offered, each with the names that may be taken from it."""
    offered: dict[str, set[str]] = {"sqlalchemy": set(_SQL)}
    for statement in statements:
        for node in ast.parse(statement).body:
            if isinstance(node, ast.ImportFrom):
                offered.setdefault(node.module or "", set()).update(alias.name for alias in node.names)
            elif isinstance(node, ast.Import):
                offered.update({alias.name: set() for alias in node.names})
    return offered


def _out_of_reach(tree: ast.Module, where: str, offered: dict[str, set[str]]) -> Iterator[Diagnostic]:
    for node in ast.walk(tree):
        for name in _reached(node, offered):
            message = f"`{name}` is out of reach for an extension."
            yield Diagnostic(code="source-reach", where=f"{where}:{getattr(node, 'lineno', 1)}", message=message)


def _reached(node: ast.AST, offered: dict[str, set[str]]) -> Iterator[str]:
    """Names that a node takes and may not have."""
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names if alias.name not in _STANDARD and offered.get(alias.name) != set())
        case ast.ImportFrom(module=module, names=names, level=level):
            known = module is not None and not level and (module in _STANDARD or module in offered)
            allowed = None if module in _STANDARD else offered.get(module or "", set())
            for alias in names:
                if not known or _is_beyond(alias.name) or alias.name == "*" or (allowed is not None and alias.name not in allowed):
                    yield f"{'.' * level}{module or ''}.{alias.name}"
        case ast.Name(id=name, ctx=ast.Load()) if name in _BUILT_IN or name.startswith("__"):
            yield name
        case ast.Attribute(attr=name) if _is_beyond(name):
            yield name
        case _:
            return


def _is_beyond(name: str) -> bool:
    return name in _BEYOND or (name.startswith("_") and name not in _PRIVATE)


def _empty_tests(tree: ast.Module) -> Iterator[Diagnostic]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    tests = [node for node in tree.body if isinstance(node, functions) and node.name.startswith("test_")]
    if not tests:
        yield Diagnostic(code="test-missing", where="test", message="There is no test: no top-level `async def test_...`.")
    for node in tests:
        if not any(_asserts(inner) for inner in ast.walk(node)):
            yield Diagnostic(code="test-empty", where=f"test:{node.lineno}", message=f"`{node.name}` asserts nothing.")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _SKIPS:
            yield Diagnostic(code="test-skipped", where=f"test:{node.lineno}", message=f"No test may be left out: `{node.attr}`.")


def _asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return not isinstance(node.test, ast.Constant)
    return isinstance(node, ast.Attribute) and node.attr == "raises"
