"""The statements that every entity needs.

Rows are read as rows: one statement, one validation into the answer's schema, one serialisation. There is no session that
tracks objects, and so nothing that could load lazily.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NoReturn, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.errors import ConflictError, NotFoundError
from app.core.pagination import ListQuery, Page
from app.schemas.base import Answer

ReadT = TypeVar("ReadT", bound=Answer)
Values = Mapping[str, Any]

OPERATORS: dict[str, Callable[[ColumnElement[Any], Any], ColumnElement[bool]]] = {
    "": lambda column, value: column == value,
    "gt": lambda column, value: column > value,
    "gte": lambda column, value: column >= value,
    "lt": lambda column, value: column < value,
    "lte": lambda column, value: column <= value,
    "in": lambda column, value: column.in_(value),
    "isnull": lambda column, value: column.is_(None) if value else column.is_not(None),
    "icontains": lambda column, value: column.icontains(value, autoescape=True),
}
"""What may follow a column's name in a query string, after two underscores."""


class Repository(Generic[ReadT]):
    """Queries on one table. Subclasses say which table, and what belongs to it.

    Attributes:
        label: What a row is called in messages.
        columns: What answers show of the table itself.
        searched: Columns that `q` looks at.
    """

    label: str
    table: Table
    read_schema: type[ReadT]
    page_schema: type[Page[ReadT]]
    columns: Sequence[ColumnElement[Any]]
    searched: Sequence[ColumnElement[Any]] = ()

    selection: Select[*tuple[Any, ...]]

    def __init_subclass__(cls) -> None:
        """Build what every read begins with once, not for each request."""
        cls.selection = select(*cls.columns)

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def get(self, row_id: UUID) -> ReadT:
        """One row; `NotFoundError` when there is none."""
        rows = await self._rows(self.selection.where(*self._reach(row_id)))
        if not rows:
            raise NotFoundError(self.label)
        return self.read_schema.model_validate(rows[0])

    async def page(self, query: ListQuery[Any]) -> Page[ReadT]:
        """The rows that a query asks for, and how many there are in all."""
        conditions = [self._condition(name, value) for name, value in query.filters().items()]
        in_all = select(func.count()).select_from(self.table).where(*conditions)
        counted = self.selection.add_columns(
            in_all.correlate(None).scalar_subquery().label("_total")
        )
        order = [self._order(key) for key in query.sort]
        statement = counted.where(*conditions).order_by(*order, self.table.c.id)
        rows = await self._rows(statement.limit(query.limit).offset(query.offset))
        total = rows[0]["_total"] if rows else 0
        if not rows and query.offset:
            total = await self.connection.scalar(in_all)
        return self.page_schema.model_validate(
            {"items": rows, "total": total, "limit": query.limit, "offset": query.offset}
        )

    async def create(self, values: Values) -> ReadT:
        """Store a new row."""
        statement = insert(self.table).values(self._own(values)).returning(*self.columns)
        rows = await self._write(statement)
        return self.read_schema.model_validate(rows[0])

    async def update(self, row_id: UUID, values: Values) -> ReadT:
        """Change what `values` names, and nothing else."""
        own = self._own(values)
        statement = update(self.table).where(*self._reach(row_id)).values(own or {"id": row_id})
        rows = await self._write(statement.returning(*self.columns))
        if not rows:
            await self._refuse(row_id)
        return self.read_schema.model_validate(rows[0])

    async def delete(self, row_id: UUID) -> None:
        """Remove a row, and what its rules take along."""
        try:
            result = await self.connection.execute(delete(self.table).where(*self._reach(row_id)))
        except IntegrityError as error:
            raise ConflictError(f"Other rows still need this {self.label}.") from error
        if result.rowcount == 0:
            await self._refuse(row_id)

    def _reach(self, row_id: UUID) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = [self.table.c.id == row_id]
        return conditions

    async def _rows(self, statement: Executable) -> list[dict[str, Any]]:
        result = await self.connection.execute(statement)
        names = result.keys()
        return [dict(zip(names, row, strict=True)) for row in result]

    async def _write(self, statement: Executable) -> list[dict[str, Any]]:
        try:
            return await self._rows(statement)
        except IntegrityError as error:
            raise self._conflict(error) from error

    def _own(self, values: Values) -> dict[str, Any]:
        return dict(values)

    def _condition(self, name: str, value: Any) -> ColumnElement[bool]:
        if name == "q":
            return or_(*(column.icontains(value, autoescape=True) for column in self.searched))
        column, _, operator = name.partition("__")
        return OPERATORS[operator](self.table.c[column], value)

    def _order(self, key: str) -> ColumnElement[Any]:
        column = self.table.c[key.removeprefix("-")]
        return (column.desc() if key.startswith("-") else column.asc()).nulls_last()

    async def _refuse(self, row_id: UUID) -> NoReturn:
        raise NotFoundError(self.label)

    def _conflict(self, error: IntegrityError) -> ConflictError:
        rule = _broken_rule(error)
        for constraint in self.table.constraints:
            if isinstance(constraint, UniqueConstraint):
                names = [column.name for column in constraint.columns]
                if rule in (
                    constraint.name,
                    ", ".join(f"{self.table.name}.{name}" for name in names),
                ):
                    message = f"Another {self.label} has this {' and '.join(names)} already."
                    return ConflictError(
                        message, errors=[{"field": name, "message": message} for name in names]
                    )
        return ConflictError("A row that this one points to is gone.")


def _broken_rule(error: IntegrityError) -> str:
    """The constraint's name (PostgreSQL), or the columns of the unique rule (SQLite)."""
    name = getattr(getattr(error.orig, "__cause__", None), "constraint_name", None)
    return name if isinstance(name, str) else str(error.orig).rpartition(": ")[2]
