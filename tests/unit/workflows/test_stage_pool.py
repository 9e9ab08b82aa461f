"""What a stage process says while nobody listens is handed on together, and nothing of it is lost."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from apiwright.workflows.stage_pool import StagePool
from apiwright.workflows.stages import StageRequest

FACTORY = "tests.fakes.stages:stages"
MANY = 3000


async def told(request: StageRequest, *, slowly: float) -> tuple[list[list[str]], Any]:
    """The phases of each batch of events, and the result."""
    batches: list[list[str]] = []

    async def listen(events: Sequence[Mapping[str, Any]]) -> None:
        batches.append([event["phase"] for event in events])
        await asyncio.sleep(slowly)

    pool = StagePool(FACTORY)
    try:
        return batches, await pool.run(request, listen)
    finally:
        await pool.close()


def test_events_that_came_meanwhile_come_together_and_in_order() -> None:
    plain = {
        "name": "notes",
        "title": "Notes",
        "entities": [{"name": "Note", "fields": [{"name": "title"}]}],
        "prompt": f"Notes [files={MANY}]",
    }
    batches, files = asyncio.run(told({"stage": "code", "blueprint": plain}, slowly=0.3))
    assert [phase for batch in batches for phase in batch] == ["core", "entity:Note", "support", "main"]
    assert len(batches) < 4
    assert len(files) > MANY, "an answer of many chunks is whole"
