"""The statements that every entity needs.

Rows are read as rows: one statement, one validation into the answer's schema, one serialisation. There is no session that
tracks objects, and so nothing that could load lazily.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.errors import ConflictError, InvalidError, NotFoundError
from app.core.pagination import ListQuery, Page
from app.core.security import Principal
from app.models.base import utc_now
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A list of ids in the payload, kept as pairs in a table of its own."""

    key: str
    pairs: Table
    source: str
    target: str

    def of(self, row_ids: Sequence[UUID]) -> Select[UUID, UUID]:
        """The pairs of these rows."""
        source, target = self.pairs.c[self.source], self.pairs.c[self.target]
        return select(source, target).where(source.in_(row_ids)).order_by(target)

    def to(self, target_id: UUID) -> Select[UUID]:
        """The ids of the rows that are linked to this target."""
        return select(self.pairs.c[self.source]).where(self.pairs.c[self.target] == target_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A member of the payload that points to other rows; `reach` tells which of them the caller may point to."""

    key: str
    table: Table
    reach: Callable[[Principal], ColumnElement[bool]] | None = None


class Repository(Generic[ReadT]):
    """Queries on one table. Subclasses say which table, and what belongs to it.

    Attributes:
        label: What a row is called in messages.
        columns: What answers show of the table itself.
        computed: What answers show beyond that.
        searched: Columns that `q` looks at.
    """

    label: str
    table: Table
    read_schema: type[ReadT]
    page_schema: type[Page[ReadT]]
    columns: Sequence[ColumnElement[Any]]
    computed: Sequence[ColumnElement[Any]] = ()
    searched: Sequence[ColumnElement[Any]] = ()
    links: Sequence[Link] = ()
    targets: Sequence[Target] = ()

    selection: Select[*tuple[Any, ...]]

    def __init_subclass__(cls) -> None:
        """Build what every read begins with once, not for each request."""
        cls.selection = select(*cls.columns, *cls.computed)

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    @classmethod
    def owned_by(cls, account_id: UUID) -> ColumnElement[bool]:
        """The condition on rows that belong to an account."""
        raise NotImplementedError

    async def get(self, row_id: UUID, *, owner_id: UUID | None = None) -> ReadT:
        """One row; `NotFoundError` when there is none, or it belongs to somebody else than `owner_id`."""
        rows = await self._rows(self.selection.where(*self._reach(row_id, owner_id)))
        if not rows:
            raise NotFoundError(self.label)
        return self.read_schema.model_validate(rows[0])

    async def page(self, query: ListQuery[Any], *, owner_id: UUID | None = None) -> Page[ReadT]:
        """The rows that a query asks for, and how many there are in all."""
        conditions = [self._condition(name, value) for name, value in query.filters().items()]
        if owner_id is not None:
            conditions.append(self.owned_by(owner_id))
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

    async def create(self, values: Values, *, caller: Principal | None = None) -> ReadT:
        """Store a new row."""
        await self._require_targets(values, caller=caller)
        statement = insert(self.table).values(self._own(values)).returning(*self.columns)
        rows = await self._write(statement)
        row_id: UUID = rows[0]["id"]
        for link in self.links:
            await self._add_links(link, row_id, values[link.key])
            rows[0][link.key] = sorted(set(values[link.key]))
        if self.computed:
            return await self.get(rows[0]["id"])
        return self.read_schema.model_validate(rows[0])

    async def update(
        self,
        row_id: UUID,
        values: Values,
        *,
        owner_id: UUID | None = None,
        caller: Principal | None = None,
    ) -> ReadT:
        """Change what `values` names, and nothing else."""
        await self._require_targets(values, caller=caller)
        own = self._own(values)
        statement = (
            update(self.table).where(*self._reach(row_id, owner_id)).values(own or {"id": row_id})
        )
        rows = await self._write(statement.returning(*self.columns))
        if not rows:
            await self._refuse(row_id)
        for link in self.links:
            if link.key in values:
                await self.connection.execute(
                    delete(link.pairs).where(link.pairs.c[link.source] == row_id)
                )
                await self._add_links(link, row_id, values[link.key])
        if self.links or self.computed:
            return await self.get(row_id)
        return self.read_schema.model_validate(rows[0])

    async def delete(self, row_id: UUID, *, owner_id: UUID | None = None) -> None:
        """Remove a row, and what its rules take along."""
        try:
            result = await self.connection.execute(
                delete(self.table).where(*self._reach(row_id, owner_id))
            )
        except IntegrityError as error:
            raise ConflictError(f"Other rows still need this {self.label}.") from error
        if result.rowcount == 0:
            await self._refuse(row_id)

    async def _move(
        self,
        row_id: UUID,
        name: str,
        *,
        sources: Sequence[str],
        target: str,
        stamp: str | None = None,
        owner_id: UUID | None = None,
    ) -> ReadT:
        """Move the column `name` from one of `sources` to `target`, in one statement, so that two callers cannot both do it."""
        state = self.table.c[name]
        reach = self._reach(row_id, owner_id)
        values: dict[str, Any] = {name: target}
        if stamp is not None:
            values[stamp] = utc_now()
        statement = update(self.table).where(*reach, state.in_(sources)).values(values)
        rows = await self._write(statement.returning(*self.columns))
        if not rows:
            current = await self.connection.scalar(select(state).where(*reach))
            if current is None:
                await self._refuse(row_id)
            raise ConflictError(f"This {self.label} is {current!r} and cannot become {target!r}.")
        if self.links or self.computed:
            return await self.get(row_id)
        return self.read_schema.model_validate(rows[0])

    async def _require(self, row_id: UUID, *, owner_id: UUID | None = None) -> None:
        """Refuse what is not in reach."""
        if (
            await self.connection.scalar(
                select(self.table.c.id).where(*self._reach(row_id, owner_id))
            )
            is None
        ):
            await self._refuse(row_id)

    async def _pair(self, pairs: Table, values: Values) -> None:
        """Add a pair, unless it is there."""
        add = postgresql.insert if self.connection.dialect.name == "postgresql" else sqlite.insert
        try:
            await self.connection.execute(add(pairs).values(values).on_conflict_do_nothing())
        except IntegrityError as error:
            raise self._conflict(error) from error

    async def _unpair(self, pairs: Table, values: Values) -> None:
        """Remove a pair, if it is there."""
        await self.connection.execute(
            delete(pairs).where(*(pairs.c[name] == value for name, value in values.items()))
        )

    def _reach(self, row_id: UUID, owner_id: UUID | None = None) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = [self.table.c.id == row_id]
        if owner_id is not None:
            conditions.append(self.owned_by(owner_id))
        return conditions

    async def _rows(self, statement: Executable) -> list[dict[str, Any]]:
        rows = await self._fetch(statement)
        if rows:
            for link in self.links:
                await self._read_links(link, rows)
        return rows

    async def _fetch(self, statement: Executable) -> list[dict[str, Any]]:
        result = await self.connection.execute(statement)
        names = result.keys()
        return [dict(zip(names, row, strict=True)) for row in result]

    async def _write(self, statement: Executable) -> list[dict[str, Any]]:
        try:
            return await self._fetch(statement)
        except IntegrityError as error:
            raise self._conflict(error) from error

    async def _read_links(self, link: Link, rows: list[dict[str, Any]]) -> None:
        linked: defaultdict[UUID, list[UUID]] = defaultdict(list)
        pairs = await self.connection.execute(link.of([row["id"] for row in rows]))
        for source, target in pairs:
            linked[source].append(target)
        for row in rows:
            row[link.key] = linked[row["id"]]

    async def _add_links(self, link: Link, row_id: UUID, target_ids: Sequence[UUID]) -> None:
        pairs = [
            {link.source: row_id, link.target: target_id} for target_id in sorted(set(target_ids))
        ]
        if pairs:
            await self.connection.execute(insert(link.pairs), pairs)

    def _own(self, values: Values) -> dict[str, Any]:
        elsewhere = {link.key for link in self.links}
        return {name: value for name, value in values.items() if name not in elsewhere}

    async def _require_targets(self, values: Values, *, caller: Principal | None = None) -> None:
        """`InvalidError` when `values` points to a row that is not there, or not for the caller to see."""
        for target in self.targets:
            given = values.get(target.key)
            if not given:
                continue
            ids = set(given) if isinstance(given, list) else {given}
            statement = (
                select(func.count()).select_from(target.table).where(target.table.c.id.in_(ids))
            )
            if target.reach is not None and caller is not None:
                statement = statement.where(target.reach(caller))
            if await self.connection.scalar(statement) != len(ids):
                raise InvalidError(target.key, "There is no such row.")

    def _condition(self, name: str, value: Any) -> ColumnElement[bool]:
        if name == "q":
            return or_(*(column.icontains(value, autoescape=True) for column in self.searched))
        column, _, operator = name.partition("__")
        for link in self.links:
            if link.key == column:
                return self.table.c.id.in_(link.to(value))
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
