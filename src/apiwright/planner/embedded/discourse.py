"""What is spoken of while sentences are read."""

import re

from msgspec.structs import replace

from apiwright.kit.casing import pascal, words_of
from apiwright.kit.inflection import plural
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.member_names import BOUNDS
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.words import lexicon, word_list

_META = frozenset({"task", "project", "assignment", "challenge", "goal", "job", "test", "exercise", "feature"})
_MEASURES = frozenset({"character", "letter", "symbol", "dollar", "euro", "cent"})
_LENGTHS = frozenset({"word", "line", "page", "paragraph"})
_ROOM = frozenset({"place", "spot", "space"})
_SOUGHT = frozenset({"term", "criterion", "keyword", "parameter", "option", "query", "word", "text"})
_LEFT = frozenset({"free", "available", "remaining", "open", "empty"})
_NEAR = 400
_TRADES = frozenset({"auction", "opera", "coffee", "tea", "power", "fashion"})
_POINTING = frozenset({"following", "source", "destination"})
_TYPED = Pattern(r"\s*(?:an?\s+)?(?:string|number|integer|int|float|decimal|bool(?:ean)?|date(?:-?time)?)\b", re.IGNORECASE)
_WHEN = Pattern(r"\b(?:on|upon|at|by|before|after|until|till|per)\s+$", re.IGNORECASE)
_PICTURES = frozenset({"picture", "photo", "image", "pic"})
_COMMANDS = frozenset(
    {("create",), ("read",), ("update",), ("delete",), ("edit",), ("remove",), ("insert",), ("retrieve",), ("following",)}
)
_SORTED = frozenset(
    {"fixed", "alphabetical", "random", "reverse", "chronological", "specific", "given", "certain", "ascending", "descending"}
)
_SOFTWARE = frozenset({"web", "web-based", "rest", "restful", "backend", "mobile", "cloud"})
_TEXTS = frozenset({"product", "document", "paper", "specification", "text", "list", "page", "section", "chapter", "report", "file"})
_OF_DATA = frozenset({"resource", "entity", "table", "model", "collection", "record"})
_TRIES = frozenset({"attempt", "request", "call", "import", "upload", "login"})
_ENDED = frozenset({"failed", "successful", "unsuccessful", "invalid", "wrong", "repeated"})
_BESIDES = frozenset(
    {"side", "pet", "hobby", "school", "college", "weekend", "course", "semester", "thesis", "student", "portfolio", "demo"}
)


class Discourse:
    """The notes, and the concepts spoken of last.

    Attributes:
        recent: The concept named last.
        nearest: Its name, or that of the last path.
        resource: The last path's resource.
        topics: What sentences were about, which `it` means in the next ones.
    """

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.recent: Concept | None = None
        self.nearest: str | None = None
        self.resource: str | None = None
        self.topics: list[Phrase] = []

    def speak_of(self, name: str) -> None:
        """Makes a concept that was noted elsewhere the one spoken of last."""
        self.nearest = self.resource = name
        self.recent = self.notes.candidates[name].concept

    def topic(self, start: int) -> Phrase | None:
        """What the text right before a place was about."""
        before = [phrase for phrase in self.topics if start - _NEAR < phrase.start < start]
        return max(before, key=lambda phrase: phrase.start, default=None)

    def concept(self, phrase: Phrase | None) -> Concept | None:
        """What a phrase names, if anything. `your task` and `this project` name nothing."""
        if phrase is None or len(phrase.words) > 6 or _is_house(phrase) or is_software(phrase):
            return None
        if (pointed := _pointed_at(phrase)) is not None:
            return self.concept(pointed)
        if (
            len(phrase.words) == 1
            and not phrase.plural
            and phrase.head in _META
            and phrase.determiners & {"your", "this", "the", "our", "these"}
        ):
            return None
        counted = any(word.isdigit() or lexicon().closed.get(word) == "number" for word in phrase.determiners)
        if counted and (phrase.head in _MEASURES or (phrase.head in _LENGTHS and phrase.determiners & {"most", "least"})):
            return None
        if phrase.full[0] in BOUNDS and len(phrase.full) > 1:
            return None
        if _is_no_thing(phrase) or (phrase.plural and phrase.head in _OF_DATA and phrase.determiners & {"these", "following", "those"}):
            return None
        if self._is_quoted(phrase):
            return None
        if self.is_answered(phrase) or self._is_passing(phrase) or self.is_occasion(phrase):
            return None
        if is_picture(phrase) or phrase.full in _COMMANDS or (phrase.head in _TRIES and set(phrase.adjectives) & _ENDED):
            return None
        if phrase.head == "project" and set(phrase.full[:-1]) & _BESIDES:
            return None
        return self.theirs(phrase) or self.notes.concept(phrase.words, phrase.full)

    def theirs(self, phrase: Phrase) -> Concept | None:
        """The pianos of `customer pianos`, where the catalogue knows neither."""
        found = self.notes.concept(phrase.words, phrase.full) if len(phrase.words) == 2 and phrase.plural else None
        unknown = found is not None and found.entry is None and not found.tail
        return Concept(name=pascal(phrase.head)) if unknown and self.whose(phrase) is not None else None

    def whose(self, phrase: Phrase) -> Concept | None:
        """The people whose `client galleries` and `customer pianos` are, where the catalogue knows no such thing."""
        whose = self.notes.concept(phrase.words[:-1]) if len(phrase.words) > 1 and phrase.plural else None
        known = whose is not None and whose.exact and not whose.tail and whose.entry is not None and "person" in whose.entry.flags
        return whose if known and catalogue().named(phrase.text) is None else None

    def _is_passing(self, phrase: Phrase) -> bool:
        """Whether a phrase speaks of the answer to a request, of an address that is shared, of the text itself, or of `their score`."""
        if len(phrase.full) != 1 or phrase.plural or not phrase.determiners:
            return False
        head, told = phrase.head, phrase.determiners
        if (
            (phrase.theirs or "its" in told)
            and is_attribute(head)
            and head not in word_list("houses")
            and phrase.words not in self.notes.own
        ):
            return re.search(rf"\b{plural(head)}\b", self.notes.prompt, re.IGNORECASE) is None
        if head == "link":
            return "Link" not in self.notes.preferred
        return head in _TEXTS and bool(told & {"this", "these"})

    def _is_quoted(self, phrase: Phrase) -> bool:
        """Whether a phrase is the name of a member in quotes: `address`, or `items` (string)."""
        if not phrase.code or phrase.determiners:
            return False
        name = "_".join(words_of(self.notes.prompt[phrase.start : phrase.end]))
        typed = phrase.aside is not None and _TYPED.match(phrase.aside.text) is not None
        return typed or name in self.notes.quoted

    def is_answered(self, phrase: Phrase) -> bool:
        """Whether a phrase means one of what a request answers: `an array in which each item has an id`."""
        one = len(phrase.full) == 1 and not phrase.plural and phrase.head in {"item", "element", "entry"}
        return (
            self.notes.technical
            and one
            and bool(phrase.determiners & {"each", "every"})
            and self.resource not in {None, phrase.head.capitalize()}
        )

    def is_occasion(self, phrase: Phrase) -> bool:
        """Whether a phrase tells when something is done, and names no thing: `issued on entry`, `paid at checkout`."""
        bare = len(phrase.full) == 1 and not phrase.plural and not phrase.determiners
        return (
            bare
            and phrase.head in word_list("occasion")
            and _WHEN.search(self.notes.prompt[max(phrase.start - 8, 0) : phrase.start]) is not None
        )


def _pointed_at(phrase: Phrase) -> Phrase | None:
    """The account of `the source account`, the features of `the following features`."""
    if len(phrase.words) < 2 or phrase.words[0] not in _POINTING:
        return None
    return replace(phrase, words=phrase.words[1:], full=phrase.full[1 - len(phrase.words) :])


def _is_no_thing(phrase: Phrase) -> bool:
    """`in reverse order`, `a search term`, `free places` are ways of speaking."""
    return (
        (phrase.head == "order" and bool(set(phrase.adjectives) & _SORTED))
        or (phrase.full[0] in {"search", "filter", "sort"} and phrase.head in _SOUGHT)
        or (phrase.head in _ROOM and bool(set(phrase.adjectives) & _LEFT))
    )


def _is_house(phrase: Phrase) -> bool:
    """`a printing house` and `the auction house` are places where people work."""
    return phrase.head == "house" and len(phrase.full) > 1 and (phrase.full[-2].endswith("ing") or phrase.full[-2] in _TRADES)


def is_picture(phrase: Phrase) -> bool:
    """`profile photo` is a member of an account."""
    return phrase.words[0] == "profile" and phrase.head in _PICTURES


def span_of(phrase: Phrase | None) -> Span:
    """The characters of a phrase."""
    return Span(phrase.start, phrase.end) if phrase else Span(0, 0)


def is_software(phrase: Phrase) -> bool:
    """`a web service` is the application, whatever article it has; `a cleaning service` is none."""
    told = not phrase.plural and not phrase.determiners & {"each", "every"}
    return told and phrase.head in word_list("world") and not _SOFTWARE.isdisjoint(phrase.full[:-1])


def is_world(statement: Statement) -> bool:
    """Whether the subject is the application itself: `the system should have ...`, but not `each tool has ...`."""
    subject = statement.subject
    if subject is None or subject.head not in word_list("world"):
        return False
    return is_software(subject) or statement.modal or not subject.determiners & {"a", "an", "each", "every"}
