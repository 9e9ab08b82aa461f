"""What reading a prompt yields: candidates for entities with their evidence, and what was said of them. Nothing is decided here."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from apiwright.kit.casing import pascal, words_of
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.attributes import is_attribute, is_attribute_name
from apiwright.planner.embedded.catalogue import Entry, catalogue
from apiwright.planner.embedded.fieldspec import FieldNote
from apiwright.planner.embedded.words import lexicon

if TYPE_CHECKING:
    from apiwright.planner.embedded.lines import LineNote

_NAMING = frozenset({"date", "time", "number", "name", "email", "address"})
_PROTOCOL = frozenset(
    {
        "request",
        "response",
        "result",
        "body",
        "payload",
        "error",
        "column",
        "field",
        "parameter",
        "object",
        "status",
        "server",
        "input",
        "output",
        "route",
        "endpoint",
        "index",
        "view",
        "page",
        "form",
        "credential",
    }
)
_THINGS = frozenset({"session", "response", "route", "class"})
_COMPUTING = frozenset(
    {"user", "login", "data", "base", "web", "server", "browser", "game", "success", "error", "json", "request", "endpoint", "successful"}
)
_DOMAIN_LIKE = frozenset({"session", "class", "model", "code", "object", "person", "tool", "software", "web", "system"})
RelationWord = Literal["belongs", "has_many", "has_one", "many_to_many", "one_to_one"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the prompt, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing that words name: its PascalCase name and, when the catalogue knows it, its entry.

    Attributes:
        exact: Whether the catalogue knows these very words (and not only the last of them).
    """

    name: str
    entry: Entry | None = None
    exact: bool = False
    tail: str = ""


@dataclass(slots=True)
class Candidate:
    """A concept with the weights of all evidence that it is an entity, and where it was first seen."""

    concept: Concept
    span: Span
    weights: list[float] = field(default_factory=list[float])
    declared: bool = False
    plural: bool = False
    about: bool = False

    @property
    def score(self) -> float:
        """The strongest evidence counts in full, the rest confirms it."""
        best = max(self.weights, default=0.0)
        return best + 0.3 * min(sum(self.weights) - best, 4.0)


@dataclass(frozen=True, slots=True)
class RelationNote:
    """A relation that the prompt states, from concept to concept (by name)."""

    source: str
    word: RelationWord
    target: str
    span: Span
    name: str = ""
    required: bool | None = None


@dataclass(frozen=True, slots=True)
class BondNote:
    """Two things that the prompt names together. `firm` when it says so of each single one; `many` when of several targets."""

    source: str
    target: str
    span: Span
    many: bool = False
    firm: bool = False


@dataclass(frozen=True, slots=True)
class ActionNote:
    """Somebody may, or may not, do something to a concept: `A manager can approve leave requests`."""

    actor: str
    verb: str
    target: str
    span: Span
    theirs: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class RightNote:
    """Who may, or may not, do what: `Only admins can delete products`.

    Attributes:
        actors: Singular lower-case words: `doctor`, `project manager`, `everyone`, `nobody else`, `logged-in user`, `owner`.
        targets: Names of concepts; empty when the sentence names none, and then everything is meant.
        only: Whether nobody but the actors may.
        own: Whether it is about what belongs to who acts.
        value: The value that `mark as returned` leads to.
    """

    actors: tuple[str, ...]
    verbs: tuple[str, ...]
    targets: tuple[str, ...]
    span: Span
    only: bool = False
    own: bool = False
    negated: bool = False
    modal: bool = False
    value: str = ""


@dataclass(slots=True)
class Notes:
    """Everything that was read.

    Attributes:
        preferred: Entries that the domains of the prompt speak of.
        deeds: Verb, what it is done to (empty when unsaid) and where, for verbs that leave a record (see `deeds`).
        several: Verb and what it is done to, where it is done to several at once: `book one or more services`.
        deed_fields: Verb and member of the record that the deed leaves: `apply with a cover letter`.
        head: What an application keeps that is named after it: the movies of `a movie database with actors`.
        maybe: Thing, member and the member as a field, where a list of fields names something that could be a thing itself.
        own: Everyday words that the prompt makes the name of a thing.
        money: Whether the prompt speaks of money, where an account is not who logs in.
        kept: Concepts that are kept for their own sake: they have members, or are created and managed.
        listed: Roles that the prompt lists as such, or that tell a user story.
        denied: Names of what the prompt does without.
        technical: Whether the prompt speaks of HTTP, where `request` and `message` are no things to keep.
    """

    prompt: str
    preferred: frozenset[str] = frozenset()
    candidates: dict[str, Candidate] = field(default_factory=dict[str, Candidate])
    fields: list[tuple[str, FieldNote]] = field(default_factory=list[tuple[str, FieldNote]])
    relations: list[RelationNote] = field(default_factory=list[RelationNote])
    bonds: list[BondNote] = field(default_factory=list[BondNote])
    actions: list[ActionNote] = field(default_factory=list[ActionNote])
    rights: list[RightNote] = field(default_factory=list[RightNote])
    deeds: list[tuple[str, str, Span]] = field(default_factory=list[tuple[str, str, Span]])
    several: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    deed_fields: list[tuple[str, FieldNote]] = field(default_factory=list[tuple[str, FieldNote]])
    lines: list["LineNote"] = field(default_factory=list["LineNote"])
    head: str = ""
    maybe: list[tuple[str, str, FieldNote]] = field(default_factory=list[tuple[str, str, FieldNote]])
    technical: bool = False
    own: frozenset[tuple[str, ...]] = frozenset()
    money: bool = False
    kept: set[str] = field(default_factory=set[str])
    roles: dict[str, Span] = field(default_factory=dict[str, Span])
    listed: set[str] = field(default_factory=set[str])
    actors: dict[str, Span] = field(default_factory=dict[str, Span])
    accounts: dict[str, Span] = field(default_factory=dict[str, Span])
    denied: set[str] = field(default_factory=set[str])
    auth_cue: Span | None = None
    no_auth: Span | None = None

    def concept(self, words: tuple[str, ...], full: tuple[str, ...] = ()) -> Concept | None:
        """What words name (the last one in the singular), or None when they name nothing to keep.

        `full` has the adjectives too: some names are made of one (`electronic file`).
        """
        for cut in range(len(words)):
            if words[cut:] in self.own and (cut == 0 or not catalogue().named(" ".join(words[:cut]))):
                return Concept(
                    name=pascal(" ".join(words[cut:])), entry=catalogue().named(" ".join(words[cut:]), self.preferred), exact=True
                )
        if self.technical and words and words[-1] in _PROTOCOL:
            return None
        if len(full) > len(words):
            for cut in range(len(full) - len(words)):
                if entry := catalogue().named(" ".join(full[cut:]).replace("-", " "), self.preferred):
                    return _known(list(full[cut:]), 0, entry, "")
        found = concept_of(words, self.preferred)
        if found is not None and found.entry is not None and found.entry.name == "Account" and not self.money:
            return Concept(name="User", entry=catalogue().entries["User"], exact=True, tail=found.tail)
        return found

    def add(  # noqa: PLR0913 - three flags by keyword
        self, concept: Concept, weight: float, span: Span, *, declared: bool = False, plural: bool = False, about: bool = False
    ) -> str:
        """Notes evidence for a concept and answers its name."""
        found = self.candidates.setdefault(concept.name, Candidate(concept=concept, span=span))
        found.weights.append(weight)
        found.declared = found.declared or declared
        found.plural = found.plural or plural
        found.about = found.about or about
        return concept.name

    def has(self, name: str) -> bool:
        """Whether a concept of that name was seen."""
        return name in self.candidates


@lru_cache(maxsize=8192)
def concept_of(words: tuple[str, ...], preferred: frozenset[str] = frozenset()) -> Concept | None:
    """See `Notes.concept`."""
    known = catalogue()
    parts = [part for word in words if word.isascii() for part in _parts(word)][-5:]
    left = [*(part for part in parts[:-1] if not part[0].isdigit()), *parts[-1:]]
    tail = ""
    while left and not known.named(" ".join(left), preferred) and lexicon().is_barren(left[-1]) and not _is_thing(left):
        tail = left.pop()
        if left:
            left[-1] = singular(left[-1])
    if not left or (tail in _NAMING and is_attribute_name("_".join([*left, tail])) and not known.named(" ".join([*left, tail]), preferred)):
        return None
    if len(left) > 1 and left[-1] == "profile" and (entry := known.named(" ".join(left[:-1]), preferred)) and "account" not in entry.flags:
        left.pop()
    for cut in range(len(left)):
        entry = known.named(" ".join(left[cut:]), preferred)
        if entry is not None:
            return _known(left, cut, entry, tail)
    head = left[-1]
    if is_attribute("_".join(left)) or is_attribute(head) or head in lexicon().adjectives or len(head) < 2 or head[0].isdigit():
        return None
    kept = [word for word in left[-2:] if not lexicon().is_barren(word)]
    return Concept(name=pascal(" ".join(kept)), tail=tail) if kept and pascal(" ".join(kept)) else None


def _parts(word: str) -> list[str]:
    """`real-estate` is two words; `check-in` is one."""
    first, sign, last = word.rpartition("-")
    together = sign and last in {"in", "out", "up", "off", "down"} and not catalogue().named(word.replace("-", " "))
    return [first + last] if together and first.isalpha() else word.replace("-", " ").split()


def _is_thing(words: list[str]) -> bool:
    """`practice session`, `survey response`: a word of technology is a thing where another thing stands before it."""
    return (
        len(words) > 1
        and words[-1] in _THINGS
        and words[-2] not in _COMPUTING
        and lexicon().barren.get(words[-2]) in {None, "abstract"}
        and words[-2] not in lexicon().closed
    )


def in_full(concept: Concept, words: tuple[str, ...]) -> Concept:
    """The concept under all of its words: a declared `Main Customer` is another thing than a customer."""
    name = pascal(" ".join(words))
    same = len(words) == 1 or catalogue().named(" ".join(words)) is not None or not name.isascii() or len(name) > 47
    return concept if same else Concept(name=name, entry=concept.entry, exact=False)


def _known(left: list[str], cut: int, entry: Entry, tail: str) -> Concept | None:
    alias = " ".join(left[cut:])
    modifiers = [word for word in left[:cut] if not lexicon().is_barren(word)]
    weak = "weak" in entry.flags
    if (
        cut
        and len(alias.split()) == 1
        and lexicon().barren.get(left[cut - 1]) in {"technology", "http"}
        and left[cut - 1] not in _DOMAIN_LIKE
    ):
        return None
    if alias in {"service", "module", "listing"} and modifiers and catalogue().named(singular(modifiers[-1])):
        return concept_of((*modifiers[:-1], singular(modifiers[-1])))
    if weak and not modifiers and len(alias.split()) == 1 and lexicon().is_barren(alias) and tail:
        return None
    if "account" in entry.flags:
        return Concept(name=entry.name, entry=entry, exact=not modifiers, tail=tail)
    own = entry.name.lower().endswith(alias.split()[-1])
    whole = own and (len(alias.split()) > 1 or len(words_of(entry.name)) == 1)
    sibling = own and len(alias.split()) == 2 and len(words_of(entry.name)) == 2
    whole = whole or lexicon().base(alias) == entry.name.lower()
    name = pascal(alias) if sibling else entry.name if whole or len(alias.split()) > 2 else pascal(alias)
    if modifiers and weak and not is_attribute(alias):
        return Concept(name=pascal(f"{modifiers[-1]} {alias}"), entry=entry, exact=False, tail=tail)
    return Concept(name=name, entry=entry, exact=not modifiers, tail=tail)
