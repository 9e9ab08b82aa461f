"""What holds for all tests."""

import os
import signal

# A shell has jobs in the background ignore interrupts, and so does all that they start: what is tested of interrupts would not happen.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: who waits for a worker that was killed to be missed needs none."""
    return (os.cpu_count() or 1) + 1
