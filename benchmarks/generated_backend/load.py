"""A load generator that costs little: keep-alive connections over bare asyncio protocols, one request in flight on each.

Run as a script with a job as JSON on stdin, in the environment of the servers (for uvloop); prints the outcome as JSON. It imports
nothing of this repository, so that it starts with any interpreter.

Job: {"host", "port", "connections", "seconds" or "requests", "requests_bytes": [text of each request, sent in turn]}
Outcome: {"rps", "p50_ms", "p99_ms", "requests", "statuses": {"200": n}, "last_body": text}
"""

import asyncio
import json
import sys
import time
from collections import Counter
from typing import Any, cast

try:
    from uvloop import run
except ImportError:
    from asyncio import run


class Connection(asyncio.Protocol):
    """Sends the next request as soon as the answer to the last one is complete."""

    def __init__(self, shared: "Shared") -> None:
        self.shared = shared
        self.received = b""
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's own class is none
        self.send()

    def send(self) -> None:
        request = self.shared.next_request()
        if request is None:
            self.transport.close()
            return
        self.sent_at = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.received += data
        head_end = self.received.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = self.received[:head_end].lower()
        length_at = head.find(b"content-length:")
        if length_at < 0:
            raise RuntimeError(f"an answer without a length: {head!r}")
        length = int(head[length_at + 15 :].split(b"\r\n", 1)[0])
        if len(self.received) < head_end + 4 + length:
            return
        body, self.received = self.received[head_end + 4 :], b""
        self.shared.answered(self.sent_at, head[9:12], body)
        self.send()

    def connection_lost(self, exc: Exception | None) -> None:
        self.shared.closed(exc)


class Shared:
    """What all connections of a job have in common: its requests, its end and its measurements."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.requests = [text.encode() for text in job["requests_bytes"]]
        self.left = job.get("requests")
        self.deadline = time.perf_counter() + job["seconds"] if "seconds" in job else float("inf")
        self.open = job["connections"]
        self.done = asyncio.get_running_loop().create_future()
        self.latencies: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.last_body = b""
        self.turn = 0

    def next_request(self) -> bytes | None:
        if time.perf_counter() >= self.deadline or (self.left is not None and self.turn >= self.left):
            return None
        self.turn += 1
        return self.requests[self.turn % len(self.requests)]

    def answered(self, sent_at: float, status: bytes, body: bytes) -> None:
        self.latencies.append(time.perf_counter() - sent_at)
        self.statuses[status.decode()] += 1
        self.last_body = body

    def closed(self, error: Exception | None) -> None:
        self.open -= 1
        if error is not None and not self.done.done():
            self.done.set_exception(error)
        elif self.open == 0 and not self.done.done():
            self.done.set_result(None)


async def main() -> None:
    """Do the job on stdin."""
    job = json.load(sys.stdin)
    loop, shared = asyncio.get_running_loop(), Shared(job)
    started = time.perf_counter()
    for _ in range(job["connections"]):
        await loop.create_connection(lambda: Connection(shared), job["host"], job["port"])
    await shared.done
    seconds = time.perf_counter() - started
    ordered = sorted(shared.latencies)
    outcome = {
        "rps": len(ordered) / seconds,
        "p50_ms": 1000 * ordered[len(ordered) // 2],
        "p99_ms": 1000 * ordered[int(len(ordered) * 0.99)],
        "requests": len(ordered),
        "statuses": dict(shared.statuses),
        "last_body": shared.last_body.decode(),
    }
    print(json.dumps(outcome))


if __name__ == "__main__":
    run(main())
