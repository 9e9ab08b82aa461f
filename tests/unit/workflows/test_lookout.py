"""The engine's worker is woken by a job that waits, by the end, and by nothing else."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from apiwright.workflows import Job
from apiwright.workflows.client import DbosQueue
from apiwright.workflows.lookout import Lookout
from apiwright.workflows.system import migrate


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[DbosQueue]:
    url = f"sqlite:///{tmp_path / 'queue.db'}"
    migrate(url)
    made = DbosQueue(url)
    yield made
    asyncio.run(made.close())


class Sleeper(threading.Thread):
    """Waits as the worker does; `answer` is what it was woken with."""

    def __init__(self, lookout: Lookout, *, pace: float = 1) -> None:
        super().__init__(daemon=True)
        self._lookout, self._pace = lookout, pace
        self.answer: bool | None = None
        self.start()

    def run(self) -> None:
        self.answer = self._lookout.wait(self._pace)


def a_job() -> Job:
    return Job(generation_id=uuid4(), user_id=uuid4())


def test_it_sleeps_until_a_job_waits(queue: DbosQueue) -> None:
    sleeper = Sleeper(Lookout(queue.engine, interval=0.01))
    sleeper.join(1.5)
    assert sleeper.is_alive(), "nothing waits, whatever the engine's own pace is"
    asyncio.run(queue.enqueue(a_job()))
    sleeper.join(5)
    assert sleeper.answer is False


def test_a_job_that_may_not_run_yet_is_looked_at_again_at_the_engines_pace(queue: DbosQueue) -> None:
    asyncio.run(queue.enqueue(a_job()))
    lookout = Lookout(queue.engine, interval=0.01)
    assert lookout.wait(60) is False
    again = Sleeper(lookout, pace=60)
    again.join(0.5)
    assert again.is_alive()
    lookout.set()


def test_a_job_that_was_withdrawn_wakes_nobody(queue: DbosQueue) -> None:
    job = a_job()
    asyncio.run(queue.enqueue(job))
    asyncio.run(queue.withdraw(job))
    sleeper = Sleeper(Lookout(queue.engine, interval=0.01))
    sleeper.join(0.3)
    assert sleeper.is_alive()


def test_the_end_wakes_it_at_once(queue: DbosQueue) -> None:
    lookout = Lookout(queue.engine, interval=60)
    sleeper = Sleeper(lookout)
    lookout.set()
    sleeper.join(5)
    assert sleeper.answer is True


def test_the_worker_itself_finds_out_that_the_database_is_away(tmp_path: Path) -> None:
    queue = DbosQueue(f"sqlite:///{tmp_path / 'empty.db'}")
    assert Lookout(queue.engine, interval=0.01).wait(1) is False
    asyncio.run(queue.close())


def test_its_connection_does_not_come_back_to_those_who_write(queue: DbosQueue) -> None:
    lookout = Lookout(queue.engine, interval=0.01)
    sleeper = Sleeper(lookout)
    sleeper.join(0.3)
    lookout.set()
    sleeper.join(5)
    for _ in range(3):
        with queue.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            assert raw.isolation_level == "IMMEDIATE", "writers take the lock when they begin"
