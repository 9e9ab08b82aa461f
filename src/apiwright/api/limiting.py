"""Limits on how often somebody may ask, counted in the database that all processes share."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.strategies import FixedWindowRateLimiter

from apiwright.api.problems import too_many
from apiwright.store import CounterStorage, Database


class RequestLimits:
    """Raises a 429 problem, with `Retry-After`, when a limit is passed."""

    def __init__(self, database: Database) -> None:
        self._limiter = FixedWindowRateLimiter(CounterStorage(database))

    async def count(self, what: str, per_minute: int, *whose: object) -> None:
        """Count one `what` of `whose`."""
        item = RateLimitItemPerMinute(per_minute, namespace=what)
        identifiers = [str(part) for part in whose]
        if not await self._limiter.hit(item, *identifiers):
            reset = (await self._limiter.get_window_stats(item, *identifiers)).reset_time
            raise too_many(max(1, math.ceil(reset - time.time())), what)
