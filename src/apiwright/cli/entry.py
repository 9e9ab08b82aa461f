"""Where the console script starts: ready for Ctrl-C, and set up for a short life, before anything slow is imported."""

import gc
import os
import signal
import sys
from types import FrameType


def main() -> None:
    """Run the command line of this process. SIGTERM, or a terminal that is closed, ends the work as Ctrl-C does, leaving nothing behind.

    A service that is told to stop before it has begun did what it was asked: its status is 0, as it is later on.
    """
    signal.signal(signal.SIGTERM, as_interrupt)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as `nohup` has it
        signal.signal(signal.SIGHUP, as_interrupt)
    _expect_a_short_life()
    try:
        from apiwright.cli.main import run  # noqa: PLC0415 - an interrupt while it is imported is an interrupt like any other

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    except RuntimeError as error:  # so Python 3.11 tells of whatever is raised while it makes a class, as an import does
        if not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        code = 130
    if code == 130:
        print("interrupted; nothing was left behind", file=sys.stderr, flush=True)
        code = 0 if sys.argv[1:2] == ["serve"] else code
        os._exit(code)  # a check's thread that waits for an answer which nobody gives any more must not hold the process
    gc.freeze()  # what is left ends with the process: the interpreter need not take it apart piece by piece, which took 0.1 s
    sys.exit(code)


def as_interrupt(number: int, frame: FrameType | None) -> None:
    """Handle a signal as Ctrl-C is handled at this moment.

    While an event loop runs, that cancels its work. Raised in the middle of it, an interrupt can leave a library's state such that
    cancelling waits forever, as was seen with the connection of a language model being made.
    """
    handler = signal.getsignal(signal.SIGINT)
    (handler if callable(handler) else signal.default_int_handler)(number, frame)


def _expect_a_short_life() -> None:
    """Leave out what a command would pay for and does not need.

    Nearly all that it allocates is modules, models and text that live until it ends: collecting as often as by default, the garbage
    collector walks through them dozens of times and finds nothing. And pydantic looks through all installed packages for plugins.
    """
    gc.set_threshold(200_000, 30, 30)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
