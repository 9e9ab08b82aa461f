"""Where the console script starts: ready for Ctrl-C before anything slow is imported."""

import os
import signal
import sys


def main() -> None:
    """Run the command line of this process. SIGTERM ends the work as Ctrl-C does, leaving nothing behind."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        from apiwright.cli.main import run  # noqa: PLC0415 - an interrupt while it is imported is an interrupt like any other

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    if code == 130:
        print("interrupted; nothing was left behind", file=sys.stderr, flush=True)
        os._exit(code)  # a check's thread that waits for an answer which nobody gives any more must not hold the process
    sys.exit(code)
