"""Which test modules have passed on this machine, and on what.

While nothing that they stand on changes they need not be run again, nor their types be looked at.
"""

import hashlib
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_KEPT_SECONDS = 30 * 24 * 3600


class Passed:
    """Test modules that passed, in the verifier's cache: a file for each, named after what the module stands on."""

    def __init__(self, standing_on: Mapping[str, str], *, cache: Path, runtime: str, reuse: bool) -> None:
        """
        Args:
            standing_on: By path of a test module a digest of all that its outcome may depend on.
            cache: Root of the verifier's cache.
            runtime: What it runs in; an outcome holds for one runtime.
            reuse: Whether modules that passed before are left out; what passes now is kept in any case.
        """
        self._folder = cache / "passed"
        self._places = {path: self._place(path, digest, runtime) for path, digest in standing_on.items()}
        self.before: Mapping[str, int] = dict(self._found()) if reuse else {}
        """How many tests passed before in each module that is left out."""
        self._now: Mapping[str, int] = {}

    def _place(self, path: str, digest: str, runtime: str) -> Path:
        return self._folder / hashlib.sha256("\0".join([path, digest, runtime]).encode()).hexdigest()

    def _found(self) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for path, place in self._places.items():
            with suppress(OSError, ValueError):  # not there, or cut off: the module is run
                found.append((path, int(place.read_text("ascii"))))
        return found

    def note(self, counts: Mapping[str, int]) -> None:
        """Note the modules in which this many tests passed, of a run in which none failed."""
        self._now = counts

    def keep(self) -> None:
        """Keep what was noted, as every check has passed; forget what nobody has asked for in a month."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for path, count in self._now.items():
            if place := self._places.get(path):
                place.write_text(str(count), "ascii")
        for path in self.before:
            with suppress(OSError):
                self._places[path].touch()
        oldest = time.time() - _KEPT_SECONDS
        for place in self._folder.iterdir():
            with suppress(OSError):
                if place.stat().st_mtime < oldest:
                    place.unlink()
