"""Types that payloads are made of: nothing passes that the database could not keep."""

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
)


class Payload(BaseModel):
    """What a client sends. A member that is not known is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())


class Answer(BaseModel):
    """What a client gets."""

    model_config = ConfigDict(protected_namespaces=())


def unchanged() -> Any:
    """Default of every member of an Update schema: what is not sent is not changed, so this value is never used."""
    return None


def _iso_datetime(value: object) -> object:
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[Tt ]\d\d:", value, re.ASCII):
        return value
    raise ValueError("must be a moment with its time zone, such as 2025-01-31T12:00:00Z")


def _to_utc(value: dt.datetime) -> dt.datetime:
    try:
        return value.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("must be in the years 1 to 9999 in UTC") from error


def _true_or_false(value: object) -> object:
    if value not in ("true", "false"):
        raise ValueError("must be true or false")
    return value


Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
Boolean = StrictBool
Moment = Annotated[AwareDatetime, BeforeValidator(_iso_datetime), AfterValidator(_to_utc)]
QueryBoolean = Annotated[bool, BeforeValidator(_true_or_false)]
