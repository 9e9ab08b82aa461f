"""The service over real HTTP, with the product's own stages, on the embedded default.

    python benchmarks/service_speed.py

Prints the time to accept a generation, the time from accepted to completed on an idle service beside the time of the same stages in
process, generations a second, and memory.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.integration.service.harness import Client, Deployment

from apiwright import pipeline
from apiwright.bootstrap import planner
from apiwright.filetree import staged
from apiwright.pipeline import Event

PROMPT = "Create a todo list CRUD backend with users and tags"


def main() -> None:
    deployment = Deployment(Path(tempfile.mkdtemp(prefix="apiwright-bench-")))
    # The pace of the product, not that of its tests.
    deployment.environment |= {"APIWRIGHT_HEARTBEAT": "1", "APIWRIGHT_DEAD_AFTER": "10", "APIWRIGHT_USER_CONCURRENCY": "64"}
    process = deployment.start(real=True)
    client = Client(process.url)
    try:
        _accepting(client)
        for level in ("none", "standard"):
            _idle(client, level)
        _throughput(client, "none", 40)
        _throughput(client, "standard", 4)
        _memory(process.popen.pid)
    finally:
        deployment.stop()


def _accepting(client: Client) -> None:
    seconds: list[float] = []
    for _ in range(100):
        began = time.perf_counter()
        generation_id = client.generate("!!!", verify="none")["id"]
        seconds.append(time.perf_counter() - began)
        client.ended(generation_id)
    ordered = sorted(seconds)
    print(f"POST /generate, idle service        p50 {_ms(ordered[50])}   p99 {_ms(ordered[98])}")


def _idle(client: Client, level: str) -> None:
    """Both in turns: what else the machine does weighs on both alike. The first of each is not counted, it warms up."""
    core, whole = zip(
        *[(_in_process(level), _through_the_service(client, level)) for _ in range(16 if level == "none" else 8)], strict=True
    )
    inside, outside = statistics.median(core[1:]), statistics.median(whole[1:])
    print(f"accepted to completed, {level:<9}     {_ms(outside)}   the stages alone {_ms(inside)}   on top {_ms(outside - inside)}")


def _through_the_service(client: Client, level: str) -> float:
    began = time.perf_counter()
    generation_id = client.generate(PROMPT, verify=level)["id"]
    last = list(client.stream(generation_id))[-1]
    assert last["status"] == "completed", last
    return time.perf_counter() - began


def _in_process(level: str) -> float:
    def ignore(_event: Event) -> None: ...

    began = time.perf_counter()
    blueprint = pipeline.plan(PROMPT, planner=planner("embedded"), emit=ignore)
    tree = pipeline.code(blueprint, emit=ignore)
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        if level == "standard":
            with staged(tree, Path(directory, "project")) as staging:
                pipeline.review(staging.path, level="standard", emit=ignore)
    return time.perf_counter() - began


def _throughput(client: Client, level: str, count: int) -> None:
    began = time.perf_counter()
    ids = [client.generate(PROMPT, verify=level)["id"] for _ in range(count)]
    for generation_id in ids:
        client.completed(generation_id, seconds=300)
    print(f"generations a second, {level:<9}      {count / (time.perf_counter() - began):.2f}   ({count}, two at once)")


def _memory(pid: int) -> None:
    process = psutil.Process(pid)
    children: Sequence[psutil.Process] = [child for child in process.children(recursive=True) if child.is_running()]
    stages = [child.memory_info().rss for child in children]
    print(f"memory: service {process.memory_info().rss / 1e6:.0f} MB, {len(stages)} processes below it {sum(stages) / 1e6:.0f} MB")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:7.1f} ms"


if __name__ == "__main__":
    main()
