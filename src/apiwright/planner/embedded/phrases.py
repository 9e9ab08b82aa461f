"""Tagged tokens -> items: noun phrases, and the tokens between them."""

import re

from msgspec import Struct
from msgspec.structs import replace

from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.ambiguity import known_nouns
from apiwright.planner.embedded.tagging import tag
from apiwright.planner.embedded.tokens import Token
from apiwright.planner.embedded.words import lexicon

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][A-Za-z])")
_MANY = frozenset({"many", "multiple", "several", "various", "numerous", "few", "more", "all", "list", "any"})
_THEIR = frozenset({"their", "his", "her", "my", "our", "own"})


class Aside(Struct, frozen=True):
    """What stands in brackets after a phrase."""

    text: str
    start: int


class Phrase(Struct, frozen=True):
    """A noun with what qualifies it.

    Attributes:
        words: Its nouns in lower case, the last one in the singular: `purchase`, `record`.
        adjectives: What qualifies it (`published`), lower case.
        determiners: `a`, `each`, `many`, `their` and so on.
        plural: Whether it stands in the plural.
        full: Its adjectives and nouns in the order of the prompt.
        owner: Whose it is: `product` in `the product's stock`.
        start: Where its first noun or adjective begins in the prompt; `end` is exclusive.
    """

    words: tuple[str, ...]
    start: int
    end: int
    adjectives: tuple[str, ...] = ()
    determiners: frozenset[str] = frozenset()
    plural: bool = False
    owner: "Phrase | None" = None
    aside: Aside | None = None
    code: bool = False
    full: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """The noun that the phrase is about."""
        return self.words[-1]

    @property
    def text(self) -> str:
        """Its nouns as one text."""
        return " ".join(self.words)

    @property
    def many(self) -> bool:
        """Whether more than one is meant."""
        return self.plural or bool(self.determiners & _MANY)

    @property
    def theirs(self) -> bool:
        """Whether it belongs to who acts: `their own`."""
        return bool(self.determiners & _THEIR)


class Mark(Struct, frozen=True):
    """A token that is no part of a phrase, with its tag."""

    token: Token
    tag: str

    @property
    def low(self) -> str:
        return self.token.low


Item = Phrase | Mark


def items_of(tokens: list[Token], prompt: str) -> list[Item]:
    """The items of a sentence, in order. What stands in brackets is kept beside the phrase before it, unread."""
    tags = tag(tokens)
    items: list[Item] = []
    at = 0
    while at < len(tokens):
        if tags[at] in "([" and (close := _closing(at, tokens)) is not None:
            inner = Aside(text=prompt[tokens[at].end : tokens[close].start], start=tokens[at].end)
            if items and isinstance(items[-1], Phrase) and items[-1].aside is None:
                items[-1] = replace(items[-1], aside=inner)
                at = close + 1
                continue
            if len(items) > 1 and isinstance(too := items[-1], Mark) and too.low in {"too", "also"} and isinstance(of := items[-2], Phrase):
                items[-2:] = [replace(of, aside=inner)]  # `bikes too (brand, model)`
                at = close + 1
                continue
        end = _phrase_end(at, tags, tokens)
        if end > at:
            phrase = _phrase(tokens[at:end], tags[at:end])
            before = items[-1] if items else None
            if isinstance(before, Mark) and before.tag == "S" and len(items) > 1 and isinstance(items[-2], Phrase):
                phrase = replace(phrase, owner=items[-2])
                items[-2:] = []
            items.append(phrase)
            at = end
            continue
        items.append(Mark(tokens[at], tags[at]))
        at += 1
    return items


def is_counted(before: Item, word: Item) -> bool:
    """Whether what follows is only counted: `the number of`."""
    return isinstance(before, Phrase) and before.head in {"number", "count", "total"} and isinstance(word, Mark) and word.low == "of"


def _closing(at: int, tokens: list[Token]) -> int | None:
    depth = 0
    for index in range(at, min(at + 120, len(tokens))):
        if tokens[index].text in ("(", "["):
            depth += 1
        elif tokens[index].text in (")", "]"):
            depth -= 1
            if depth == 0:
                return index
    return None


def _phrase_end(at: int, tags: list[str], tokens: list[Token]) -> int:
    """Where the phrase that begins here ends; `at` itself when none begins."""
    index, noun_end = at, at
    while index < min(len(tags), at + 24):
        current = tags[index]
        if index > at and tokens[index].code and not tokens[index - 1].code and noun_end == index:
            break
        if current == "N" or (current == "G" and noun_end == index and index > at and not _does(index, tags)):
            noun_end = index + 1
        elif current == "G":
            if not _modifies(index, tags, tokens):
                break
        elif current not in "DJ#AE" or (noun_end > at and current in "D#AEJ") or (noun_end == at and current == "A" and index == at):
            break
        index += 1
    return noun_end


def _does(at: int, tags: list[str]) -> bool:
    """Whether a form in -ing after a noun goes on with an object: `an integer giving the number`."""
    return at + 1 < len(tags) and tags[at + 1] in "DJ#R"


def _modifies(at: int, tags: list[str], tokens: list[Token]) -> bool:
    """Whether a form in -ing qualifies the noun after it: `the winning record`, not `for renting domain names`."""
    if at + 1 >= len(tags) or tags[at + 1] != "N":
        return False
    if at == 0:
        return at + 2 < len(tags) and tags[at + 2] in "MBHV"
    before = tags[at - 1]
    if before == "N" and tokens[at].low not in lexicon().nominal and is_plural(tokens[at + 1].low) and not is_plural(tokens[at - 1].low):
        return singular(tokens[at].low) in known_nouns()
    return before in "DJNV" or (before == "V" and tokens[at + 1].kind == "word")


def _phrase(tokens: list[Token], tags: list[str]) -> Phrase:
    nouns: list[str] = []
    adjectives: list[str] = []
    determiners: set[str] = set()
    full: list[str] = []
    start = None
    for token, kind in zip(tokens, tags, strict=True):
        if kind == "D" or (kind == "#" and not nouns):
            determiners.add(token.low)
            continue
        if start is None:
            start = token.start
        if kind in "NG":
            nouns += _split(token)
            full += _split(token)
        elif kind in "JE":
            adjectives.append(token.low)
            full.append(token.low)
            if token.low == "own":
                determiners.add("own")
    head = nouns[-1]
    return Phrase(
        words=(*nouns[:-1], singular(head)),
        start=tokens[0].start if start is None else start,
        end=tokens[-1].end,
        adjectives=tuple(adjectives),
        determiners=frozenset(determiners),
        plural=is_plural(head) and head != singular(head),
        code=any(token.code for token in tokens),
        full=(*full[:-1], singular(full[-1])),
    )


def _split(token: Token) -> list[str]:
    """`orderItems` and `order_items` are two words; `Wi-Fi` and `e-commerce` stay one."""
    text = token.text if not token.text.isupper() else token.low
    if "-" in text and lexicon().is_barren(text.rsplit("-", 1)[1].lower()):
        text = text.replace("-", "_")
    return [part.lower() for part in re.split(r"[_.]", _CAMEL.sub("_", text)) if part] or [token.low]
