"""Payloads of language models and of users' keys for them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from apiwright.api.examples import CAPS, MODEL
from apiwright.planner.choice import Vendor


def _one_word(key: SecretStr) -> SecretStr:
    if not all("!" <= character <= "~" for character in key.get_secret_value()):
        raise ValueError("a key has no blanks, and nothing but ASCII")
    return key


class ModelRead(BaseModel):
    """A model that may be asked for. `key` tells whose it is asked with; `reason` why it is not `usable`."""

    name: str
    vendor: Vendor
    model: str
    key: Literal["own", "service"] | None
    usable: bool
    reason: str


class Caps(BaseModel):
    """The most that one generation may use; `dollars` only where the price is known, and without a cap when null."""

    requests: int
    tokens: int
    seconds: float
    dollars: float | None


class ModelsRead(BaseModel):
    """`default` is asked where a request names none; null when none is configured. `own_keys`: users may store their own."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"default": MODEL["name"], "own_keys": True, "models": [MODEL], "budget": CAPS}]}
    )
    default: str | None
    own_keys: bool
    models: list[ModelRead]
    budget: Caps


class ModelKeyWrite(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"key": "AIza-example-key"}]})
    key: Annotated[SecretStr, Field(min_length=8, max_length=1_000), AfterValidator(_one_word)]


class ModelKeyRead(BaseModel):
    """That there is a key. It is never told again."""

    model_config = ConfigDict(
        from_attributes=True, json_schema_extra={"examples": [{"vendor": "google", "stored_at": "2026-03-01T12:00:00Z"}]}
    )
    vendor: Vendor
    stored_at: datetime
