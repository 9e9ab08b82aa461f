"""What the engine's queue worker sleeps on: it is woken when a job waits, instead of ten times a second in case one does."""

import contextlib
import threading

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from apiwright.workflows.client import QUEUE
from apiwright.workflows.system import SCHEMA


class Lookout(threading.Event):
    """Ends the worker when it is set, as the engine expects of it.

    A look of the worker itself takes several queries, each put together anew: 4 ms of a processor that the checks of a generation
    need. The look of this class, on a connection that it keeps, takes a hundredth of that, and can be had more often.
    """

    def __init__(self, engine: sa.Engine, *, interval: float) -> None:
        super().__init__()
        self._engine = engine
        self._interval = interval
        self._seen = False
        self._connection: sa.Connection | None = None
        self._looking = threading.Lock()
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

    def set(self) -> None:
        """End the worker, and let go of the connection; a look at a database that is silent is not waited for, and does so itself."""
        super().set()
        if self._looking.acquire(blocking=False):
            self._let_go()
            self._looking.release()

    def _waiting(self) -> bool:
        with self._looking:
            try:
                return not self.is_set() and self._connected().exec_driver_sql(self._query).first() is not None
            except SQLAlchemyError:
                self._let_go()
                # The worker finds out as well, and tells.
                return True
            finally:
                if self.is_set():
                    self._let_go()

    def _connected(self) -> sa.Connection:
        if self._connection is None:
            connection = self._engine.connect()
            if self._engine.dialect.name != "sqlite":
                # No transaction stays open between two looks. With SQLite a look begins none, and this would take from the connection
                # how it begins those of the others that it is pooled for.
                connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            self._connection = connection
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(SQLAlchemyError):
                self._connection.close()
            self._connection = None
