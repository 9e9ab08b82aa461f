"""Tables taken apart: columns, constraints and indexes by name, from the very calls that the first migration makes.

The lowering decides what a table looks like, once. Reading its calls back keeps every later revision in step with it, so that a
database which went through all revisions is the same as a fresh one.
"""

import ast
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from apiwright.compiler.project_model import TableModel
from apiwright.compiler.python_source import Code
from apiwright.errors import CompileError


class Column(Struct, frozen=True, kw_only=True):
    """`code` is the whole `sa.Column(...)`, `type` its type as code."""

    name: str
    code: Code
    type: Code
    nullable: bool


class Constraint(Struct, frozen=True, kw_only=True):
    """A named rule of a table.

    Attributes:
        kind: `primary`, `unique`, `foreignkey` or `check`.
        columns: The columns it is about, in order; empty for a check.
        target: Table and columns that a foreign key points to.
        rule: What else it says: the delete rule of a foreign key, the condition of a check.
        dialect: The only database that has it; empty for both.
        later: Whether PostgreSQL makes it once every table is there, for it closes a circle of tables.
    """

    name: str
    kind: str
    columns: tuple[str, ...] = ()
    target: tuple[str, tuple[str, ...]] | None = None
    rule: str = ""
    dialect: str = ""
    later: bool = False


class Index(Struct, frozen=True, kw_only=True):
    """`code` is the whole `op.create_index(...)`; `rest` what it says beyond table and columns."""

    name: str
    code: Code
    columns: tuple[str, ...]
    rest: str


class Shape(Struct, frozen=True, kw_only=True):
    """One table. Column names rise in the order in which they are made."""

    name: str
    columns: Mapping[str, Column]
    constraints: Mapping[str, Constraint]
    indexes: Mapping[str, Index]

    def same(self, other: "Shape") -> bool:
        """Whether both are the same table, whatever the order of its columns."""
        return self.name == other.name and self.columns == other.columns and self.indexes == other.indexes and self.rules == other.rules

    @property
    def rules(self) -> frozenset[tuple[object, ...]]:
        """What the constraints say, whenever they are made."""
        return frozenset((rule.name, rule.kind, rule.columns, rule.target, rule.rule, rule.dialect) for rule in self.constraints.values())


@lru_cache(maxsize=256)  # a revision is asked of them for each direction, and for what rows get
def shape_of(table: TableModel) -> Shape:
    """A table taken apart.

    Raises:
        CompileError: The lowering makes a call that is not known here.
    """
    columns: dict[str, Column] = {}
    constraints: dict[str, Constraint] = {}
    closing = {_text(_call(code).args[0]) for code in table.later}
    for code in table.arguments:
        call = _call(code)
        if _callee(call) == "Column":
            column = _column(call, code)
            columns[column.name] = column
        else:
            constraint = _constraint(call, closing)
            constraints[f"{constraint.name} {constraint.dialect}"] = constraint
    indexes = {index.name: index for index in (_index(_call(code), code) for code in table.indexes)}
    return Shape(name=table.name, columns=columns, constraints=constraints, indexes=indexes)


def _column(call: ast.Call, code: Code) -> Column:
    name, kind = call.args[0], call.args[1]
    return Column(name=_text(name), code=code, type=Code(ast.unparse(kind)), nullable=_option(call, "nullable") is not False)


def _constraint(call: ast.Call, closing: set[str]) -> Constraint:
    call, dialect = _without_dialect(call)
    name, callee = _name(call), _callee(call)
    match callee:
        case "PrimaryKeyConstraint" | "UniqueConstraint":
            columns = tuple(_text(item) for item in call.args)
            return Constraint(name=name, kind="primary" if callee.startswith("P") else "unique", columns=columns)
        case "CheckConstraint":
            return Constraint(name=name, kind="check", rule=ast.unparse(call.args[0]), dialect=dialect)
        case "ForeignKeyConstraint":
            columns, targets = _texts(call.args[0]), _texts(call.args[1])
            target = targets[0].rsplit(".", 1)[0], tuple(item.rsplit(".", 1)[1] for item in targets)
            rule = str(_option(call, "ondelete") or "")
            return Constraint(name=name, kind="foreignkey", columns=columns, target=target, rule=rule, later=name in closing)
        case _:
            raise CompileError(f"{callee} is no constraint that a revision can carry")


def _without_dialect(call: ast.Call) -> tuple[ast.Call, str]:
    """Take `.ddl_if(dialect=...)` off."""
    if _callee(call) == "ddl_if" and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Call):
        return call.func.value, str(_option(call, "dialect") or "")
    return call, ""


def _index(call: ast.Call, code: Code) -> Index:
    rest = ", ".join(f"{item.arg}={ast.unparse(item.value)}" for item in call.keywords)
    return Index(name=_text(call.args[0]), code=code, columns=_texts(call.args[2]), rest=rest)


def _name(call: ast.Call) -> str:
    for item in call.keywords:
        if item.arg == "name":
            return _text(item.value)
    raise CompileError(f"a constraint without a name: {ast.unparse(call)}")


def _option(call: ast.Call, name: str) -> Any:
    for item in call.keywords:
        if item.arg == name and isinstance(item.value, ast.Constant):
            return item.value.value
    return None


def _texts(node: ast.expr) -> tuple[str, ...]:
    if not isinstance(node, ast.List | ast.Tuple):
        raise CompileError(f"no list of names: {ast.unparse(node)}")
    return tuple(_text(item) for item in node.elts)


def _text(node: ast.expr) -> str:
    """A text, plain or within `op.f(...)`."""
    if isinstance(node, ast.Call) and len(node.args) == 1:
        node = node.args[0]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise CompileError(f"no name: {ast.unparse(node)}")


def _call(code: Code) -> ast.Call:
    node = ast.parse(code, mode="eval").body
    if not isinstance(node, ast.Call):
        raise CompileError(f"no call: {code}")
    return node


def _callee(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""
