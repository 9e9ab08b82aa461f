"""Copies of the command's process, by `fork`: each makes a thing on a processor of its own, and hands it over.

A command has one thread and the whole machine. A process with other threads is not copied: what locks they hold at that moment, a copy
would wait for in vain. So none of this is for the service.
"""

import os
import pickle
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Generic, NoReturn, TypeVar

_T = TypeVar("_T")

_WORTH_IT = 40
"""So many texts a process: to make a copy, and to receive what it made, takes as long as some of them do."""
_MOST = 4
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Copy(Generic[_T]):
    """A copy of this process at work."""

    def __init__(self, make: Callable[[], _T]) -> None:
        self._make = make
        self._pipe, end = (os.fdopen(number, mode) for number, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
        try:
            self._number = os.fork()
            if self._number == 0:
                _hand_over(make, end)
        except OSError:
            self._pipe.close()
            raise
        finally:
            end.close()

    def answer(self) -> _T:
        """What it made. Where it could not, for whatever reason, that is done here: a fault of the work is raised here, too."""
        answer = self._pipe.read()
        _, status = os.waitpid(self._number, 0)
        self._number = 0
        return self._make() if status else pickle.loads(answer)  # noqa: S301 - a copy of this process wrote it

    def stop(self) -> None:
        """End it, if it has not ended."""
        self._pipe.close()
        if self._number:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self._number, signal.SIGKILL)
                os.waitpid(self._number, 0)


@contextmanager
def copies(makes: Iterable[Callable[[], _T]]) -> Generator[list[Copy[_T]]]:
    """A copy for each; none where this process has other threads or one processor, fewer where the machine has no room for all.

    All have ended when this does.
    """
    started: list[Copy[_T]] = []
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)  # none may be forgotten by an interrupt, nor run what is ours
    try:
        with suppress(OSError):
            started.extend(Copy(make) for make in (makes if _processors() > 1 and threading.active_count() == 1 else ()))
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)
        yield started
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)
        for copy in started:
            copy.stop()


def side_by_side(make: Callable[[_T], str], items: Sequence[_T]) -> Iterable[str]:
    """What `map(make, items)` answers, made on all processors where that is faster."""
    processes = min(_processors(), _MOST, len(items) // _WORTH_IT)
    if processes < 2:
        return map(make, items)

    def share(number: int) -> list[str]:
        return [make(item) for item in items[number::processes]]  # neighbours are alike, so the shares are

    with copies(lambda number=number: share(number) for number in range(1, processes)) as started:
        made = [share(0), *(copy.answer() for copy in started)]
    made += [share(number) for number in range(len(made), processes)]
    return [made[place % processes][place // processes] for place in range(len(items))]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1  # Linux has it, and a `fork` to be relied on


def _hand_over(make: Callable[[], object], pipe: IO[bytes]) -> NoReturn:
    """What a copy does, all that it does: an interrupt ends it without a word, and nothing of this process's is flushed or cleared."""
    code = 1
    try:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        with pipe:
            pipe.write(pickle.dumps(make(), pickle.HIGHEST_PROTOCOL))
        code = 0
    finally:
        os._exit(code)
