"""What the engine's queue worker sleeps on: it is woken when a job waits, instead of ten times a second in case one does."""

import threading

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from apiwright.workflows.client import QUEUE
from apiwright.workflows.system import SCHEMA


class Lookout(threading.Event):
    """Ends the worker when it is set, as the engine expects of it.

    A look of the worker itself takes several queries, each put together anew: 4 ms of a processor that the checks of a generation
    need. The look of this class takes 0.1 ms, and can be had more often.
    """

    def __init__(self, engine: sa.Engine, *, interval: float) -> None:
        super().__init__()
        self._engine = engine
        self._interval = interval
        self._seen = False
        table = "workflow_status" if engine.dialect.name == "sqlite" else f"{SCHEMA}.workflow_status"
        # The condition in full, for SQLite to find the index that has it.
        self._query = (
            f"SELECT 1 FROM {table} WHERE queue_name = '{QUEUE}' AND status = 'ENQUEUED' "  # noqa: S608 - names of ours
            "AND status IN ('ENQUEUED', 'PENDING') LIMIT 1"
        )

    def wait(self, timeout: float | None = None) -> bool:
        """Until it is set (True), or a job waits in the queue (False).

        A job that waits still, for it may not run yet, is looked at again after `timeout`.
        """
        pause = timeout if self._seen else self._interval
        while not super().wait(pause):
            self._seen = self._waiting()
            if self._seen:
                return False
            pause = self._interval
        return True

    def _waiting(self) -> bool:
        try:
            with self._engine.connect() as connection:
                return connection.exec_driver_sql(self._query).first() is not None
        except SQLAlchemyError:
            # The worker finds out as well, and tells.
            return True
