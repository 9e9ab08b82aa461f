"""Payloads of versions that follow others: what is asked for, what came of it, and edited trees."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from apiwright.api.deps import Plain
from apiwright.api.examples import GENERATION_ID
from apiwright.api.generations.model_schemas import Budget, ModelName
from apiwright.api.generations.schemas import Mode, Prompt, Verify

Name = Annotated[str, Field(min_length=1, max_length=80), Plain]
Text = Annotated[str, Field(max_length=2_000), Plain]
Loss = Annotated[bool, Field(description="Go on though stored values are thrown away.")]


class ConversionChoice(BaseModel):
    """What stored values become; by default they are kept as they are, and the migration refuses where they do not fit.

    `fill` stands for empty values, `factor` multiplies numbers, `replace` gives values of an enum another one, `unfit` says what
    becomes of values that the new rules do not take.
    """

    model_config = ConfigDict(extra="forbid")
    fill: Text | bool | int | Annotated[float, Field(allow_inf_nan=False)] | None = None
    factor: Annotated[float | None, Field(gt=0, le=1e12, allow_inf_nan=False)] = None
    replace: Annotated[list[tuple[Text, Text]], Field(max_length=100)] = []
    unfit: Literal["refuse", "clear", "truncate"] = "refuse"


class FieldConversion(BaseModel):
    """The conversion of one field, named as it will be."""

    model_config = ConfigDict(extra="forbid")
    entity: Name
    field: Name
    conversion: ConversionChoice


class IterateRequest(BaseModel):
    """What is to change in a generation that is completed; the answer is the next version of its project."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"parent_generation_id": GENERATION_ID, "prompt": "Add comments to todos"}]}
    )
    parent_generation_id: UUID
    prompt: Prompt
    mode: Mode = "auto"
    model: ModelName = None
    budget: Budget | None = None
    verify: Verify | None = None
    review: bool = False
    allow_data_loss: Loss = False
    allow_wider_access: Annotated[bool, Field(description="Go on though more people are let in than the request plainly says.")] = False
    conversions: Annotated[list[FieldConversion], Field(max_length=100)] = []


class RollbackRequest(BaseModel):
    """Which version the project is to be like again. The answer is a new version; nothing of the history is lost."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"version": 1, "allow_data_loss": True}]})
    version: Annotated[int, Field(ge=1, le=1_000_000)]
    verify: Verify | None = None
    review: bool = False
    allow_data_loss: Loss = False
    conversions: Annotated[list[FieldConversion], Field(max_length=100)] = []


class ConversionOffer(BaseModel):
    """What may become of rows that do not fit a field's new rules: members of `ConversionChoice`. `dropped` values are no longer taken."""

    entity: str
    field: str
    ways: list[Literal["truncate", "clear", "fill", "replace"]]
    dropped: list[str]
    values: list[str]


class ChangeRead(BaseModel):
    """One change, as a sentence; what stored values it loses, and what it needs of the rows that are there."""

    kind: str
    sentence: str
    loses: str
    needs: str
    offer: ConversionOffer | None = None


class MigrationRead(BaseModel):
    """The new Alembic revision; what empty columns are filled with, and what it refuses to go on with."""

    path: str
    fills: list[str]
    refuses: list[str]


class RevisedFile(BaseModel):
    """A file that differs from the user's; `edited`: their edits of it were kept."""

    path: str
    status: str
    former: str | None
    added: int
    removed: int
    edited: bool


class ConflictRead(BaseModel):
    """A file that a person must look at. While one `blocks`, the generation waits; `text` has it with both sides marked."""

    path: str
    kind: str
    message: str
    blocks: bool
    text: str | None


_REVISION: dict[str, Any] = {
    "changes": [{"kind": "add_entity", "sentence": "Add the entity Comment.", "loses": "", "needs": ""}],
    "migration": {"path": "migrations/versions/0002_add_comment.py", "fills": [], "refuses": []},
    "files": [], "kept": [], "conflicts": [], "solved": False,
}  # fmt: skip


class RevisionRead(BaseModel):
    """What leads from the parent to this version. `files` and `conflicts` are there once the files are merged."""

    model_config = ConfigDict(json_schema_extra={"examples": [_REVISION]})
    changes: list[ChangeRead]
    migration: MigrationRead | None = None
    files: list[RevisedFile] = []
    kept: list[str] = []
    conflicts: list[ConflictRead] = []
    solved: bool = False


class SolvedFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    path: Annotated[str, Field(min_length=1, max_length=400)]
    text: Annotated[str, Field(max_length=2_000_000), Plain]


class SolveRequest(BaseModel):
    """The files that had conflicts, without them."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"files": [{"path": "app/models/todo.py", "text": "class Todo(Base): ..."}]}]}
    )
    files: Annotated[list[SolvedFile], Field(min_length=1, max_length=500)]


class EditsRead(BaseModel):
    """An edited tree, and what of the version's files differs in it. It is what the next version is made from."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": GENERATION_ID, "generation_id": GENERATION_ID, "file_count": 42, "size": 60123,
                    "changed": ["app/main.py"], "added": [], "removed": [], "created_at": "2026-03-01T12:00:00Z",
                }
            ]
        }
    )  # fmt: skip
    id: UUID
    generation_id: UUID
    file_count: int
    size: int
    changed: list[str]
    added: list[str]
    removed: list[str]
    created_at: datetime
