"""`python -m tests.fakes.vendors.serve VENDOR FILE`: a vendor whose model plans a library, for tests that are not Python's.

Its address is the first line that it prints. It stops in the middle of each entity until FILE exists, and ends with its standard input.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

from tests.fakes.vendors.library import librarian
from tests.fakes.vendors.script import Answer, Call, Reply
from tests.fakes.vendors.server import vendor_server

_THOUGHT = 0.7  # s before its first word, as real ones need: what comes sooner after another word than half a second is not told


def main(vendor: str, file: str) -> None:
    """Serve until nobody listens any more."""

    def thoughtful(call: Call) -> Reply:
        time.sleep(_THOUGHT)
        reply = librarian(call)
        return replace(reply, held=Path(file)) if isinstance(reply, Answer) and call.unit != "outline" else reply

    with vendor_server(vendor, thoughtful) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
