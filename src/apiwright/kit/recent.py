"""Results that are asked for several times in a row are worked out once."""

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, Protocol, TypeVar


class Told(Protocol):
    """What can be told as text, such as a frozen Pydantic model."""

    def model_dump_json(self) -> str:
        """All of it."""
        ...


ToldT = TypeVar("ToldT", bound=Told)
ResultT = TypeVar("ResultT")
How = ParamSpec("How")


def recent(most: int) -> Callable[[Callable[Concatenate[ToldT, How], ResultT]], Callable[Concatenate[ToldT, How], ResultT]]:
    """Keep the last results of a pure function of a model, which nobody changes, and how they are worked out is no matter; no errors.

    They are found by the text of what was asked, since models that are equal need not be told alike: 1 is 1.0.

    Args:
        most: How many are kept.
    """

    def keeping(work: Callable[Concatenate[ToldT, How], ResultT]) -> Callable[Concatenate[ToldT, How], ResultT]:
        kept: dict[str, ResultT] = {}
        lock = RLock()

        @wraps(work)
        def asked(model: ToldT, *args: How.args, **kwargs: How.kwargs) -> ResultT:
            text = model.model_dump_json()
            with lock:
                found = kept.pop(text, None) or work(model, *args, **kwargs)
                kept[text] = found
                if len(kept) > most:
                    del kept[next(iter(kept))]
                return found

        return asked

    return keeping
