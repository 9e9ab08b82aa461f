"""What Prometheus reads. A registry per application, so that two in one process do not share numbers."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from apiwright.store import Database, Upkeep

STATUSES = ("pending", "processing", "awaiting_approval", "completed", "failed", "cancelled")


class Metrics:
    """Counters that requests raise, and numbers that are looked up when they are asked for."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.requests = Counter("apiwright_requests_total", "Requests answered.", ["method", "route", "status"], registry=self.registry)
        self.seconds = Histogram("apiwright_request_seconds", "Time to answer.", ["method", "route"], registry=self.registry)
        self.streams = Gauge("apiwright_streams", "Streams open in this process.", registry=self.registry)
        self.accepted = Counter("apiwright_generations_accepted_total", "Generations accepted.", registry=self.registry)
        self._generations = Gauge("apiwright_generations", "Generations by status.", ["status"], registry=self.registry)
        self._workers = Gauge("apiwright_workers", "Workers alive.", registry=self.registry)

    async def read(self, database: Database) -> bytes:
        """All of it, in Prometheus's text format."""
        async with database.read() as session:
            counts = await Upkeep(session).by_status()
            self._workers.set(len(await Upkeep(session).alive()))
        for status in STATUSES:
            self._generations.labels(status).set(counts.get(status, 0))
        return generate_latest(self.registry)
