"""The tables. Times are aware UTC, keys are time-ordered UUIDs, and what must be unique is so in the database."""

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, deferred, mapped_column

from apiwright.kit.clock import now
from apiwright.kit.ids import new_id


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone, so it is put back on reading; a naive moment is refused on writing."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and dialect.name == "sqlite" else value


class Base(DeclarativeBase):
    """Constraint names are fixed, so that migrations can name them on every database."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        UUID: sa.Uuid,
        dict[str, Any]: sa.JSON(none_as_null=True),
        list[Any]: sa.JSON(none_as_null=True),
    }


def _owner(target: str, *, primary_key: bool = False, index: bool = False) -> Any:
    return mapped_column(sa.ForeignKey(f"{target}.id", ondelete="CASCADE"), primary_key=primary_key, index=index)


class User(Base):
    """An account. `email` is kept in lower case."""

    __tablename__ = "users"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(sa.String(320), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120), default="")
    password_hash: Mapped[str] = mapped_column(sa.String(255))
    created_at: Mapped[datetime] = mapped_column(default=now)


class RefreshToken(Base):
    """One use of a login. Tokens that were rotated from each other share a `family`; one used twice ends the family."""

    __tablename__ = "refresh_tokens"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = _owner("users", index=True)
    family: Mapped[UUID] = mapped_column(index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class ApiKey(Base):
    """A credential of a program: `prefix` tells keys apart, the key itself is known by its hash alone."""

    __tablename__ = "api_keys"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = _owner("users", index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    prefix: Mapped[str] = mapped_column(sa.String(16))
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    scopes: Mapped[list[Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class ModelKey(Base):
    """A user's own key of a language model's vendor; see `Seals`."""

    __tablename__ = "model_keys"
    user_id: Mapped[UUID] = _owner("users", primary_key=True)
    vendor: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    sealed: Mapped[str] = mapped_column(sa.Text)
    stored_at: Mapped[datetime] = mapped_column(default=now)


class Project(Base):
    """What a user builds over time.

    Attributes:
        terms: Words that tell what it is about, for finding similar ones.
        last_version: The highest version number that was given away.
        active_id: The generation whose version is active.
    """

    __tablename__ = "projects"
    __table_args__ = (sa.Index("ix_projects_user_id_created_at", "user_id", "created_at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = _owner("users")
    name: Mapped[str] = mapped_column(sa.String(120))
    description: Mapped[str] = mapped_column(sa.String(2000), default="")
    auto_created: Mapped[bool] = mapped_column(default=False)
    terms: Mapped[list[Any]] = mapped_column(default=list)
    last_version: Mapped[int] = mapped_column(default=0)
    active_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)


class Generation(Base):
    """One run of the pipeline.

    Attributes:
        parent_id: The generation it goes on from.
        kind: `new`, `revise` or `rollback`.
        options: What else was asked for: `model`, `budget`, `allow_wider_access`, `allow_data_loss`, `conversions`, `to_version`.
        upload_id: The edited tree that stands for the parent's files.
        number: Version number that was set apart for it when publishing began.
        last_seq: Sequence number of its newest event.
        part: How many times it was handed to the queue; names the queued job.
        approved_at: When its user approved the blueprint, where `review` was asked for.
        worker_id: The worker that may write; together with `attempts` the fence against one that was given up.
        deadline_at: When it is stopped as too slow; set when the work begins.
        usage: What a language model has used for it, in all attempts together.
        revision: What leads from its parent to it: changes, migration, merge, conflicts.
    """

    __tablename__ = "generations"
    __table_args__ = (
        sa.Index("ix_generations_user_id_created_at", "user_id", "created_at"),
        sa.Index("ix_generations_project_id_created_at", "project_id", "created_at"),
        sa.Index("ix_generations_status_worker_id", "status", "worker_id"),
        sa.UniqueConstraint("project_id", "number"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    project_id: Mapped[UUID] = _owner("projects")
    user_id: Mapped[UUID] = _owner("users")
    parent_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(sa.String(16), default="new", server_default="new")
    options: Mapped[dict[str, Any] | None]
    upload_id: Mapped[UUID | None]
    prompt: Mapped[str] = mapped_column(sa.Text)
    mode: Mapped[str] = mapped_column(sa.String(16))
    database: Mapped[str | None] = mapped_column(sa.String(16))
    verify: Mapped[str] = mapped_column(sa.String(16))
    review: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[int] = mapped_column(default=10)
    status: Mapped[str] = mapped_column(sa.String(24), default="pending")
    stage: Mapped[str] = mapped_column(sa.String(16), default="queued")
    progress: Mapped[float] = mapped_column(default=0.0)
    message: Mapped[str] = mapped_column(sa.Text, default="")
    error: Mapped[dict[str, Any] | None]
    number: Mapped[int | None]
    last_seq: Mapped[int] = mapped_column(default=0)
    part: Mapped[int] = mapped_column(default=1)
    worker_id: Mapped[str | None] = mapped_column(sa.String(64))
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    cancel_requested_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    usage: Mapped[dict[str, Any] | None]
    blueprint: Mapped[dict[str, Any] | None] = deferred(mapped_column(sa.JSON(none_as_null=True)))
    report: Mapped[dict[str, Any] | None] = deferred(mapped_column(sa.JSON(none_as_null=True)))
    revision: Mapped[dict[str, Any] | None] = deferred(mapped_column(sa.JSON(none_as_null=True)))


class EventRow(Base):
    """One event of a generation. `key` names the step it tells of: a step that is run again after a crash tells it once."""

    __tablename__ = "events"
    __table_args__ = (sa.UniqueConstraint("generation_id", "key"),)
    generation_id: Mapped[UUID] = _owner("generations", primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(sa.String(200))
    status: Mapped[str] = mapped_column(sa.String(24))
    stage: Mapped[str] = mapped_column(sa.String(16))
    phase: Mapped[str] = mapped_column(sa.String(120))
    message: Mapped[str] = mapped_column(sa.Text)
    progress: Mapped[float]
    files: Mapped[list[Any]]
    payload: Mapped[dict[str, Any]] = mapped_column("data", sa.JSON)
    timestamp: Mapped[datetime]


class Version(Base):
    """A published generation. `files` is its manifest: path, size in bytes and SHA-256 of each file."""

    __tablename__ = "versions"
    __table_args__ = (sa.UniqueConstraint("project_id", "number"),)
    generation_id: Mapped[UUID] = _owner("generations", primary_key=True)
    project_id: Mapped[UUID] = _owner("projects")
    number: Mapped[int]
    prefix: Mapped[str] = mapped_column(sa.String(255))
    blueprint_hash: Mapped[str] = mapped_column(sa.String(64))
    generator_version: Mapped[str] = mapped_column(sa.String(32))
    files: Mapped[list[Any]] = deferred(mapped_column(sa.JSON))
    file_count: Mapped[int]
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Upload(Base):
    """A version's files as a user edited them. Of several the newest counts."""

    __tablename__ = "uploads"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    generation_id: Mapped[UUID] = _owner("generations", index=True)
    file_count: Mapped[int]
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)


class IdempotencyKey(Base):
    """The generation that a request with this key made."""

    __tablename__ = "idempotency_keys"
    user_id: Mapped[UUID] = _owner("users", primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(255), primary_key=True)
    request_hash: Mapped[str] = mapped_column(sa.String(64))
    generation_id: Mapped[UUID] = _owner("generations")
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


class StreamToken(Base):
    """Leave to open the stream of one generation, for one user and a short time."""

    __tablename__ = "stream_tokens"
    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    user_id: Mapped[UUID] = _owner("users")
    generation_id: Mapped[UUID] = _owner("generations")
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Worker(Base):
    """A process that works. One that was silent for too long loses its row, and with it the right to write."""

    __tablename__ = "workers"
    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    version: Mapped[str] = mapped_column(sa.String(32))
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)


class Counter(Base):
    """How often something happened within a window that ends at `expires_at` (seconds since 1970)."""

    __tablename__ = "counters"
    key: Mapped[str] = mapped_column(sa.String(255), primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[float] = mapped_column(index=True)


class Deletion(Base):
    """Files that are to go because their rows have gone."""

    __tablename__ = "deletions"
    prefix: Mapped[str] = mapped_column(sa.String(255), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
