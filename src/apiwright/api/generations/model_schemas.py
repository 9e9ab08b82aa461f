"""Payloads of what a generation may ask of a language model, and of what that has used."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from apiwright.api.examples import CAPS

ModelName = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="The language model, one of `GET /api/models`; the default one when left out.",
    ),
]


class Budget(BaseModel):
    """The most that a generation may use of a language model, where that is to be less than what the service allows."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [CAPS]})
    requests: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
    tokens: Annotated[int | None, Field(ge=1, le=1_000_000_000)] = None
    seconds: Annotated[float | None, Field(gt=0, le=1_000_000, allow_inf_nan=False)] = None
    dollars: Annotated[float | None, Field(gt=0, le=1_000_000, allow_inf_nan=False)] = None


class Spent(BaseModel):
    """`dollars` is null where no price is known; requests without one are not in it."""

    requests: int
    input_tokens: int
    output_tokens: int
    dollars: float | None
    unpriced_requests: int
    seconds: float


class UsageRead(Spent):
    """What a language model has used for a generation, in all and for each stage of its part."""

    model: str
    stages: dict[str, Spent]
