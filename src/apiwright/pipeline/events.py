"""What is told while a project is made. The service stores the same events with a sequence number and a time."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from msgspec import Struct, field

Stage = Literal["queued", "analysis", "schema", "code", "review", "complete"]
Status = Literal["pending", "processing", "awaiting_approval", "completed", "failed", "cancelled"]


class Event(Struct, frozen=True, kw_only=True):
    """One step forward.

    Attributes:
        stage: Where the work is.
        phase: Part of the stage: `core`, `entity:Todo`, `support`, `main` in `code`, the check's name in `review`; empty otherwise.
        message: A sentence for people.
        progress: 0 to 1; never falls; 1 only with `completed`.
        files: Paths that this step made.
        data: What programs read: the blueprint's summary, a check's result.
        status: `processing`, until the last event says how it ended.
    """

    stage: Stage
    message: str
    progress: float
    phase: str = ""
    files: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])
    status: Status = "processing"


Emit = Callable[[Event], None]
