"""A directory per key, made once, whole or not at all, however many processes ask for it at the same time."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from apiwright.errors import VerificationUnavailableError


def made_once(place: Path, make: Callable[[Path], None]) -> Path:
    """The directory `place`; when it is not there yet, `make` fills a new one beside it, which is then renamed.

    Args:
        place: Where it is kept.
        make: Fills the empty directory that it is given; when it raises, nothing is left.

    Raises:
        VerificationUnavailableError: Nothing can be kept there.
    """
    if place.is_dir():
        return place
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _locked(place.with_name(f"{place.name}.lock")):
            if not place.is_dir():
                _fill(place, make)
    except OSError as error:
        reason = f"The cache cannot be used ({place.parent}: {error.strerror or error})"
        raise VerificationUnavailableError(f"{reason}. Name another directory by APIWRIGHT_CACHE_DIR.") from error
    return place


def _fill(place: Path, make: Callable[[Path], None]) -> None:
    staging = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    try:
        staging.chmod(0o755)
        make(staging)
        staging.rename(place)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def open_to_all(root: Path) -> None:
    """Readable by the user id that a sandbox takes, under any umask."""
    for folder, _, names in os.walk(root):
        Path(folder).chmod(0o755)
        for name in names:
            path = Path(folder, name)
            if not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))


@contextmanager
def _locked(path: Path) -> Generator[None]:
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
