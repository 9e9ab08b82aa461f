"""Which test modules have passed on this machine, and on what: while nothing that they stand on changes they need not be run again."""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from apiwright.verifier.known import forget


class Passed:
    """Test modules that passed, in the verifier's cache: a file for each, named after what the module stands on."""

    def __init__(self, standing_on: Callable[[], Mapping[str, str]], *, cache: Path, runtime: str, reuse: bool) -> None:
        """
        Args:
            standing_on: Works out by path of a test module a digest of all that its outcome may depend on.
            cache: Root of the verifier's cache.
            runtime: What it runs in; an outcome holds for one runtime.
            reuse: Whether modules that passed before are left out; what passes now is kept in any case.
        """
        self._standing_on, self._folder, self._runtime, self._reuse = standing_on, cache / "passed", runtime, reuse
        self._now: Mapping[str, int] = {}

    @cached_property
    def before(self) -> Mapping[str, int]:
        """How many tests passed before in each module that is left out."""
        return dict(self._found()) if self._reuse else {}

    @cached_property
    def _places(self) -> Mapping[str, Path]:
        return {path: self._folder / _name(path, digest, self._runtime) for path, digest in self._standing_on().items()}

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
        forget(self._folder)


def _name(path: str, digest: str, runtime: str) -> str:
    return hashlib.sha256("\0".join([path, digest, runtime]).encode()).hexdigest()
