"""Tokens of a sentence -> one tag each: what the word does there.

Tags: D determiner, P preposition, C conjunction, R pronoun, M modal, B be, H have, X negation, T `to` before a verb, V verb, G verb in
-ing, E participle in -ed, J adjective, A adverb, N noun, # number, S possessive, U path or address, and the sign itself for punctuation.
English lets most verbs be nouns (`order`, `review`), so a word's neighbours decide.
"""

from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.ambiguity import before_word, continues_chain, known_nouns, resolve, ties_to
from apiwright.planner.embedded.tokens import Token
from apiwright.planner.embedded.words import Lexicon, lexicon

_CLOSED_TAGS = {
    "determiner": "D", "preposition": "P", "conjunction": "C", "pronoun": "R", "modal": "M", "be": "B", "have": "H", "do": "M",
    "negation": "X", "adverb": "A", "number": "#",
}  # fmt: skip
_KIND_TAGS = {"possessive": "S", "path": "U", "url": "U", "number": "#"}
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_EVERY = frozenset({"hourly", "daily", "weekly", "monthly", "yearly", "annually", "annual", "quarterly"})


def tag(tokens: list[Token]) -> list[str]:
    """The tag of each token."""
    words = lexicon()
    tags = ["A" if _keeps_track(at, tokens, words) else _first_guess(token, words) for at, token in enumerate(tokens)]
    chain = False
    for at, token in enumerate(tokens[:-1]):
        following = tokens[at + 1].low
        if token.low == "own" and at and tags[at - 1] in "NMTRC" and tags[at + 1] in "DN~#J":
            tags[at] = "~"  # `reps own deals`, not `their own deals`
        if token.low in {"that", "which"} and (
            words.verbs.get(following, ("", ""))[1] == "s" or words.closed.get(following) in {"modal", "be", "have"}
        ):
            tags[at] = "R"
    for at, token in enumerate(tokens[:-1]):
        if token.low in _EVERY and tokens[at + 1].kind == "word" and tags[at + 1] in "N~":
            tags[at] = "J"
    for at, token in enumerate(tokens):
        if tags[at] in "MT":
            chain = True
        elif tags[at] == "~":
            tags[at] = "V" if _tracks(at, tokens, tags) else resolve(at, tokens, tags, words, chain=chain)
            chain = chain or tags[at] == "V"
        elif tags[at] in ".:;":
            chain = False
        elif (
            tags[at] == "N"
            and (before_word(at, tags) in "MT" or _opens_clause(at, tokens, tags, chain=chain))
            and not is_plural(token.low)
            and singular(token.low) not in known_nouns()
        ):
            tags[at] = "V"
        if token.low == "to" and tags[at] == "P" and _opens_deed(at, tokens, words):
            tags[at] = "T"
            chain = True
    return tags


def _opens_deed(at: int, tokens: list[Token], words: Lexicon) -> bool:
    """Whether `to` stands before a verb: `wants to stream`, but not `belongs to stream`."""
    verb = at + 1 < len(tokens) and words.verbs.get(tokens[at + 1].low, ("", ""))[1] == "base"
    return verb and not (at > 0 and ties_to(tokens[at - 1].low, words))


def _keeps_track(at: int, tokens: list[Token], words: Lexicon) -> bool:
    """`keep track of my records` says no more than `keep my records`."""
    return (
        tokens[at].low == "track" and 0 < at < len(tokens) - 1 and tokens[at + 1].low == "of" and words.base(tokens[at - 1].low) == "keep"
    )


def _tracks(at: int, tokens: list[Token], tags: list[str]) -> bool:
    """`students enroll and track progress`: what follows a bare `track` is tracked."""
    return tokens[at].low == "track" and 0 < at < len(tokens) - 1 and tags[at - 1] in "C,MT" and tags[at + 1] in "N~JD"


def _opens_clause(at: int, tokens: list[Token], tags: list[str], *, chain: bool) -> bool:
    """Whether an unknown word goes on with a chain of verbs: `upload photos, consult experts`."""
    if not chain or at == 0 or tags[at - 1] not in ",C" or at + 1 >= len(tokens) or not continues_chain(at, tags):
        return False
    return tags[at + 1] == "D" or (tags[at + 1] == "N" and is_plural(tokens[at + 1].low))


def _first_guess(token: Token, words: Lexicon) -> str:
    if token.text == "+":
        return ","
    if token.kind != "word":
        return token.text if token.kind == "punct" else _KIND_TAGS[token.kind]
    low = token.low
    if token.text in _METHODS:
        return "U"
    if token.code or "_" in low or (any(char.isupper() for char in token.text[1:]) and not token.text.isupper()):
        return "N"
    if low == "like":
        return "~"
    if (found := words.closed.get(low)) is not None:
        return _CLOSED_TAGS[found]
    if low in words.verbs:
        return "~"
    acronym = token.text.isupper() and len(low) > 1 and singular(low) not in known_nouns()
    if acronym or low in words.adjectives:
        return "J"
    if "-" in low and low.rsplit("-", 1)[1] in {
        "based",
        "friendly",
        "level",
        "wide",
        "ready",
        "free",
        "specific",
        "driven",
        "related",
        "only",
        "like",
        "style",
        "inspired",
    }:
        return "J"
    if singular(low) in known_nouns():
        return "N"
    return _by_ending(low)


def _by_ending(low: str) -> str:
    if low.endswith("ly") and len(low) > 5:
        return "A"
    if low.endswith(("able", "ible", "ful", "less", "ous", "ical", "ish", "esque")) and len(low) > 6:
        return "J"
    if low.endswith("ing") and len(low) > 5:
        return "G"
    if low.endswith("ed") and len(low) > 5:
        return "E"
    return "N"
