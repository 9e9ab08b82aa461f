"""Types that payloads are made of: nothing passes that the database could not keep."""

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    EmailStr,
    Field,
    JsonValue,
    StrictInt,
    WithJsonSchema,
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


def _stored_json(value: JsonValue) -> JsonValue:
    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False)
        text.encode()
    except ValueError as error:
        raise ValueError("must not contain NaN, infinities or lone surrogates") from error
    if "\\u0000" in text:
        raise ValueError("must not contain the character NUL")
    return value


def _iso_date(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return value
    raise ValueError("must be a date such as 2025-01-31")


def _iso_datetime(value: object) -> object:
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[Tt ]\d\d:", value, re.ASCII):
        return value
    raise ValueError("must be a moment with its time zone, such as 2025-01-31T12:00:00Z")


def _to_utc(value: dt.datetime) -> dt.datetime:
    try:
        return value.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("must be in the years 1 to 9999 in UTC") from error


def _iso_time(value: object) -> object:
    if isinstance(value, dt.time):  # of a row: no request holds one
        return value
    if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d:\d\d(\.\d{1,6})?", value, re.ASCII):
        return value
    raise ValueError("must be a time of day such as 09:30:00")


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("must be a number")
    return value


def _true_or_false(value: object) -> object:
    if value not in ("true", "false"):
        raise ValueError("must be true or false")
    return value


Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
Email = Annotated[EmailStr, AfterValidator(str.lower)]
Integer = Annotated[StrictInt, Field(ge=-(2**63), le=2**63 - 1)]
Float = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Date = Annotated[dt.date, BeforeValidator(_iso_date)]
Moment = Annotated[AwareDatetime, BeforeValidator(_iso_datetime), AfterValidator(_to_utc)]
TimeOfDay = Annotated[
    dt.time,
    BeforeValidator(_iso_time),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?$"}),
]
Json = Annotated[JsonValue, AfterValidator(_stored_json)]
Secret = Annotated[Text, Field(json_schema_extra={"writeOnly": True})]
Password = Annotated[
    str, Field(min_length=8, max_length=128, repr=False, json_schema_extra={"writeOnly": True})
]
QueryBoolean = Annotated[bool, BeforeValidator(_true_or_false)]
QueryInteger = Annotated[int, Field(ge=-(2**63), le=2**63 - 1)]
QueryFloat = Annotated[float, Field(allow_inf_nan=False)]
