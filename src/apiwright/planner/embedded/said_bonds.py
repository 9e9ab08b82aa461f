"""Bonds: things that a sentence names together, where it does not say that one has or belongs to the other.

`A batch is brewed from one recipe in one tank`, `pupils take lessons`, `faults of a lift`: what hangs together in the prompt hangs together
in the database, unless something stronger ties the two (see `bonding`).
"""

from collections.abc import Iterator

from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, is_world
from apiwright.planner.embedded.notes import BondNote, RelationNote, Span
from apiwright.planner.embedded.phrases import Item, Mark, Phrase
from apiwright.planner.embedded.words import lexicon, word_list

_APART = frozenset(
    {"with", "including", "include", "such-as", "like", "as", "via", "than", "without", "using", "by", "e.g.", "through", "after", "before"}
)
_MANY = frozenset({"many", "multiple", "several", "more", "various"})
_ONE = frozenset({"one", "a", "an", "each", "every", "single", "exactly", "its", "their"})
_EXACTLY = frozenset({"one", "single", "exactly"})
_HOLDING = frozenset(
    {
        "own",
        "offer",
        "employ",
        "run",
        "provide",
        "contain",
        "hold",
        "host",
        "show",
        "sell",
        "produce",
        "send",
        "generate",
        "publish",
        "organize",
    }
)
_CLOSE = frozenset({"per", "between"})
_SHARE = frozenset({"part", "component", "element", "piece"})
_BY_ITSELF = frozenset({"be", "have"})
_LOOSE = frozenset({"view", "manage"})
_JOINED = frozenset(",C/")


def read_bonds(said: Discourse, statements: list[Statement], items: list[Item]) -> None:
    """Notes which things a sentence names together."""
    for item in items:
        if isinstance(item, Phrase) and len(item.words) > 1:
            _compound(said, item)
    linked: set[int] = set()
    for statement in statements:
        if statement.negated:
            continue
        linked.update(id(phrase) for _, phrase in statement.links)
        for left, right, firm in _told(said, statement):
            _note(said, left, right, firm=firm)
    for left, right in _theirs(items):
        if right.plural:
            _note(said, right, left, firm=True)
        else:
            _hang(said, left, right)
    for left, word, right in _beside(items):
        if word == "of" and left.words == ("owner",):
            _own(said, left, right)
        elif word == "of" and left.words == ("member",) and left.plural:
            _gather(said, left, right)
        if word == "of" or id(left) not in linked or id(right) not in linked:
            _note(said, left, right, firm=word in _CLOSE or (word == "of" and left.head in word_list("happening")))


def _compound(said: Discourse, phrase: Phrase) -> None:
    """`client properties` and `customer reviews` are theirs."""
    whole, inner = said.concept(phrase), said.notes.concept(phrase.words[:-1])
    known = inner is not None and inner.entry is not None and not inner.tail and inner.exact
    if whole is not None and inner is not None and known and not whole.tail and not whole.name.startswith(inner.name):
        said.notes.bonds.append(BondNote(source=whole.name, target=inner.name, span=Span(phrase.start, phrase.end), firm=phrase.plural))


def _told(said: Discourse, statement: Statement) -> Iterator[tuple[Phrase, Phrase, bool]]:
    """What a statement ties: its objects to what stands behind a preposition, and to who acts."""
    subject = None if is_world(statement) else statement.subject
    towards = [(word, phrase) for word, phrase in statement.links if word not in _APART]
    lefts = [phrase for phrase in statement.objects if phrase.head not in _SHARE] or ([subject] if subject is not None else [])
    for left in lefts:
        for word, right in towards:
            one = bool(right.determiners & (_ONE if statement.passive or "be" in statement.verbs else _EXACTLY))
            yield left, right, one or word in _CLOSE
    if subject is None or set(statement.verbs) <= _BY_ITSELF:
        return
    concept = said.concept(subject)
    person = concept is not None and _is_person(concept)
    classes = {name for verb in statement.verbs for name in lexicon().verb_classes.get(verb, ())}
    if person and classes & _LOOSE and not statement.passive:
        return
    for phrase in statement.objects:
        if person or phrase.plural or statement.passive:
            held = bool(set(statement.verbs) & _HOLDING) and not statement.passive
            yield phrase, subject, phrase.head in word_list("happening") if person else held
        else:
            yield subject, phrase, False


def _theirs(items: list[Item]) -> Iterator[tuple[Phrase, Phrase]]:
    """`companies and their offices`."""
    for left, joint, right in zip(items, items[1:], items[2:], strict=False):
        joined = isinstance(joint, Mark) and joint.low in {"and", "&", "with"}
        if joined and isinstance(left, Phrase) and isinstance(right, Phrase) and left.plural and "their" in right.determiners:
            yield left, right


def _beside(items: list[Item]) -> Iterator[tuple[Phrase, str, Phrase]]:
    """`sensors in zones`, `games played in a tournament`, `movements between wards and rooms`."""
    for at, left in enumerate(items):
        if not isinstance(left, Phrase):
            continue
        end, word = at + 1, ""
        while end < len(items) and isinstance(mark := items[end], Mark) and mark.tag in "PEA":
            word = mark.low if mark.tag == "P" else word
            end += 1
        if not word or word in _APART:
            continue
        while end < len(items) and isinstance(right := items[end], Phrase):
            yield left, word, right
            end += 1
            while end < len(items) and isinstance(mark := items[end], Mark) and mark.tag in _JOINED:
                end += 1
            after = items[end + 1] if end + 1 < len(items) else None
            if word != "between" or (isinstance(after, Mark) and after.tag in "VMBH"):
                break


def _note(said: Discourse, left: Phrase, right: Phrase, *, firm: bool) -> None:
    source, target = said.concept(left), said.concept(right)
    if source is None or target is None or source.name == target.name or source.tail or target.tail:
        return
    many = bool(right.determiners & _MANY)
    span = Span(min(left.start, right.start), max(left.end, right.end))
    said.notes.bonds.append(BondNote(source=source.name, target=target.name, span=span, many=many, firm=firm))


def _hang(said: Discourse, left: Phrase, right: Phrase) -> None:
    """`shelves with their warehouse`: each has one."""
    source, target = said.concept(left), said.concept(right)
    if source is not None and target is not None and source.name != target.name and not source.tail and not target.tail:
        span = Span(left.start, right.end)
        said.notes.relations.append(RelationNote(source=source.name, word="belongs", target=target.name, span=span, required=False))


def _own(said: Discourse, owner: Phrase, right: Phrase) -> None:
    """`the owner of a tool`: a tool has one."""
    target = said.concept(right)
    if target is not None and not target.tail and target.name not in {"User", "Owner"}:
        span = Span(owner.start, right.end)
        said.notes.relations.append(RelationNote(source=target.name, word="belongs", target="Owner", span=span, name="owner"))


def _gather(said: Discourse, members: Phrase, right: Phrase) -> None:
    """`members of a board`: people take part in several such things, but belong to one club."""
    target = said.concept(right)
    if target is None or target.tail or target.name == "User" or right.head in word_list("houses") | word_list("establishment"):
        return
    span = Span(members.start, right.end)
    said.notes.relations.append(RelationNote(source=target.name, word="many_to_many", target="Member", span=span))


def _is_person(concept: Concept) -> bool:
    if concept.entry is not None:
        return bool(concept.entry.flags & {"person", "account"})
    return concept.name.lower() in word_list("crowd") | word_list("kinds")
