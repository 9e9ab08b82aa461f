"""How often what is still growing is told: parts of a language model's answer, and what it has spent so far."""

import time
from collections.abc import Callable, Mapping
from typing import Any

_GROWING = {"partial", "spent"}
_SHORTEST = 0.5
_SLOWING = 20


class Thinning:
    """Lets through at most two a second of each phase, and the fewer the longer it takes: about ninety in five minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._last: dict[str, float] = {}

    def passes(self, data: Mapping[str, Any], *, phase: str) -> bool:
        """Whether an event of a phase with these values is to be told now. What is not growing always is."""
        if not _GROWING & data.keys():
            return True
        moment = self._clock()
        if moment - self._last.get(phase, float("-inf")) < max(_SHORTEST, (moment - self._began) / _SLOWING):
            return False
        self._last[phase] = moment
        return True
