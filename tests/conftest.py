"""What holds for all tests."""

import signal

# A shell has jobs in the background ignore interrupts, and so does all that they start: what is tested of interrupts would not happen.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
