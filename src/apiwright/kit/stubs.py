"""Whether a module is still the stub that a generator wrote: told by what it does, so that no marker can lie about it."""

import ast

FUNCTIONS = frozenset({"compute", "run", "answer"})
"""Names of the functions that the modules of extensions have: of computed fields, hooks, endpoints."""


def is_written(text: str) -> bool:
    """Whether the function of an extension's module does more than a stub does.

    A stub has nothing but a docstring, `return {}` or `raise NotWrittenError`. Words, comments and form do not count. A module that
    does not parse, or has no such function, is somebody's work too.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return True
    found = [node for node in tree.body if isinstance(node, ast.AsyncFunctionDef) and node.name in FUNCTIONS]
    return len(found) != 1 or any(_does_something(statement) for statement in found[0].body)


def _does_something(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Return(value=None | ast.Constant(value=None) | ast.Dict(keys=[])):
            return False
        case ast.Raise(exc=ast.Name(id="NotWrittenError") | ast.Call(func=ast.Name(id="NotWrittenError"))):
            return False
        case _:
            return True
