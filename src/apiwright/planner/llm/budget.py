"""What a model may spend on one generation, and what it has spent, stage by stage."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from apiwright.errors import ModelError
from apiwright.planner.usage import stage_sentences, usage_sentence


class Budget(Struct, frozen=True, kw_only=True):
    """Caps of one generation, looked at before each request. `requests` and `seconds` are exact; what those under way use is known later.

    Attributes:
        dollars: Holds where the price of the model is known; None for no cap.
        silence: Seconds without a sign of life after which a request is given up, and made again.
        pause: Seconds before a failed request is made again, where the vendor does not say; doubled each time.
    """

    requests: int = 60
    tokens: int = 400_000
    seconds: float = 300.0
    dollars: float | None = None
    silence: float = 60.0
    pause: float = 1.0


class Usage(Struct, kw_only=True):
    """What was spent. `dollars` counts what has a known price; `unpriced` requests are not in it."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    dollars: float = 0.0
    unpriced: int = 0
    seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """As JSON-ready values; `dollars` is None where no price is known."""
        return {
            "requests": self.requests,
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            "dollars": round(self.dollars, 6) if not self.unpriced or self.dollars else None,
            "unpriced_requests": self.unpriced,
            "seconds": round(self.seconds, 3),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Usage":
        """What `as_dict` made."""
        return cls(
            requests=values["requests"],
            input_tokens=values["input_tokens"],
            output_tokens=values["output_tokens"],
            dollars=values["dollars"] or 0.0,
            unpriced=values["unpriced_requests"],
            seconds=values["seconds"],
        )

    def add(self, other: "Usage") -> None:
        """Count this in as well."""
        self.requests += other.requests
        self.input_tokens += other.input_tokens
        self.output_tokens += other.output_tokens
        self.dollars += other.dollars
        self.unpriced += other.unpriced
        self.seconds += other.seconds


class Meter:
    """Counts one generation against its budget.

    Args:
        budget: Of the generation.
        model: What it is spent on.
        spent: What the generation had used before, as `as_dict` tells it: it counts as well.
        on_count: Called after each request.
    """

    def __init__(
        self, budget: Budget, model: str, *, spent: Mapping[str, Any] | None = None, on_count: Callable[["Meter"], None] | None = None
    ) -> None:
        self.budget = budget
        self._model = model
        self._on_count = on_count
        self._under_way = 0
        self._started = time.monotonic() - (spent["seconds"] if spent else 0.0)
        self._stages = {name: Usage.from_dict(usage) for name, usage in spent["stages"].items()} if spent else dict[str, Usage]()

    @property
    def total(self) -> Usage:
        """Everything so far; `seconds` are those on the clock, though requests may overlap."""
        total = Usage()
        for usage in self._stages.values():
            total.add(usage)
        total.seconds = time.monotonic() - self._started
        return total

    @property
    def seconds_left(self) -> float:
        """Until the budget of time is spent."""
        return self.budget.seconds - (time.monotonic() - self._started)

    def begin(self) -> None:
        """Have one more request under way, until `count` is told of it.

        Raises:
            ModelError: The budget is spent.
        """
        total, budget = self.total, self.budget
        if total.requests + self._under_way >= budget.requests:
            raise self.spent(f"{budget.requests} requests")
        if total.input_tokens + total.output_tokens >= budget.tokens:
            raise self.spent(f"{budget.tokens:,} tokens")
        if budget.dollars is not None and total.dollars >= budget.dollars:
            raise self.spent(f"${budget.dollars:.2f}")
        if self.seconds_left <= 0:
            raise self.spent(f"{budget.seconds:.0f} s")
        self._under_way += 1

    def spent(self, what: str) -> ModelError:
        """The error that ends the model's part."""
        return ModelError("budget", f"{self._model} has used up its budget of {what} for this generation.")

    def count(self, stage: str, usage: Usage) -> None:
        """Note what a request of a stage, which has ended, has used."""
        self._under_way -= 1
        self._stages.setdefault(stage, Usage()).add(usage)
        if self._on_count is not None:
            self._on_count(self)

    def as_dict(self) -> dict[str, Any]:
        """What was spent in all and in each stage, as JSON-ready values."""
        return {"model": self._model, **self.total.as_dict(), "stages": {name: usage.as_dict() for name, usage in self._stages.items()}}

    def sentence(self) -> str:
        """What was spent, for people."""
        return usage_sentence(self.as_dict())

    def account(self) -> str:
        """The same, with what each stage has spent of it."""
        return "; ".join((self.sentence(), *stage_sentences(self.as_dict())))
