"""Slips of the pen: `usres` and `priorty` are read as users and priority. What is quoted from a prompt stays as it was written."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from apiwright.kit.inflection import singular
from apiwright.planner.embedded.ambiguity import known_nouns
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.words import lexicon, word_list

_WORD = re.compile(r"(?<![\w./{`-])[a-z]{3,16}(?![\w/}`-])")
_THERE = re.compile(r"there\s+(?!(?:is|are|was|were|will|can|could|should|may|must|has|have|be|to|and|or|in|on|at|for)\b)[a-z]")
_OF = re.compile(r"\b(?:with|of|own|brings?|sees?|adds?|edits?|writes?|manages?|for|by|give|gives|sends?|lists?)\s+$")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 5


class Spelling:
    """A text as it is meant, and where its characters stand in the text as it was written."""

    __slots__ = ("_shifts", "_starts", "prompt", "text")

    def __init__(self, prompt: str) -> None:
        self.prompt = prompt
        parts: list[str] = []
        self._starts, self._shifts = [0], [0]
        written = meant = 0
        for found in _WORD.finditer(prompt):
            right = _in_place(prompt, found) or _meant(found[0])
            if right is None:
                continue
            parts += [prompt[written : found.start()], right]
            meant += found.start() - written + len(right)
            written = found.end()
            self._starts.append(meant)
            self._shifts.append(written - meant)
        self.text = "".join([*parts, prompt[written:]])

    def written(self, place: int) -> int:
        """Where a character of the meant text stands in the written one."""
        return place + self._shifts[bisect_right(self._starts, place) - 1]


def _in_place(prompt: str, found: re.Match[str]) -> str | None:
    """What a word was to be where it stands: `with there voice`."""
    return "their" if found[0] == "there" and _THERE.match(prompt, found.start()) and _OF.search(prompt, 0, found.start()) else None


@cache
def _right() -> tuple[dict[str, str], frozenset[str]]:
    """Wrong spellings -> the right one, and the words that a slip may have meant."""
    lines = (Path(__file__).parent / "words" / "spelling.txt").read_text("utf-8").splitlines()
    rows = [line.partition(":") for line in lines if ":" in line and not line.startswith("#")]
    return {wrong: word for word, _, wrongs in rows for wrong in wrongs.split()}, frozenset(word for word, _, _ in rows)


@lru_cache(maxsize=4096)  # a long specification says the same words for each of its entities
def _meant(word: str) -> str | None:
    """What a word was to be, or None when it may stand."""
    wrong, words = _right()
    if word in wrong and not _is_known(word):
        return wrong[word]
    if len(word) < _SHORTEST or word in words or _is_known(word):
        return None
    near = {other for other in _one_slip_away(word) if other in words and other[0] == word[0]}
    return near.pop() if len(near) == 1 else None


def _is_known(word: str) -> bool:
    one, words = singular(word), lexicon()
    return (
        word in words.closed
        or word in words.verbs
        or word in words.adjectives
        or words.is_barren(word)
        or one in known_nouns()
        or catalogue().named(one) is not None
        or is_attribute(word)
        or one in word_list("sides")
    )


def _one_slip_away(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
