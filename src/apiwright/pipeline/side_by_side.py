"""Texts that several processes make: copies of this one, by `fork`, do a share each and hand back what they made."""

import marshal
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from typing import IO, NoReturn, TypeVar

_T = TypeVar("_T")

_WORTH_IT = 100
"""So many items a process: to make a copy, and to receive what it made, takes about as long as they do."""
_MOST = 4
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def side_by_side(make: Callable[[_T], str], items: Sequence[_T]) -> Iterable[str]:
    """What `map(make, items)` answers, made on all processors where that is faster.

    A process that has other threads shares nothing out: its copies would wait for ever for what one of them was about to release.
    """
    processes = min(_processors(), _MOST, len(items) // _WORTH_IT)
    if processes < 2 or threading.active_count() > 1:
        return map(make, items)
    shares = [items[first::processes] for first in range(processes)]  # neighbours are alike, so the shares are
    with _copies(make, shares[1:]) as copies:
        made = [[make(item) for item in shares[0]]]
        made += [copy.texts() for copy in copies]
    for share in shares[len(made) :]:  # for which there could be no copy
        made.append([make(item) for item in share])
    return [made[place % processes][place // processes] for place in range(len(items))]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1  # Linux has it, and a `fork` to be relied on


class _Copy:
    """A copy of this process at work on a share."""

    def __init__(self, make: Callable[[_T], str], share: Sequence[_T]) -> None:
        self._make: Callable[[], list[str]] = lambda: [make(item) for item in share]
        self._pipe, end = (os.fdopen(number, mode) for number, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
        try:
            self._number = os.fork()
            if self._number == 0:
                _hand_over(self._make, end)
        except OSError:
            self._pipe.close()
            raise
        finally:
            end.close()

    def texts(self) -> list[str]:
        """What it made. Where it could not, for whatever reason, that is done here: a fault of the work is raised here, too."""
        answer = self._pipe.read()
        _, status = os.waitpid(self._number, 0)
        self._number = 0
        return self._make() if status else marshal.loads(answer)  # noqa: S302 - a copy of this process wrote it

    def stop(self) -> None:
        """End it, if it has not ended."""
        self._pipe.close()
        if self._number:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self._number, signal.SIGKILL)
                os.waitpid(self._number, 0)


def _hand_over(made: Callable[[], list[str]], pipe: IO[bytes]) -> NoReturn:
    """What a copy does, all that it does: an interrupt ends it without a word, and nothing of this process's is flushed or cleared."""
    code = 1
    try:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        with pipe:
            pipe.write(marshal.dumps(made()))
        code = 0
    finally:
        os._exit(code)


@contextmanager
def _copies(make: Callable[[_T], str], shares: Iterable[Sequence[_T]]) -> Generator[list[_Copy]]:
    """A copy for each share, fewer where the machine has no room for so many. All have ended when this does."""
    copies: list[_Copy] = []
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)  # none may be forgotten by an interrupt, nor run what is ours
    try:
        with suppress(OSError):
            copies.extend(_Copy(make, share) for share in shares)
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)
        yield copies
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)
        for copy in copies:
            copy.stop()
