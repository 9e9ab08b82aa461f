"""What all endpoints of one application share."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, ClassVar

import structlog

from apiwright.api.limiting import RequestLimits
from apiwright.api.metrics import Metrics
from apiwright.api.security import AccessTokens, Passwords
from apiwright.api.tails import Tails
from apiwright.bootstrap.service import Service
from apiwright.store import StorageError
from apiwright.workflows import Job


@dataclass(frozen=True, kw_only=True)
class Context:
    """The service, and what only answering requests needs."""

    service: Service
    limits: RequestLimits
    tokens: AccessTokens
    passwords: Passwords
    metrics: Metrics
    tails: Tails
    log: ClassVar[Any] = structlog.get_logger("apiwright.api")

    async def counted(self, stream: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
        """The same stream, counted in the metrics while it is open."""
        self.metrics.streams.inc()
        try:
            async for chunk in stream:
                yield chunk
        finally:
            self.metrics.streams.dec()
            await stream.aclose()

    async def withdraw(self, job: Job) -> None:
        """Take a job out of the queue. Where that fails, its worker finds out that there is nothing to do."""
        try:
            await self.service.queue.withdraw(job)
        except Exception:
            self.log.exception("not withdrawn", generation_id=str(job.generation_id))

    async def remove_files(self, prefix: str) -> None:
        """Remove files whose rows are gone. What fails stays listed, and workers go on trying until it is done."""
        try:
            await self.service.artifacts.remove(prefix, tries=3)
        except StorageError:
            self.log.exception("files not removed yet", prefix=prefix)
