"""The floor beside which times are told: a Python that imports pydantic."""

import os
import subprocess
import sys
import time
from statistics import median

_ROUNDS = 5


def floor_seconds() -> float:
    """Median seconds of it, now."""
    seconds: list[float] = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import pydantic"], check=True, env=environment())
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def environment() -> dict[str, str]:
    """The environment without what would slow imports down."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
