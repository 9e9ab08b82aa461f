"""What reading a prompt yields: candidates for entities with their evidence, and what was said of them. Nothing is decided here."""

from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from apiwright.kit.casing import pascal
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.concepts import Concept, concept_of, known_as
from apiwright.planner.embedded.fieldspec import FieldNote

if TYPE_CHECKING:
    from apiwright.planner.embedded.lines import LineNote

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
RelationWord = Literal["belongs", "has_many", "has_one", "many_to_many", "one_to_one"]


class Span(Struct, frozen=True):
    """Characters of the prompt, end exclusive."""

    start: int
    end: int


class Candidate(Struct):
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


class RelationNote(Struct, frozen=True):
    """A relation that the prompt states, from concept to concept (by name)."""

    source: str
    word: RelationWord
    target: str
    span: Span
    name: str = ""
    required: bool | None = None


class BondNote(Struct, frozen=True):
    """Two things that the prompt names together. `firm` when it says so of each single one; `many` when of several targets."""

    source: str
    target: str
    span: Span
    many: bool = False
    firm: bool = False


class ActionNote(Struct, frozen=True):
    """Somebody may, or may not, do something to a concept: `A manager can approve leave requests`. A `path` tells it of one row."""

    actor: str
    verb: str
    target: str
    span: Span
    theirs: bool = False
    negated: bool = False
    path: bool = False


class RightNote(Struct, frozen=True):
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


class Notes(Struct):
    """Everything that was read.

    Attributes:
        preferred: Entries that the domains of the prompt speak of.
        deeds: Verb, what it is done to (empty when unsaid) and where, for verbs that leave a record (see `deeds`).
        several: Verb and what it is done to, where it is done to several at once: `book one or more services`.
        deed_fields: Verb and member of the record that the deed leaves: `apply with a cover letter`.
        head: What an application keeps that is named after it: the movies of `a movie database with actors`.
        paths: Where each path begins, and the resource that it names last.
        loose: Members that the prompt names without saying whose they are.
        maybe: Thing, member and the member as a field, where a list of fields names something that could be a thing itself.
        own: Everyday words that the prompt makes the name of a thing.
        money: Whether the prompt speaks of money, where an account is not who logs in.
        listed_things: Things that an application is told to keep: `an API with products, owners and claims`.
        quoted: Members that the prompt names in quotes, as those of a request.
        kept: Concepts that are kept for their own sake: they have members, or are created and managed.
        listed: Roles that the prompt lists as such, or that tell a user story.
        addressed: What people send each other, and where the prompt says so.
        sides: Who alone may see a thing, as its members are called: the sender and the receiver of a message.
        denied: Names of what the prompt does without.
        optional: Names of members that need not be there.
        tested: Whether the tests that it speaks of are those of the software.
        modelled: How many things a list of entities declares.
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
    paths: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    loose: list[FieldNote] = field(default_factory=list[FieldNote])
    maybe: list[tuple[str, str, FieldNote]] = field(default_factory=list[tuple[str, str, FieldNote]])
    technical: bool = False
    modelled: int = 0
    tested: bool = False
    own: frozenset[tuple[str, ...]] = frozenset()
    money: bool = False
    listed_things: set[str] = field(default_factory=set[str])
    quoted: set[str] = field(default_factory=set[str])
    kept: set[str] = field(default_factory=set[str])
    roles: dict[str, Span] = field(default_factory=dict[str, Span])
    listed: set[str] = field(default_factory=set[str])
    actors: dict[str, Span] = field(default_factory=dict[str, Span])
    accounts: dict[str, Span] = field(default_factory=dict[str, Span])
    addressed: dict[str, Span] = field(default_factory=dict[str, Span])
    sides: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    denied: set[str] = field(default_factory=set[str])
    optional: set[str] = field(default_factory=set[str])
    auth_cue: Span | None = None
    no_auth: Span | None = None

    def concept(self, words: tuple[str, ...], full: tuple[str, ...] = ()) -> Concept | None:
        """What words name (the last one in the singular), or None when they name nothing to keep.

        `full` has the adjectives too: some names are made of one (`electronic file`).
        """
        if words == ("answer",) and self.technical and "answers" not in self.prompt.lower():
            return None
        for cut in range(len(words)):
            if words[cut:] in self.own and (cut == 0 or not catalogue().named(" ".join(words[:cut]))):
                return Concept(
                    name=pascal(" ".join(words[cut:])), entry=catalogue().named(" ".join(words[cut:]), self.preferred), exact=True
                )
        if words == ("link",) and self.technical and "Link" not in self.preferred:
            return None
        if (self.technical and words and words[-1] in _PROTOCOL) or (words == ("test",) and self.tested):
            return None
        if len(full) > len(words):
            for cut in range(len(full) - len(words)):
                if entry := catalogue().named(" ".join(full[cut:]).replace("-", " "), self.preferred):
                    return known_as(list(full[cut:]), 0, entry, "")
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
