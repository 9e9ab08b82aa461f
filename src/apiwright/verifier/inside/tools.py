"""Programs that need something laid out before they start."""

import shutil
import subprocess


def run_seeded(argv: list[str], seed: str, cache: str) -> int:
    """Run a program whose cache starts as a copy of `seed`; what it prints is the output of the job. Answers its exit status."""
    shutil.copytree(seed, cache)
    return subprocess.run(argv, check=False).returncode  # noqa: S603 - the point of a job
