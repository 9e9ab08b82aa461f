"""Payloads of generations, their events and their files."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from apiwright.api.examples import EVENT, GENERATION, GENERATION_ID, PROJECT_BRIEF, VERSION_FILE
from apiwright.api.generations.model_schemas import Budget, ModelName, UsageRead
from apiwright.store import EventRow

Mode = Literal["classic", "enhanced", "auto"]
Verify = Literal["none", "quick", "standard", "deep"]
DatabaseKind = Literal["sqlite", "postgresql"]
Kind = Literal["new", "revise", "rollback"]
Status = Literal["pending", "processing", "awaiting_approval", "completed", "failed", "cancelled"]


def _says_something(prompt: str) -> str:
    if not prompt.strip():
        raise ValueError("the prompt is empty")
    if "\x00" in prompt:
        raise ValueError("NUL cannot be part of a text")
    return prompt


Prompt = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200_000),
    AfterValidator(_says_something),
    Field(description="The backend, in plain words. The service may allow fewer characters than this."),
]


class GenerateRequest(BaseModel):
    """What is to be built. What is left out is decided by the service."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"prompt": "Create a todo list CRUD backend with users and tags"}]}
    )
    prompt: Prompt
    project_id: UUID | None = None
    mode: Mode = "auto"
    model: ModelName = None
    budget: Budget | None = None
    database: DatabaseKind | None = None
    verify: Verify | None = None
    review: Annotated[bool, Field(description="Stop after the plan until it is approved.")] = False


class GenerationError(BaseModel):
    """Why a generation failed. `diagnostics` say what its user can mend."""

    model_config = ConfigDict(extra="allow")
    code: str
    message: str


class GenerationRead(BaseModel):
    """One run of the pipeline. `version` is the number of the version that it published; `kind` tells what was asked for.

    `model` is the language model that it asks, if any, and `usage` what that has used so far.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [GENERATION]})
    id: UUID
    project_id: UUID
    parent_generation_id: UUID | None
    kind: Kind
    prompt: str
    mode: Mode
    model: str | None
    database: DatabaseKind | None
    verify: Verify
    review: bool
    status: Status
    stage: str
    progress: float
    message: str
    error: GenerationError | None
    usage: UsageRead | None
    version: int | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ProjectBrief(BaseModel):
    """The project that a generation belongs to. `auto_created`: made for it, named from its prompt."""

    model_config = ConfigDict(json_schema_extra={"examples": [PROJECT_BRIEF]})
    id: UUID
    name: str
    auto_created: bool


class SimilarProject(BaseModel):
    """One of the user's projects that the prompt resembles; send its id as `project_id` to go on with it."""

    id: UUID
    name: str
    score: Annotated[float, Field(ge=0, le=1)]


class GenerationAccepted(GenerationRead):
    """The generation as it was accepted."""

    model_config = ConfigDict(json_schema_extra={"examples": [GENERATION | {"project": PROJECT_BRIEF, "similar_projects": []}]})
    project: ProjectBrief
    similar_projects: list[SimilarProject]


class GenerationPage(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [GENERATION], "total": 1, "limit": 20, "offset": 0}]})
    items: list[GenerationRead]
    total: int
    limit: int
    offset: int


class EventRead(BaseModel):
    """One step. `seq` rises by one without a gap, `progress` never falls."""

    model_config = ConfigDict(json_schema_extra={"examples": [EVENT]})
    seq: int
    generation_id: UUID
    status: Status
    stage: str
    phase: str
    message: str
    progress: float
    files: list[str]
    data: dict[str, Any]
    timestamp: Annotated[str, Field(description="ISO 8601, UTC, with offset.", json_schema_extra={"format": "date-time"})]


class StreamTokenRead(BaseModel):
    """`sse_token` opens the stream within `expires_in` seconds; `stream_url` has it in it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"sse_token": "vX2...", "expires_in": 60, "stream_url": f"/api/generations/{GENERATION_ID}/stream?token=vX2..."}]
        }
    )
    sse_token: str
    expires_in: int
    stream_url: str


class FileEntry(BaseModel):
    """Size in bytes, SHA-256 in hex."""

    path: str
    size: int
    sha256: str


class FileTreeRead(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"generation_id": GENERATION_ID, "version": 1, "files": [VERSION_FILE], "count": 1, "size": 412}]}
    )
    generation_id: UUID
    version: int
    files: list[FileEntry]
    count: int
    size: int


class SearchHit(BaseModel):
    path: str
    line: int
    text: str


class SearchResult(BaseModel):
    """Lines that contain the words searched for, whatever their case; `truncated` when there are more than are shown."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"query": "todo", "hits": [{"path": "app/models/todo.py", "line": 9, "text": "class Todo(Base):"}], "truncated": False}
            ]
        }
    )
    query: str
    hits: list[SearchHit]
    truncated: bool


class ReportRead(BaseModel):
    """The verification: every check with its result; and what a language model has used for what is verified."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {"ok": True, "level": "standard", "seconds": 2.1, "isolation": "bubblewrap", "checks": [], "notes": [], "usage": None}
            ]
        },
    )
    ok: bool
    level: str
    seconds: float
    checks: list[dict[str, Any]]
    usage: UsageRead | None


def event_document(event: EventRow) -> dict[str, Any]:
    """An event as it is sent."""
    return {
        "seq": event.seq, "generation_id": str(event.generation_id), "status": event.status, "stage": event.stage, "phase": event.phase,
        "message": event.message, "progress": event.progress, "files": event.files, "data": event.payload,
        "timestamp": event.timestamp.isoformat(),
    }  # fmt: skip
