"""The service's objects, made from its settings."""

import contextlib
import os
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import anyio.to_thread
from obstore.store import LocalStore, S3Store

from apiwright.bootstrap.offers import Models
from apiwright.config import Settings
from apiwright.store import Artifacts, Changes, Database, ModelKeys, Seals, changes_of, schema
from apiwright.store.artifacts import Store
from apiwright.workflows import Queue
from apiwright.workflows.client import DbosQueue
from apiwright.workflows.engine import DbosEngine, Limits
from apiwright.workflows.stage_pool import StagePool
from apiwright.workflows.steps import Steps
from apiwright.workflows.system import migrate
from apiwright.workflows.worker import Pace, Worker, new_worker_id

STAGES = "apiwright.bootstrap.stages:stages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One process of the service. `worker` is None where it only answers requests.

    Attributes:
        secret: Signs access tokens.
        models: The language models that there are.
        seals: Seals users' own keys; None where none are taken, for want of a secret.
    """

    settings: Settings
    secret: str
    database: Database
    artifacts: Artifacts
    queue: Queue
    changes: Changes
    worker: Worker | None
    models: Models
    seals: Seals | None

    async def start(self) -> None:
        """Make sure that the databases are as this program needs them, and begin to work.

        Raises:
            DatabaseStateError: They are not, and it is not ours to change that.
        """
        if self.settings.database_url is None:
            await upgrade(self.settings, self.database)
        await schema.require_current(self.database)
        if self.seals is not None:
            async with self.database.write() as session:
                await ModelKeys(session).renew(self.seals)
        if self.worker is not None:
            await self.worker.start()

    async def drain(self) -> None:
        """Take no more work, and finish within the grace period what can be finished."""
        if self.worker is not None:
            await self.worker.drain(grace=self.settings.grace)

    async def close(self) -> None:
        """Leave the rest to others, and let go of everything, whatever fails on the way."""
        async with contextlib.AsyncExitStack() as last_first:
            last_first.push_async_callback(self.database.close)
            last_first.push_async_callback(self.queue.close)
            if self.worker is not None:
                last_first.push_async_callback(self.worker.stop)


def service(settings: Settings, *, stages_factory: str = STAGES) -> Service:
    """The objects of one process. Nothing is connected yet.

    Args:
        settings: How it is to run.
        stages_factory: `module:name` of what makes the stages, in a process of their own.
    """
    database = Database(database_url(settings), pool_size=settings.database_pool)
    artifacts = Artifacts(_storage(settings))
    seals = _seals(settings)
    models = Models(settings, database, seals)
    worker = _worker(settings, database, artifacts, models, stages_factory) if settings.role != "api" else None
    return Service(
        settings=settings,
        secret=settings.secret_key.get_secret_value() if settings.secret_key is not None else _kept_secret(settings, "secret"),
        database=database,
        artifacts=artifacts,
        queue=worker.engine if worker is not None else DbosQueue(engine_url(settings)),
        changes=changes_of(database),
        worker=worker,
        models=models,
        seals=seals,
    )


async def upgrade(settings: Settings, database: Database, revision: str = "head") -> None:
    """Bring our tables and those of the engine to the state that this program needs."""
    await schema.upgrade(database, revision)
    await anyio.to_thread.run_sync(migrate, engine_url(settings))


def database_url(settings: Settings) -> str:
    """Where our tables are."""
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return f"sqlite:///{(settings.data_dir / 'apiwright.db').absolute()}"


def engine_url(settings: Settings) -> str:
    """Where the engine's tables are: in the same PostgreSQL database, or in a SQLite file beside ours; neither waits for the other."""
    url = database_url(settings)
    return url.removesuffix(".db") + "-queue.db" if url.startswith("sqlite") else url


def _worker(settings: Settings, database: Database, artifacts: Artifacts, models: Models, stages_factory: str) -> Worker:
    worker_id = new_worker_id()
    pool = StagePool(stages_factory)
    steps = Steps(
        database=database, artifacts=artifacts, stages=pool, models=models,
        lifetime=timedelta(seconds=settings.generation_timeout), attempts=settings.attempts,
    )  # fmt: skip
    limits = Limits(everywhere=settings.concurrency, worker=settings.worker_concurrency, user=settings.user_concurrency)
    pace = Pace(
        heartbeat=timedelta(seconds=settings.heartbeat),
        dead_after=timedelta(seconds=settings.dead_after),
        retention=timedelta(days=settings.retention_days) if settings.retention_days else None,
    )
    engine = DbosEngine(engine_url(settings), worker_id=worker_id, steps=steps, limits=limits)
    return Worker(worker_id=worker_id, database=database, artifacts=artifacts, engine=engine, stages=pool, pace=pace)


def _storage(settings: Settings) -> Store:
    url = settings.storage_url or str(settings.data_dir / "storage")
    if not url.startswith("s3://"):
        directory = Path(url.removeprefix("file://")).absolute()
        directory.mkdir(parents=True, exist_ok=True)
        return LocalStore(directory, automatic_cleanup=True)
    parts = urlsplit(url)
    options: dict[str, Any] = {"region": settings.s3_region}
    if settings.s3_endpoint is not None:
        options |= {"endpoint": settings.s3_endpoint, "virtual_hosted_style_request": False}
    if settings.s3_access_key is not None and settings.s3_secret_key is not None:
        options["access_key_id"] = settings.s3_access_key.get_secret_value()
        options["secret_access_key"] = settings.s3_secret_key.get_secret_value()
    plain = (settings.s3_endpoint or "").startswith("http://")
    return S3Store(parts.netloc, prefix=parts.path.strip("/") or None, client_options={"allow_http": plain}, **options)


def _seals(settings: Settings) -> Seals | None:
    if settings.keys_secret:
        return Seals([secret.get_secret_value() for secret in settings.keys_secret])
    # A secret of one's own is for one machine; where there may be several, each would seal for itself.
    return Seals([_kept_secret(settings, "keys-secret")]) if settings.database_url is None else None


def _kept_secret(settings: Settings, name: str) -> str:
    path = settings.data_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Made whole under another name first: of two processes that start together both read the one that came first.
        made = path.with_name(f".{name}-{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(made)
        made.unlink()
    return path.read_text()
