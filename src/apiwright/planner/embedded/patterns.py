"""Regular expressions that cost nothing until a text needs them."""

import re
import sys
from collections.abc import Callable, Iterator


class Pattern:
    """A regular expression that is compiled when first needed, for the command line pays for every one that is compiled on import.

    A text that holds none of its `cues` (lower-case pieces of words, one of which any match must hold) is not even looked at.
    """

    __slots__ = ("_compiled", "_cues", "_flags", "_text")

    def __init__(self, text: str, flags: int = 0, *, cues: tuple[str, ...] = ()) -> None:
        self._text = text
        self._flags = flags
        self._cues = cues
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        if self._compiled is None:
            self._compiled = re.compile(self._text, self._flags)
        return self._compiled

    def _may_match(self, text: str) -> bool:
        low = text.lower() if self._cues else ""
        return not self._cues or any(cue in low for cue in self._cues)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match."""
        return self.compiled.search(text, start, end) if self._may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """A match at the beginning."""
        return self.compiled.match(text) if self._may_match(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A match of the whole text."""
        return self.compiled.fullmatch(text) if self._may_match(text) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All matches, in order."""
        return self.compiled.finditer(text, start, end) if self._may_match(text) else iter(())

    def findall(self, text: str) -> list[str]:
        """The text of all matches, in order."""
        return self.compiled.findall(text) if self._may_match(text) else []

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """The text with its matches replaced."""
        return self.compiled.sub(by, text, count=count) if self._may_match(text) else text

    def split(self, text: str) -> list[str]:
        """The text between the matches."""
        return self.compiled.split(text) if self._may_match(text) else [text]
