"""What sentences tell of relations: `X belongs to Y`, `each batch follows one recipe`."""

from msgspec.structs import replace

from apiwright.kit.casing import snake
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, span_of
from apiwright.planner.embedded.fieldspec import FieldNote
from apiwright.planner.embedded.notes import RelationNote, Span
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.said_coverings import read_covering
from apiwright.planner.embedded.said_occasions import occasion_of
from apiwright.planner.embedded.words import lexicon, word_list

_HAPPENING = frozenset({"take", "happen", "occur"})
_PLACED = frozenset({"store", "keep", "hold", "run", "place", "locate", "perform", "attach", "live", "reside", "lie", "sit", "hang"})
_STAYING = frozenset({"live", "reside", "lie", "sit", "hang"})
_MEETING = frozenset({"join", "attend", "visit", "enter", "participate", "play", "sing", "serve"})
_GATHERING = frozenset({"list", "collection", "shelf", "playlist", "wishlist", "bundle", "album", "watchlist", "folder"})
_SEVERAL = frozenset({"several", "many", "multiple", "more"})
_DIVIDING = frozenset({"group", "sort", "organize", "organise", "categorize", "categorise"})
"""What is grouped into collections is in one of them."""
_PUTTING = frozenset({"add", "put", "move", "attach", "file", "enroll", "enrol"}) | _DIVIDING
_PERIODS = frozenset({"year", "quarter", "month", "week", "day", "season"})
_TROUBLE = frozenset({"problem", "issue", "fault", "defect", "trouble", "difficulty"})
_LINES = frozenset({"item", "entry", "task", "line", "card", "step", "todo"})
_MAKING = frozenset(
    {
        "submit",
        "place",
        "write",
        "leave",
        "post",
        "publish",
        "create",
        "upload",
        "file",
        "send",
        "make",
        "give",
        "issue",
        "schedule",
        "start",
        "offer",
        "list",
        "sell",
        "open",
        "report",
        "raise",
        "add",
        "record",
        "register",
    }
)


class RelationReader:
    """Notes relations between concepts."""

    def __init__(self, said: Discourse) -> None:
        self._said = said
        self._notes = said.notes

    def to_one(self, statement: Statement, subject: Concept | None) -> None:
        """`each batch follows one recipe`, `a course is taught by one teacher`: many to one."""
        if statement.verbs == ["be"] and not statement.negated:
            self._member_of(statement)
        read_covering(self._said, statement, subject)
        placing = statement.passive and bool(set(statement.verbs) & _PLACED)
        one = statement.subject is not None and "one" in statement.subject.determiners
        among = statement.verbs == ["be"] and not one and any(phrase.determiners & _SEVERAL for _, phrase in statement.links)
        if (statement.modal and not placing and not among) or statement.negated:
            return
        held = bool(set(statement.verbs) & _HAPPENING)
        placed = bool(set(statement.verbs) & _PLACED) and not held and (statement.passive or bool(set(statement.verbs) & _STAYING))
        pairs = self._pairs(statement, subject, placed=placed, held=held)
        for source, left, right in pairs:
            target = self._said.concept(right)
            if placed and source is not None and len(pairs) > 1 and is_attribute(right.text) and right.determiners & {"a", "an"}:
                self._notes.fields.append((source.name, FieldNote(name=snake(right.text), start=right.start, end=right.end)))
            elif (
                source is not None
                and target is not None
                and left is not None
                and source.name != target.name
                and left.head not in word_list("world")
                and not target.tail
            ):
                self._one(statement, (source, left), (target, right), placed=placed, held=held)

    def _pairs(
        self, statement: Statement, subject: Concept | None, *, placed: bool, held: bool
    ) -> list[tuple[Concept | None, Phrase | None, Phrase]]:
        """What may belong to what: the thing, its phrase, and the phrase of the other."""
        if held:
            return [(subject, statement.subject, phrase) for word, phrase in statement.links if word in {"in", "at", "on"}]
        pairs: list[tuple[Concept | None, Phrase | None, Phrase]] = [(subject, statement.subject, phrase) for phrase in statement.objects]
        if statement.passive:
            pairs = [
                (self._said.concept(left), left, right) for left in statement.objects for word, right in statement.links if word == "by"
            ]
        if statement.verbs == ["be"]:
            pairs += [(subject, statement.subject, phrase) for word, phrase in statement.links if word in {"for", "in", "of", "on"}]
        if placed:
            lefts = [(self._said.concept(left), left) for left in (statement.objects if statement.passive else [statement.subject])]
            pairs += [(*left, phrase) for left in lefts for word, phrase in statement.links if word in {"in", "at", "on", "to"}]
        return pairs

    def _one(self, statement: Statement, whole: tuple[Concept, Phrase], other: tuple[Concept, Phrase], *, placed: bool, held: bool) -> None:
        """Notes one such pair, where the other is one, or where several are told of in the same way."""
        (source, left), (target, right) = whole, other
        span = Span(statement.start, statement.end)
        single = (
            right.determiners & {"one", "single", "exactly"}
            or (placed and bool(source.entry and target.entry))
            or (placed and left.plural and right.plural and not statement.passive)
            or ((statement.passive or held or placed) and not right.plural and right.determiners & {"a", "an"})
        )
        told = statement.passive or statement.verbs == ["be"]
        if told and right.determiners & _SEVERAL and target.name != "User":
            self._notes.add(source, 1.7, span_of(left), plural=left.plural)
            self._notes.add(target, 1.7, span_of(right), plural=True)
            self._notes.relations.append(RelationNote(source=source.name, word="many_to_many", target=target.name, span=span))
        elif single and not right.determiners & {"more"} and (source.entry or target.entry):
            for concept, phrase in ((source, left), (target, right)):
                self._notes.add(concept, 1.6, span_of(phrase), plural=phrase.plural)
            self._notes.relations.append(RelationNote(source=source.name, word="belongs", target=target.name, span=span))

    def _member_of(self, statement: Statement) -> None:
        """`a user can be a member of several organizations`."""
        joined = bool(statement.objects) and statement.objects[-1].head in {"member", "participant"}
        for word, phrase in statement.links if joined else []:
            source, target = self._said.concept(statement.subject), self._said.concept(phrase)
            if word == "of" and phrase.many and source is not None and target is not None and source.name != target.name:
                self._notes.add(target, 1.7, span_of(phrase), plural=True)
                self._notes.relations.append(
                    RelationNote(source=target.name, word="many_to_many", target=source.name, span=Span(statement.start, statement.end))
                )

    def meeting(self, statement: Statement, subject: Concept | None) -> None:
        """`characters join campaigns`: many of each, where those who join are kept for their own sake."""
        if not set(statement.verbs) & _MEETING or statement.negated or subject is None or statement.subject is None:
            return
        span = Span(statement.start, statement.end)
        for word, phrase in statement.links:
            target = self._said.concept(phrase)
            if word == "in" and phrase.determiners & _SEVERAL and phrase.plural and target is not None and target.name != subject.name:
                self._notes.add(target, 1.7, span_of(phrase), plural=True)
                self._notes.relations.append(RelationNote(source=target.name, word="many_to_many", target=subject.name, span=span))
        kept = subject.name in self._notes.kept and subject.entry is not None and "account" not in subject.entry.flags
        for phrase in statement.objects:
            target = self._said.concept(phrase)
            if (
                kept
                and statement.subject.plural
                and phrase.plural
                and target is not None
                and not target.tail
                and target.name != subject.name
            ):
                self._notes.add(target, 1.7, span_of(phrase), plural=True)
                self._notes.relations.append(
                    RelationNote(source=subject.name, word="many_to_many", target=target.name, span=Span(statement.start, statement.end))
                )

    def made(self, statement: Statement, subject: Concept | None) -> None:
        """`adopters leave feedback about shelters`: feedback belongs to a shelter, and to the adopter when adopters are kept."""
        if not set(statement.verbs) & _MAKING or statement.negated or len(statement.objects) != 1:
            return
        left = statement.objects[0]
        source = self._said.concept(left)
        if source is None or source.tail or source.entry is None or source.name == "User":
            return
        span = Span(statement.start, statement.end)
        occasion = occasion_of(self._said, statement)
        if occasion is not None and occasion.name != source.name:
            self._notes.relations.append(RelationNote(source=source.name, word="belongs", target=occasion.name, span=span))
        self._period(statement, source)
        before: Concept | None = None
        for word, right in statement.links:
            target = self._said.concept(right)
            of_theirs = word == "of" and before is not None and _is_person(before)
            before = target
            if (
                (word in {"about", "on", "for"} or of_theirs or (word == "with" and left.head in _TROUBLE and not right.plural))
                and target is not None
                and not target.tail
                and target.name not in {source.name, "User"}
            ):
                self._notes.relations.append(RelationNote(source=source.name, word="belongs", target=target.name, span=span))
        if subject is not None and subject.entry is not None and "person" in subject.entry.flags and subject.name != source.name:
            self._notes.relations.append(
                RelationNote(source=source.name, word="belongs", target=subject.name, span=span, name=snake(subject.name))
            )

    def _period(self, statement: Statement, source: Concept) -> None:
        """`issue an invoice per tenancy and year`: it is of one tenancy, and of one year."""
        told = [phrase for word, phrase in statement.links if word == "per"]
        for phrase in told if len(told) > 1 else ():
            if phrase.head in _PERIODS:
                note = FieldNote(name=phrase.head, start=phrase.start, end=phrase.end, type="date" if phrase.head == "day" else "integer")
                self._notes.fields.append((source.name, replace(note, passing=True)))

    def owned(self, statement: Statement, subject: Concept | None) -> None:
        """`a user owns posts and comments`: these are theirs."""
        if "own" not in statement.verbs or statement.negated or subject is None or subject.tail:
            return
        for phrase in statement.objects:
            target = self._said.concept(phrase)
            if target is not None and not target.tail and target.name != subject.name:
                span = Span(statement.start, statement.end)
                self._notes.relations.append(RelationNote(source=target.name, word="belongs", target=subject.name, span=span, name="owner"))

    def put(self, statement: Statement) -> None:
        """`add items to a list`, `put students in classes`, `make orders with several plants`: what holds what."""
        verbs = set(statement.verbs)
        if statement.negated or len(statement.objects) != 1:
            return
        first = statement.objects[0]
        for word, phrase in statement.links:
            if verbs & _PUTTING and word in {"to", "in", "into", "on", "by"}:
                self._hold(phrase, first, statement)
            elif (
                verbs & _MAKING
                and word in {"with", "of", "containing"}
                and phrase.many
                and phrase.plural
                and not _one_each(first, word, phrase)
            ):
                self._hold(first, phrase, statement)

    def _hold(self, left: Phrase, right: Phrase, statement: Statement) -> None:
        whole, part = self._said.concept(left), self._said.concept(right)
        if whole is None or part is None or whole.tail or part.tail or whole.name in {part.name, "User"} or part.name == "User":
            return
        if not right.plural and not right.determiners & {"a", "an", "another", "new"}:
            return
        person = part.entry is not None and bool(part.entry.flags & {"person", "account"})
        gathers = left.head in _GATHERING and right.head not in _LINES
        word = "many_to_many" if (person and not left.determiners & {"one", "single"}) or gathers else "has_many"
        note = RelationNote(source=whole.name, word=word, target=part.name, span=Span(statement.start, statement.end))
        if left.plural and not person and not _DIVIDING.isdisjoint(statement.verbs):
            note = RelationNote(source=part.name, word="belongs", target=whole.name, span=note.span)
        if self._notes.has(whole.name) and self._notes.has(part.name):
            self._notes.relations.append(note)

    def relating(self, statement: Statement) -> bool:
        """`X belongs to Y`, `X is assigned to Y`: many X to one Y, or many to many where many Y are named."""
        subjects = statement.objects or ([statement.subject] if statement.subject else [])
        targets = [phrase for word, phrase in statement.links if word in {"to", "with", "by", "within"}]
        done = False
        for left in subjects:
            source = self._said.concept(left)
            for right in targets:
                target = self._said.concept(right)
                if source is None or target is None or source.name == target.name:
                    continue
                if lexicon().is_barren(right.head) and right.words not in self._notes.own:
                    continue
                for concept, phrase in ((source, left), (target, right)):
                    self._notes.add(concept, 2.0 if concept.entry else 1.6, span_of(phrase), plural=phrase.plural)
                several = right.determiners & {"many", "multiple", "several", "more"}
                crew = _is_person(source) and left.plural and right.plural and "assign" in statement.verbs
                crew = crew and not (_is_person(target) or right.head in word_list("houses") | word_list("container"))
                word = "many_to_many" if several or crew else "belongs"
                if statement.passive and right.determiners & {"each", "every"} and not left.plural:
                    source, target = target, source
                self._notes.relations.append(
                    RelationNote(source=source.name, word=word, target=target.name, span=Span(statement.start, statement.end))
                )
                done = True
        self._further(statement)
        return done

    def _further(self, statement: Statement) -> None:
        """`a sample belongs to an order of a clinic`: the order is of a clinic."""
        for (word, left), (of, right) in zip(statement.links, statement.links[1:], strict=False):
            source, target = self._said.concept(left), self._said.concept(right)
            one = of == "of" and word == "to" and not right.plural and bool(right.determiners & {"a", "an", "one"})
            if one and source is not None and target is not None and source.name != target.name and not (source.tail or target.tail):
                self._notes.add(target, 1.7, span_of(right))
                self._notes.relations.append(
                    RelationNote(source=source.name, word="belongs", target=target.name, span=Span(left.start, right.end))
                )


def _one_each(first: Phrase, word: str, second: Phrase) -> bool:
    """`appointments with doctors` are with one doctor each, and `vital signs of patients` are of one patient each."""
    each = first.plural and not second.determiners & _SEVERAL
    return each and (
        first.head in word_list("meeting") or (word == "of" and first.head not in _GATHERING | {"group", "set", "team", "batch"})
    )


def _is_person(concept: Concept) -> bool:
    return concept.entry is not None and "person" in concept.entry.flags
