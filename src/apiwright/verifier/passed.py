"""Which tests have passed on this machine, and on what: while nothing that they stand on changes they need not be run again."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import msgspec

from apiwright.verifier.each_test import digests_of_tests
from apiwright.verifier.known import forget


class _Record(msgspec.Struct, frozen=True):
    """Of one module, on one state of all else: a digest of its text when it was last run, and how often each test passed, by its digest."""

    module: str
    tests: dict[str, int]


class Before(msgspec.Struct, frozen=True):
    """Tests of one module that passed before.

    Attributes:
        counts: How often each did, by its name, or by its digest where no name is needed: more than once where it has parameters.
        whole: Whether the module is as it was when it was last run: none of it is run again.
    """

    counts: Mapping[str, int]
    whole: bool


class Passed:
    """Tests that passed, in the verifier's cache: a file for each module, named after all that the module stands on beside its own text."""

    def __init__(
        self, standing_on: Callable[[], Mapping[str, str]], files: Mapping[str, str], *, cache: Path, runtime: str, reuse: bool
    ) -> None:
        """
        Args:
            standing_on: Works out by path of a test module a digest of all that its outcome may depend on, beside its own text.
            files: The project's, text by path.
            cache: Root of the verifier's cache.
            runtime: What it runs in; an outcome holds for one runtime.
            reuse: Whether tests that passed before are left out; what passes now is kept in any case.
        """
        self._standing_on, self._files, self._folder, self._runtime, self._reuse = standing_on, files, cache / "passed", runtime, reuse
        self._now: Mapping[str, Mapping[str, int]] = {}

    @cached_property
    def before(self) -> Mapping[str, Before]:
        """What passed before and is left out, by path of its module."""
        return dict(self._found()) if self._reuse else {}

    @cached_property
    def _places(self) -> Mapping[str, Path]:
        return {path: self._folder / _name(path, digest, self._runtime) for path, digest in self._standing_on().items()}

    def _found(self) -> Iterator[tuple[str, Before]]:
        for path, place in self._places.items():
            with suppress(OSError, msgspec.DecodeError, SyntaxError, ValueError):  # not there, cut off, or no Python: the module is run
                record = msgspec.json.decode(place.read_bytes(), type=_Record)
                if record.module == _digest(self._files[path]):
                    yield path, Before(counts=record.tests, whole=True)
                    continue
                digests = digests_of_tests(self._files[path])
                if counts := {name: record.tests[digest] for name, digest in digests.items() if digest in record.tests}:
                    yield path, Before(counts=counts, whole=False)

    def note(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Note how often each test passed, by module and name, in a run in which none failed."""
        self._now = counts

    def keep(self) -> None:
        """Keep what was noted, as every check has passed; forget what nobody has asked for in a month."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for path, place in self._places.items():
            before = self.before.get(path)
            if before and before.whole:
                with suppress(OSError):
                    place.touch()
            elif path in self._now:
                counts = {**(before.counts if before else {}), **self._now[path]}
                digests = digests_of_tests(self._files[path])
                tests = {digest: counts[name] for name, digest in digests.items() if name in counts}
                place.write_bytes(msgspec.json.encode(_Record(_digest(self._files[path]), tests)))
        forget(self._folder)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _name(path: str, digest: str, runtime: str) -> str:
    return _digest("\0".join([path, digest, runtime]))
