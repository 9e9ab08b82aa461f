"""Results that are asked for several times in a row are worked out once."""

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Protocol, TypeVar


class Told(Protocol):
    """What can be told as text, such as a frozen Pydantic model."""

    def model_dump_json(self) -> str:
        """All of it."""
        ...


ToldT = TypeVar("ToldT", bound=Told)
ResultT = TypeVar("ResultT")


def recent(most: int) -> Callable[[Callable[[ToldT], ResultT]], Callable[[ToldT], ResultT]]:
    """Keep the last results of a pure function whose result nobody changes; errors are not kept.

    They are found by the text of what was asked, since models that are equal need not be told alike: 1 is 1.0.

    Args:
        most: How many are kept.
    """

    def keeping(work: Callable[[ToldT], ResultT]) -> Callable[[ToldT], ResultT]:
        kept: dict[str, ResultT] = {}
        lock = RLock()

        @wraps(work)
        def asked(model: ToldT) -> ResultT:
            text = model.model_dump_json()
            with lock:
                found = kept.pop(text, None) or work(model)
                kept[text] = found
                if len(kept) > most:
                    del kept[next(iter(kept))]
                return found

        return asked

    return keeping
