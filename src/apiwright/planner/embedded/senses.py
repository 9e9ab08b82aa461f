"""What a thing is (a person who comes, a machine, a happening, a record ...), told by the last word of its name."""

import re
from functools import cache, lru_cache

from apiwright.kit.casing import words_of
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.bonding import is_people
from apiwright.planner.embedded.drafts import EntityDraft
from apiwright.planner.embedded.words import sections, word_list

_LIVING = frozenset({"comer", "staff"})
_KINDS_OF = frozenset({"type", "kind", "category"})
_DEED = re.compile(r".{3}(?:ation|ition|ction|usion|ission|ment|ing|ral|sal|wal|val|ance|ysis)$")
_KEPT_OF = frozenset({"record", "entry"})
ORDER = (
    "label", "place", "group", "comer", "staff", "vehicle", "machine", "animal", "plant", "work", "supply", "ware", "thing", "event",
    "happening", "deal", "record", "money",
)  # fmt: skip


@cache
def _senses() -> dict[str, str]:
    return {word: sense for sense, words in sections("senses").items() for word in words}


@lru_cache(maxsize=4096)
def heads_of(name: str) -> tuple[str, ...]:
    """The words that tell what a thing is: the last of its name, the last two joined, and what it is a record of."""
    words = [word.lower() for word in words_of(name)]
    last = singular(words[-1])
    if len(words) < 2:
        return (last,)
    return (last, words[-2] + last, *([words[-2]] if last in _KEPT_OF else []))


def known_as(name: str) -> frozenset[str]:
    """The words by which others may mean a thing: those that tell what it is, and what it is a type of."""
    words = [word.lower() for word in words_of(name)]
    return frozenset((*heads_of(name), *(words[-2:-1] if words[-1] in _KINDS_OF else [])))


def sense_of(entity: EntityDraft) -> str:
    """The sense of a thing: what its last word tells, or the word that the catalogue knows it by.

    What no list knows happens where it ends like a deed (`restoration`, `appraisal`); people are people whatever their name.
    """
    own = heads_of(entity.name)[0]
    known = _senses()
    if is_people(entity):
        found = known.get(own)
        return found if found in _LIVING else "comer" if own in word_list("coming") | word_list("crowd") else "staff"
    usual = heads_of(entity.entry.name)[0] if entity.entry is not None else own
    found = known.get(own) or known.get(usual) or ("happening" if _DEED.match(own) else "thing")
    return "thing" if found in _LIVING and entity.entry is not None else found
