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
        return self._compiled or self._compile()

    def _compile(self) -> re.Pattern[str]:
        self._compiled = re.compile(self._text, self._flags)
        return self._compiled

    def _lacks_cues(self, text: str) -> bool:
        low = text.lower()
        for cue in self._cues:  # noqa: SIM110 - asked some thousand times a prompt, a generator would double its cost
            if cue in low:
                return False
        return True

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match."""
        return None if self._cues and self._lacks_cues(text) else (self._compiled or self._compile()).search(text, start, end)

    def match(self, text: str) -> re.Match[str] | None:
        """A match at the beginning."""
        return None if self._cues and self._lacks_cues(text) else (self._compiled or self._compile()).match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A match of the whole text."""
        return None if self._cues and self._lacks_cues(text) else (self._compiled or self._compile()).fullmatch(text)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All matches, in order."""
        return iter(()) if self._cues and self._lacks_cues(text) else (self._compiled or self._compile()).finditer(text, start, end)

    def findall(self, text: str) -> list[str]:
        """The text of all matches, in order."""
        return [] if self._cues and self._lacks_cues(text) else (self._compiled or self._compile()).findall(text)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """The text with its matches replaced."""
        return text if self._cues and self._lacks_cues(text) else (self._compiled or self._compile()).sub(by, text, count=count)

    def split(self, text: str) -> list[str]:
        """The text between the matches."""
        return [text] if self._cues and self._lacks_cues(text) else (self._compiled or self._compile()).split(text)
