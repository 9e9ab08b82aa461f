"""Which domains a prompt names, and what they add."""

import re
from collections.abc import Iterable
from functools import lru_cache

from apiwright.kit.inflection import singular
from apiwright.planner.embedded.catalogue import Domain, catalogue
from apiwright.planner.embedded.notes import Span
from apiwright.planner.embedded.words import word_list

_WORD = re.compile(r"[a-z0-9][a-z0-9&'\u2019-]*")
_PLACES = word_list("application")
_KEEPERS = word_list("keeper") | _PLACES
_NAMED = _PLACES | word_list("establishment")
_LONGEST = 40
Named = tuple[Domain, Span, bool]


@lru_cache(maxsize=8)
def domains_of(prompt: str) -> tuple[Named, ...]:
    """The domains whose words stand in a prompt, with where, and whether they name the application itself (`an inventory system`)."""
    low = prompt.lower()
    words = [(found[0].removesuffix("-like").removesuffix("-style"), found.start(), found.end()) for found in _WORD.finditer(low[:60_000])]
    found: dict[int, Named] = {}
    for at, (word, start, _) in enumerate(words):
        for cue, domain in _begun_by(word) if len(word) < _LONGEST else ():
            size = _length(cue, words, at)
            if not size:
                continue
            end = words[at + size - 1][2]
            following = {singular(text) for text, _, _ in words[at + size : at + size + 3]}
            names = (bool(following & _NAMED) or not _KEEPERS.isdisjoint((cue.partition(" ")[0], cue.rpartition(" ")[2]))) and start < 400
            before = found.get(id(domain))
            if before is None or (names and not before[2]):
                found[id(domain)] = (domain, Span(start, end), names)
    return tuple(found.values())


def is_covered(span: Span, found: Iterable[Named]) -> bool:
    """Whether more words name another domain: the portfolio of `a portfolio tracker`."""
    return any(other.start <= span.start and span.end <= other.end and other != span for _, other, _ in found)


@lru_cache(maxsize=4096)
def _begun_by(word: str) -> tuple[tuple[str, Domain], ...]:
    """The cues that a word may begin, in the order of the catalogue."""
    cues = catalogue().cues
    parts = dict.fromkeys((word, singular(word), word.split("-", maxsplit=1)[0]))
    return tuple(cue for part in parts for cue in cues.get(part, ()))


def _length(cue: str, words: list[tuple[str, int, int]], at: int) -> int:
    """How many words of the prompt the cue covers from `at`, 0 when it does not stand there."""
    wanted = cue.replace("-", " ").split()
    position = at
    used = 0
    while used < len(wanted):
        if position >= len(words):
            return 0
        parts = words[position][0].split("-")
        for part in parts:
            if used >= len(wanted):
                return 0
            if part != wanted[used] and singular(part) != wanted[used]:
                return 0
            used += 1
        position += 1
    return position - at
