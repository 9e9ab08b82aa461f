"""What is spoken of while sentences are read."""

import re

from apiwright.kit.inflection import plural
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.words import lexicon, word_list

_META = frozenset({"task", "project", "assignment", "challenge", "goal", "job", "test", "exercise", "feature"})
_MEASURES = frozenset({"character", "letter", "symbol", "dollar", "euro", "cent"})
_LENGTHS = frozenset({"word", "line", "page", "paragraph"})
_ROOM = frozenset({"place", "spot", "space"})
_LEFT = frozenset({"free", "available", "remaining", "open", "empty"})
_NEAR = 400
_WHEN = Pattern(r"\b(?:on|upon|at|by|before|after|until|till|per)\s+$", re.IGNORECASE)
BOUNDS = frozenset({"min", "max", "minimum", "maximum"})
_PICTURES = frozenset({"picture", "photo", "image", "pic"})
_COMMANDS = frozenset(
    {("create",), ("read",), ("update",), ("delete",), ("edit",), ("remove",), ("insert",), ("retrieve",), ("following",)}
)
_SORTED = frozenset(
    {"fixed", "alphabetical", "random", "reverse", "chronological", "specific", "given", "certain", "ascending", "descending"}
)
_TEXTS = frozenset({"product", "document", "paper", "specification", "text", "list", "page", "section", "chapter", "report", "file"})
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
        if phrase is None or len(phrase.words) > 6:
            return None
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
        if phrase.head == "order" and set(phrase.adjectives) & _SORTED:
            return None
        if phrase.head in _ROOM and set(phrase.adjectives) & _LEFT:
            return None
        if self._is_passing(phrase) or self.is_occasion(phrase):
            return None
        if is_picture(phrase) or phrase.full in _COMMANDS or (phrase.head in _TRIES and set(phrase.adjectives) & _ENDED):
            return None
        if phrase.head == "project" and set(phrase.full[:-1]) & _BESIDES:
            return None
        return self.notes.concept(phrase.words, phrase.full)

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

    def is_occasion(self, phrase: Phrase) -> bool:
        """Whether a phrase tells when something is done, and names no thing: `issued on entry`, `paid at checkout`."""
        bare = len(phrase.full) == 1 and not phrase.plural and not phrase.determiners
        return (
            bare
            and phrase.head in word_list("occasion")
            and _WHEN.search(self.notes.prompt[max(phrase.start - 8, 0) : phrase.start]) is not None
        )


def is_picture(phrase: Phrase) -> bool:
    """`profile photo` is a member of an account."""
    return phrase.words[0] == "profile" and phrase.head in _PICTURES


def span_of(phrase: Phrase | None) -> Span:
    """The characters of a phrase."""
    return Span(phrase.start, phrase.end) if phrase else Span(0, 0)


def is_world(statement: Statement) -> bool:
    """Whether the subject is the application itself: `the system should have ...`, but not `each tool has ...`."""
    subject = statement.subject
    if subject is None or subject.head not in word_list("world"):
        return False
    return statement.modal or not subject.determiners & {"a", "an", "each", "every"}
