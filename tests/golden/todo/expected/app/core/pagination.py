"""Lists: their query string and their answer."""

from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

ItemT = TypeVar("ItemT")
SortT = TypeVar("SortT", bound=str)
QueryT = TypeVar("QueryT", bound="ListQuery[Any]")

MAX_OFFSET = 2**63 - 1


def _split(value: object) -> object:
    return value.split(",") if isinstance(value, str) else value


CommaSeparated = BeforeValidator(_split)
"""Marks a list that is written `a,b,c` in the query string."""


Ids = Annotated[list[UUID], CommaSeparated, Field(min_length=1, max_length=100)]


class ListQuery(BaseModel, Generic[SortT]):
    """What every list understands. Subclasses say what it can be sorted by, and add a filter for each column; an unknown one is an error."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0
    sort: Annotated[tuple[SortT, ...], CommaSeparated, Field(max_length=10)] = ()

    def filters(self) -> dict[str, Any]:
        """The filters that were given, as `column` or `column__operator`."""
        return self.model_dump(
            by_alias=True, exclude_unset=True, exclude={"limit", "offset", "sort"}
        )


class Page(BaseModel, Generic[ItemT]):
    """One page of a list. `total` counts every row that the filters let through."""

    items: list[ItemT]
    total: int
    limit: int
    offset: int


class QueryString(Generic[QueryT]):
    """Dependency that reads the whole query string into a model at once.

    FastAPI's own way (`Annotated[Model, Query()]`) looks up each member on its own, which costs a list with forty filters
    more time than its database query. `app.core.openapi` documents the members.
    """

    def __init__(self, model: type[QueryT]) -> None:
        self.model = model

    async def __call__(self, request: Request) -> QueryT:
        """The query of this request, or 422."""
        given = request.query_params
        if len(given) != len(given.multi_items()):
            raise RequestValidationError([{"loc": ("query",), "msg": "A parameter is given twice"}])
        try:
            return self.model.model_validate(dict(given))
        except ValidationError as error:
            raise RequestValidationError(
                [{"loc": ("query", *item["loc"]), "msg": item["msg"]} for item in error.errors()]
            ) from error
