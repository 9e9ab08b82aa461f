"""Payloads of accounts, logins and keys."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from apiwright.api.deps import Plain
from apiwright.api.security import Scope

Password = Annotated[SecretStr, Field(min_length=8, max_length=256)]
# Whether an address exists is found out by writing to it; here it only has to be one line of ASCII around an @.
Email = Annotated[str, StringConstraints(max_length=320, pattern=r"^[!-?A-~]+@[!-?A-~]+$")]
_EXAMPLE_ID = "0193f2b0-8a6e-7c44-9d6b-5f3a2c1e0d9f"
_EXAMPLE_TIME = "2026-03-01T12:00:00Z"


class Registration(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"email": "ada@example.com", "password": "correct horse battery", "name": "Ada"}]}
    )
    email: Email
    password: Password
    name: Annotated[str, StringConstraints(max_length=120), Plain] = ""


class Login(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"email": "ada@example.com", "password": "correct horse battery"}]}
    )
    email: Annotated[str, StringConstraints(min_length=1, max_length=320), Plain]
    password: Annotated[SecretStr, Field(min_length=1, max_length=256)]


class Refresh(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"refresh_token": "q83jV0r..."}]})
    refresh_token: Annotated[str, StringConstraints(min_length=1, max_length=256), Plain]


class UserRead(BaseModel):
    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={"examples": [{"id": _EXAMPLE_ID, "email": "ada@example.com", "name": "Ada", "created_at": _EXAMPLE_TIME}]},
    )
    id: UUID
    email: str
    name: str
    created_at: datetime


class Tokens(BaseModel):
    """`expires_in` is the life of the access token in seconds. A refresh token works once and answers with the next one."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"access_token": "eyJhbGciOi...", "refresh_token": "q83jV0r...", "token_type": "bearer", "expires_in": 900}]
        }
    )
    access_token: str
    refresh_token: str
    token_type: str = "bearer"  # noqa: S105 - the name of a scheme
    expires_in: int


class KeyCreate(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "CI", "scopes": ["generations:read", "generations:write"]}]}
    )
    name: Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True), Plain]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=20)]
    days: Annotated[int | None, Field(ge=1, le=3650, description="Life in days; without end when left out.")] = None


class KeyRead(BaseModel):
    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": _EXAMPLE_ID, "name": "CI", "prefix": "apw_Zk3v9QpL", "scopes": ["generations:read"],
                    "created_at": _EXAMPLE_TIME, "expires_at": None,
                }
            ]
        },
    )  # fmt: skip
    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None


class KeyCreated(KeyRead):
    """`key` is told this once."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": _EXAMPLE_ID, "name": "CI", "prefix": "apw_Zk3v9QpL", "scopes": ["generations:read"],
                    "created_at": _EXAMPLE_TIME, "expires_at": None, "key": "apw_Zk3v9QpL...",
                }
            ]
        },
    )  # fmt: skip
    key: str
