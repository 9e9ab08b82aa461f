"""Lays a population into the project's database, by the tables of its own models, and looks at rows again."""

import asyncio
import contextlib
import datetime as dt
import decimal
import importlib
import uuid
from collections.abc import Callable, Generator
from typing import Any, cast

from .server import BootError

PASSWORD = "correct-horse-battery-7"  # noqa: S105 - of accounts in a database that lives for a moment

_READ: dict[type, Callable[[str], object]] = {
    dt.datetime: dt.datetime.fromisoformat,
    dt.date: dt.date.fromisoformat,
    dt.time: dt.time.fromisoformat,
    decimal.Decimal: decimal.Decimal,
    uuid.UUID: uuid.UUID,
}

_INSTEAD = ("_", "_rows", "_table", "_links")
_LONGEST_STEM = 39
"""What is left of a name that is too long: this much, and a hash."""


class Population:
    """The rows that were laid down.

    Attributes:
        ids: Id of each row, by the name it has in the plan; as text.
    """

    def __init__(self, plan: dict[str, Any]) -> None:
        sqlalchemy, aio = importlib.import_module("sqlalchemy"), importlib.import_module("sqlalchemy.ext.asyncio")
        self._sql = sqlalchemy
        settings = importlib.import_module("app.core.config").Settings()
        self._engine = aio.create_async_engine(settings.database_url)
        self._metadata = importlib.import_module("app.models").Base.metadata
        self._tables = {row["name"]: self._table_of(row) for row in plan["rows"]}
        self._runner = asyncio.Runner()
        self.ids = {row["name"]: str(uuid.uuid4()) for row in plan["rows"]}
        self.logins = {row["name"]: str(row["values"].get(plan["login"])) for row in plan["rows"] if row["account"]}
        hashed = self._hash(settings) if self.logins else None
        try:
            self._runner.run(self._insert(plan["rows"], hashed))
        except BootError:
            self.close()
            raise

    @contextlib.contextmanager
    def more(self, rows: list[dict[str, Any]]) -> Generator[None]:
        """More rows of a plan, none of which is an account, for a while."""
        self._tables |= {row["name"]: self._table_of(row) for row in rows}
        self.ids |= {row["name"]: str(uuid.uuid4()) for row in rows}
        self._runner.run(self._insert(rows, None))
        try:
            yield
        finally:
            self._runner.run(self._delete([row["name"] for row in reversed(rows)]))

    def row(self, name: str) -> dict[str, str] | None:
        """A row as it is now, each value as text; None when it is gone."""
        return self._runner.run(self._select(name))

    def owner_of(self, name: str, identifier: str) -> dict[str, str] | None:
        """The row with this id in the table of the row `name`."""
        return self._runner.run(self._select(name, identifier))

    def filled(self, value: Any) -> Any:
        """A JSON value with ids for the names that stand in braces."""
        match value:
            case dict():
                return {key: self.filled(item) for key, item in cast("dict[str, Any]", value).items()}
            case list():
                return [self.filled(item) for item in cast("list[Any]", value)]
            case str():
                for name, identifier in self.ids.items():
                    value = value.replace(f"{{{name}}}", identifier)
                return value
            case _:
                return value

    def close(self) -> None:
        """Let go of the database."""
        self._runner.run(self._engine.dispose())
        self._runner.close()

    def _table_of(self, row: dict[str, Any]) -> Any:
        return self._table(row["table"], {"id", *row["values"], *row["links"]})

    def _table(self, name: str, columns: set[str]) -> Any:
        """The table of that name, or of what stands in its place because that is too long, or is the project's own: hence the longest."""
        there = [table for table in self._metadata.tables.values() if columns <= set(table.c.keys())]
        found = [table for table in there if table.name == name or table.name.removeprefix(name) in _INSTEAD]
        found = found or [table for table in there if table.name.startswith(name[:_LONGEST_STEM]) and len(name) > _LONGEST_STEM]
        if not found:
            raise BootError(f"The models have no table {name!r} with the columns {', '.join(sorted(columns))}.")
        return max(found, key=lambda table: len(table.name))

    def _values(self, row: dict[str, Any], hashed: str | None) -> dict[str, Any]:
        table = self._tables[row["name"]]
        values = {"id": self.ids[row["name"]], **row["values"], **{key: self.ids[name] for key, name in row["links"].items()}}
        if row["account"]:
            values["hashed_password"] = hashed
            if row["role"]:
                values["role"] = row["role"]
        return {key: _typed(table.c[key], value) for key, value in values.items()}

    def _hash(self, settings: Any) -> str:
        passwords = importlib.import_module("app.core.security").Passwords(settings)
        return str(self._runner.run(passwords.hash(PASSWORD)))

    async def _insert(self, rows: list[dict[str, Any]], hashed: str | None) -> None:
        async with self._engine.begin() as connection:
            for row in rows:
                try:
                    await connection.execute(self._sql.insert(self._tables[row["name"]]).values(self._values(row, hashed)))
                    for table, other in row["pairs"].items():
                        pairs = self._table(table, set())
                        await connection.execute(self._sql.insert(pairs).values(self._pair(pairs, row["name"], other)))
                except (self._sql.exc.SQLAlchemyError, ArithmeticError, ValueError) as error:
                    reason = getattr(error, "orig", None) or error
                    raise BootError(f"The row {row['name']} of the proof does not fit: {reason}. It has {row['values']}.") from error

    def _pair(self, table: Any, name: str, other: str) -> dict[str, Any]:
        """One row of a table of pairs, whose first column is the key of the row itself."""
        columns = [column for column in table.c if column.primary_key]
        return {column.name: uuid.UUID(self.ids[row]) for column, row in zip(columns, (name, other), strict=True)}

    async def _delete(self, names: list[str]) -> None:
        async with self._engine.begin() as connection:
            for name in names:
                table = self._tables[name]
                await connection.execute(self._sql.delete(table).where(table.c.id == uuid.UUID(self.ids.pop(name))))

    async def _select(self, name: str, identifier: str = "") -> dict[str, str] | None:
        table = self._tables[name]
        statement = self._sql.select(table).where(table.c.id == uuid.UUID(identifier or self.ids[name]))
        async with self._engine.connect() as connection:
            found = (await connection.execute(statement)).mappings().first()
        return None if found is None else {key: str(value) for key, value in found.items()}


def _typed(column: Any, value: Any) -> Any:
    """A JSON value as the column takes it."""
    if not isinstance(value, str):
        return value
    try:
        kind = getattr(column.type, "impl", column.type).python_type
    except NotImplementedError:
        return value
    return _READ[kind](value) if kind in _READ else value
