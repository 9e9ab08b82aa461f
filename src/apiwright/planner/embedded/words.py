"""The English that the planner knows, read from `words/*.txt` once.

A form (`created`, `categories`) is looked up, never guessed by its sound alone; a word that no list knows is taken for a noun.
"""

from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from apiwright.kit.inflection import singular

VerbKind = Literal["base", "s", "ing", "ed"]
_FOLDER = Path(__file__).parent / "words"
_VOWELS = frozenset("aeiou")


class Lexicon(Struct, frozen=True):
    """Word lists, by class.

    Attributes:
        closed: Closed-class word -> its class (`determiner`, `preposition`, ...).
        verbs: Form of a verb -> its base and kind.
        verb_classes: Base -> the classes it stands in (`create`, `manage`, `view`, ...).
        adjectives: Words that qualify.
        nominal: Words in -ing and -ed that name a thing (`booking`).
        barren: Nouns that never become an entity by themselves -> class.
    """

    closed: dict[str, str]
    verbs: dict[str, tuple[str, VerbKind]]
    verb_classes: dict[str, frozenset[str]]
    adjectives: frozenset[str]
    nominal: frozenset[str]
    barren: dict[str, str]

    def base(self, word: str) -> str | None:
        """The base of a verb form: `created` -> `create`."""
        found = self.verbs.get(word)
        return found[0] if found else None

    def is_barren(self, word: str) -> bool:
        """Whether a noun (in either number) is technology, user interface, HTTP or too abstract to keep."""
        return word in self.barren or singular(word) in self.barren


@cache
def lexicon() -> Lexicon:
    """The lists, read on first use."""
    closed = {word: name for name, words in sections("grammar").items() for word in words}
    verbs: dict[str, tuple[str, VerbKind]] = {}
    classes: dict[str, set[str]] = {}
    for name, words in sections("verbs").items():
        for word in words:
            base, _, rest = word.partition(":")
            classes.setdefault(base, set()).add(name)
            if rest or base not in verbs:
                verbs.update(_forms(base, rest.split(":") if rest else []))
    adjectives = sections("adjectives")
    barren = {word: name for name, words in sections("barren").items() for word in words}
    return Lexicon(
        closed=closed,
        verbs=verbs,
        verb_classes={base: frozenset(found) for base, found in classes.items()},
        adjectives=frozenset(adjectives["adjective"]),
        nominal=frozenset(adjectives["participle_noun"]),
        barren=barren,
    )


@cache
def word_list(section: str) -> frozenset[str]:
    """A closed list of `words/lists.txt`."""
    return frozenset(sections("lists")[section])


@cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """The lines `key: values` of a file in `words`."""
    lines = (line.partition(":") for line in (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines() if not line.startswith("#"))
    return {key: tuple(rest.split()) for key, _, rest in lines if rest}


def _forms(base: str, irregular: list[str]) -> dict[str, tuple[str, VerbKind]]:
    stem = base[:-1] if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else base
    if base in word_list("doubled"):
        stem = base + base[-1]
    past = irregular or [base[:-1] + "ied" if _ends_in_y(base) else (stem + "ed")]
    third = base[:-1] + "ies" if _ends_in_y(base) else base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    found: dict[str, tuple[str, VerbKind]] = dict.fromkeys(past, (base, "ed"))
    found[third] = (base, "s")
    found[stem + "ing"] = (base, "ing")
    found[base] = (base, "base")
    return found


def _ends_in_y(base: str) -> bool:
    return base.endswith("y") and base[-2:-1] not in _VOWELS


@cache
def sections(name: str) -> dict[str, list[str]]:
    """The words of a file in `words`, by the section that they stand in."""
    sections: dict[str, list[str]] = {}
    words: list[str] = []
    for line in (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[] "), [])
        elif not line.startswith("#"):
            words.extend(line.split())
    return sections
