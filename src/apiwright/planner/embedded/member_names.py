"""What a phrase in a list of members is called, and how the thing that it names is held."""

import re

from msgspec.structs import replace

from apiwright.kit.inflection import plural
from apiwright.planner.embedded.attributes import is_attribute, known_type
from apiwright.planner.embedded.listing import shared
from apiwright.planner.embedded.notes import RelationWord
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.words import lexicon, word_list

BOUNDS = frozenset({"min", "max", "minimum", "maximum"})


def is_nothing(phrase: Phrase) -> bool:
    """Whether a word is too abstract to be a member by itself."""
    return lexicon().is_barren(phrase.head) and not is_attribute(phrase.head) and not is_attribute(name_of_member(phrase))


def full_name(phrase: Phrase) -> str:
    """The name of a member with its adjective, where the two are known together: `hourly_rate`."""
    if phrase.full[0] in BOUNDS and not phrase.plural:
        return "_".join(phrase.full)
    told = "_".join((*phrase.adjectives[-1:], *phrase.words))
    qualified = phrase.adjectives and phrase.adjectives[-1] not in word_list("qualifier") and is_attribute(told)
    return told if qualified else name_of_member(phrase)


def name_of_member(phrase: Phrase) -> str:
    """The name of a member: `preparation_steps` where several are known by that name, else in the singular."""
    one = "_".join(phrase.words)
    several = "_".join((*phrase.words[:-1], plural(phrase.head)))
    return several if phrase.plural and known_type(several) is not None and not is_attribute(one) else one


def in_full(phrases: list[Phrase]) -> list[Phrase]:
    """`entry and exit time`: the first shares the head of the second, for no comma alone stands between the two."""
    found: list[Phrase] = []
    for at, phrase in enumerate(phrases):
        following = phrases[at + 1] if at + 1 < len(phrases) else None
        joined = following is not None and following.start - phrase.end > len(", ")
        beside = following is not None and joined and not phrase.plural and not following.determiners & {"a", "an", "the"}
        longer = shared(phrase.text, following.text) if following is not None and beside else None
        found.append(replace(phrase, words=tuple(longer.split())) if longer else phrase)
    return found


def counted(number: Phrase, phrase: Phrase) -> Phrase:
    """`a number of passengers` is a number; `a number of sets` has a name of its own."""
    if number.head not in {"number", "count"}:
        return phrase
    several = (*phrase.words[:-1], plural(phrase.head))
    known = is_attribute("_".join(phrase.words))
    if known and known_type("_".join(several)) != "integer":
        return phrase
    words = several if known else ("number", "of", *several)
    return replace(phrase, words=words, full=words, plural=False, adjectives=(), determiners=frozenset({"counted"}))


def pairs_up(phrase: Phrase) -> bool:
    """`labels (many-to-many)`."""
    return (
        phrase.aside is not None and re.fullmatch(r"\W*many[- ]to[- ]many\W*|\W*[mn]:[mn]\W*", phrase.aside.text, re.IGNORECASE) is not None
    )


def holding(phrase: Phrase, source: str) -> RelationWord:
    """How a thing has another: preferred or saved things are shared with others."""
    if phrase.plural and "which" in phrase.determiners:
        return "many_to_many"
    if phrase.many and phrase.head in word_list("makers") and source not in word_list("houses"):
        return "many_to_many"
    if phrase.many and set(phrase.adjectives) & {
        "preferred",
        "favorite",
        "favourite",
        "saved",
        "liked",
        "interested",
        "related",
        "associated",
    }:
        return "many_to_many"
    return "has_many" if phrase.many else "has_one"
