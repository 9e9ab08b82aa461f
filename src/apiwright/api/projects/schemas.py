"""Payloads of projects and their versions."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from apiwright.api.deps import Plain
from apiwright.api.examples import PROJECT

Name = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True), Plain]
Description = Annotated[str, StringConstraints(max_length=2_000), Plain]


class ProjectCreate(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "Todo List", "description": "My first one"}]})
    name: Name
    description: Description = ""


class ProjectChange(BaseModel):
    """What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "Todos"}]})
    name: Name | None = None
    description: Description | None = None


class ProjectRead(BaseModel):
    """`active_generation_id` is the generation whose version is active."""

    model_config = ConfigDict(json_schema_extra={"examples": [PROJECT]})
    id: UUID
    name: str
    description: str
    auto_created: bool
    active_generation_id: UUID | None
    created_at: datetime
    updated_at: datetime


class ProjectPage(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [PROJECT], "total": 1, "limit": 20, "offset": 0}]})
    items: list[ProjectRead]
    total: int
    limit: int
    offset: int


class FileChange(BaseModel):
    """How one file differs; `diff` is a unified diff."""

    path: str
    change: Literal["added", "removed", "changed"]
    diff: str


class Comparison(BaseModel):
    """Files that differ between two versions, in the order of their paths."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "from_version": 1, "to_version": 2, "unchanged": 41,
                    "files": [{"path": "app/main.py", "change": "changed", "diff": "--- v1/app/main.py\n+++ v2/app/main.py\n"}],
                }
            ]
        }
    )  # fmt: skip
    from_version: int
    to_version: int
    files: list[FileChange]
    unchanged: Annotated[int, Field(ge=0)]
