"""Sentences: what their statements tell of entities, fields, relations and actions."""

from msgspec.structs import replace

from apiwright.planner.embedded.asides import read_aside
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.clauses import Statement, fragment_of, statements_of
from apiwright.planner.embedded.colons import read_colon
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, is_world, span_of
from apiwright.planner.embedded.fieldspec import FieldNote
from apiwright.planner.embedded.loose import note_loose
from apiwright.planner.embedded.notes import ActionNote, RelationNote, Span
from apiwright.planner.embedded.people import PRIVILEGED, sounds_human
from apiwright.planner.embedded.phrases import Item, Mark, Phrase, is_counted, items_of
from apiwright.planner.embedded.said_bonds import read_bonds
from apiwright.planner.embedded.said_coverings import read_chosen
from apiwright.planner.embedded.said_entries import read_entry
from apiwright.planner.embedded.said_gifts import read_gifts
from apiwright.planner.embedded.said_members import MemberReader
from apiwright.planner.embedded.said_plans import read_plan
from apiwright.planner.embedded.said_relations import RelationReader
from apiwright.planner.embedded.said_rights import RightReader
from apiwright.planner.embedded.said_selves import read_picture, read_selves
from apiwright.planner.embedded.saying import people_do
from apiwright.planner.embedded.tokens import Token
from apiwright.planner.embedded.weighing import Weigher, leaves_record, signs_paper
from apiwright.planner.embedded.words import lexicon, table, word_list

_ALONE = frozenset({"chat", "communicate", "comment", "vote", "apply", "message", "subscribe", "reply"})
_PAPERWORK = frozenset({"claim", "application", "request", "report", "submission", "proposal", "document", "registration", "entry"})
_NOTING = frozenset({"log", "record", "track", "enter", "report", "book", "register"})
_TOLD_MUCH = 3.0
_SEVERAL = frozenset({"several", "multiple", "many", "more"})
_SERVED = frozenset({"message", "answer", "reply", "deliver", "ship", "order", "invite", "chat"})


class SentenceReader:
    """Reads sentences one after another."""

    def __init__(self, said: Discourse) -> None:
        self._said = said
        self._notes = said.notes
        self.members = MemberReader(said)
        self._relations = RelationReader(said)
        self._weights = Weigher(said, self.members)
        self._rights = RightReader(said)

    def read(self, tokens: list[Token], *, label: bool = False) -> None:
        """Notes what a sentence tells. A `label` (a heading, the name of a feature) counts for less."""
        items = items_of(tokens, self._notes.prompt)
        seen: set[int] = set()
        items = read_colon(self._said, self.members, items)
        topic = self._said.topic(tokens[0].start) if tokens else None
        statements = statements_of(items, topic)
        self._keep_topic(statements)
        for statement in statements or fragment_of(items):
            self._statement(statement, seen)
        self._rights.read(statements, tokens)
        read_chosen(self._said, self.members, statements)
        read_bonds(self._said, statements, items)
        histories = [read_entry(self._said, self.members, statement) for statement in statements]
        for at, item in enumerate(items):
            if isinstance(item, Phrase):
                read_aside(self._said, _holder(items, at))
                read_picture(self._said, item)
                if item.owner is not None and item not in histories:
                    self.members.possessive(item)
                elif self._said.concept(item) is None:
                    note_loose(self._said, item)
                if id(item) not in seen:
                    self._mention(item, items, at, label=label)

    def _keep_topic(self, statements: list[Statement]) -> None:
        about = next((statement.subject for statement in statements if statement.subject is not None and not _is_whole(statement)), None)
        concept = self._said.concept(about)
        shown = about is not None and lexicon().barren.get(about.head) == "ui"
        if about is not None and (shown or (concept is not None and not concept.tail)):
            self._said.topics.append(about)

    def _statement(self, statement: Statement, seen: set[int]) -> None:
        subject = self._said.concept(statement.subject)
        verbs = set(statement.verbs)
        objects = statement.objects
        seen.update(id(phrase) for phrase in objects)
        if leaves_record(statement):
            seen.update(
                id(phrase) for word, phrase in statement.links if word in {"with", "including"} and self.members.is_attribute(phrase)
            )
        if statement.subject is not None and subject is not None:
            self._account(statement, subject)
            read_selves(self._said, statement, subject)
        if not statement.verbs:
            self._beside_known(statement)
        given = read_gifts(self._said, self.members, statement)
        if not given and self.members.of_list(statement):
            return
        if (
            verbs & word_list("having")
            and not people_do(statement.verbs, subject)
            and subject is not None
            and objects
            and not (statement.passive and statement.subject is None)
            and not is_world(statement)
        ):
            self.members.having(statement, subject)
            return
        if verbs & word_list("relating") and self._relations.relating(statement):
            self._weights.weigh(statement, subject)
            if "assign" in verbs:
                span = Span(statement.start, statement.end)
                self._deed("assign", statement, span)
                people = [self._said.concept(phrase) for word, phrase in statement.links if word == "to"]
                self._notes.deeds += [("assign", concept.name, span) for concept in people if concept is not None]
            return
        self._weights.weigh(statement, subject)
        self._relations.made(statement, subject)
        self._relations.meeting(statement, subject)
        self._relations.to_one(statement, subject)
        self._relations.put(statement)
        self._relations.owned(statement, subject)
        self._act(statement, subject)

    def _beside_known(self, statement: Statement) -> None:
        """`Tags on bookmarks`: an entry names what belongs to a thing that is declared, or spoken of much."""
        first = statement.objects[0]
        concept = self._said.concept(first)
        known = concept is not None and concept.entry is not None and concept.exact and not concept.tail
        for word, phrase in statement.links[:1]:
            target = self._said.concept(phrase)
            candidate = self._notes.candidates.get(target.name) if target is not None else None
            told = candidate is not None and (candidate.declared or candidate.score > _TOLD_MUCH)
            if concept is not None and known and first.plural and phrase.plural and word in {"on", "for", "of"} and told:
                self._notes.add(concept, 2.0, span_of(first), plural=True)

    def _act(self, statement: Statement, subject: Concept | None) -> None:
        actor = subject.name if subject is not None else ""
        span = Span(statement.start, statement.end)
        for verb in statement.verbs:
            alone = verb != statement.verbs[-1] and verb in _ALONE | {"register", "sign"}
            deed = "sign_paper" if verb == "sign" and signs_paper(statement) else verb
            self._deed(deed, replace(statement, objects=[], links=[]) if alone else statement, span)
            for phrase in statement.objects:
                concept = self._said.concept(phrase)
                if concept is not None:
                    self._notes.actions.append(
                        ActionNote(actor=actor, verb=verb, target=concept.name, span=span, theirs=phrase.theirs, negated=statement.negated)
                    )
            for word, phrase in statement.links:
                concept = self._said.concept(phrase)
                if concept is not None and verb != "follow" and word in {"for", "to", "on", "in", "with", "at"}:
                    self._notes.actions.append(
                        ActionNote(actor=actor, verb=verb, target=concept.name, span=span, negated=statement.negated)
                    )

    def _deed(self, verb: str, statement: Statement, span: Span) -> None:
        concept = self._said.concept(statement.subject)
        world = statement.subject is not None and statement.subject.head in word_list("world")
        person = (
            world
            or concept is None
            or sounds_human(concept.name)
            or concept.name.lower() in word_list("crowd") | word_list("peers")
            or (concept.entry is not None and bool(concept.entry.flags & {"person", "account"}))
        )
        if verb in {"register", "sign"} and not statement.links:
            return
        if verb in _NOTING and any(phrase.words in {("hour",), ("time",), ("working", "time"), ("work",)} for phrase in statement.objects):
            self._hours(statement, span)
            return
        unknown = bool(statement.objects) and all(self._said.concept(phrase) is None for phrase in statement.objects)
        papers = any(phrase.head in _PAPERWORK for phrase in statement.objects)
        if (verb == "follow" and unknown) or (verb == "review" and papers) or read_plan(self._said, self.members, statement, verb):
            return
        if verb == "tag" and not statement.negated:
            self._tag(statement, span)
        if verb == "apply" and statement.subject is not None and (world or concept is None):
            return
        if (
            verb not in table("deeds")
            or statement.negated
            or not person
            or (verb in _SERVED and statement.subject is not None and statement.subject.head in word_list("world"))
        ):
            return
        told = [phrase for word, phrase in statement.links if word in {"with", "including"} and self.members.is_attribute(phrase)]
        told = told if leaves_record(statement) else []
        for phrase in told:
            self.members.of_deed(verb, phrase)
        targets = [] if verb in {"register", "sign"} else statement.objects
        targets = targets or [
            phrase
            for word, phrase in statement.links
            if verb != "follow"
            and word in {"to", "on", "in", "for", "with", "at"}
            and phrase not in told
            and not self._said.is_occasion(phrase)
        ]
        named = [concept.name for phrase in targets if (concept := self._said.concept(phrase)) is not None]
        self._notes.several |= {
            (verb, name)
            for phrase in targets
            if phrase.determiners & _SEVERAL and (several := self._said.concept(phrase)) is not None
            for name in [several.name]
        }
        if verb in {"register", "sign"} and "User" in named:
            return
        for name in named:
            self._notes.deeds.append((verb, name, span))
        if not targets and verb not in {"register", "sign"}:
            self._notes.deeds.append((verb, "", span))

    def _hours(self, statement: Statement, span: Span) -> None:
        """`Consultants log hours per project, with a comment`: a record of them."""
        entry = catalogue().entries["TimeEntry"]
        name = self._notes.add(Concept(name=entry.name, entry=entry, exact=True), 2.4, span, plural=True)
        self._notes.deeds.append(("log_hours", "", span))
        self._notes.fields.append((name, FieldNote(name="hours", start=span.start, end=span.end, type="decimal")))
        for word, phrase in statement.links:
            concept = self._said.concept(phrase)
            if (
                word in {"per", "on", "for", "to", "against"}
                and concept is not None
                and not concept.tail
                and concept.name not in {"User", name}
            ):
                self._notes.add(concept, 1.6, span_of(phrase))
                self._notes.relations.append(RelationNote(source=name, word="belongs", target=concept.name, span=span_of(phrase)))
            elif word in {"with", "including", "per"}:
                self.members.member(name, phrase, beside=True)

    def _tag(self, statement: Statement, span: Span) -> None:
        """`I want to tag issues`: there are tags, and an issue has several."""
        for phrase in statement.objects:
            concept = self._said.concept(phrase)
            tags = self._notes.concept(("tag",))
            if concept is not None and tags is not None and not concept.tail and concept.name not in {"User", tags.name}:
                self._notes.add(tags, 2.0, span, plural=True)
                self._notes.relations.append(RelationNote(source=concept.name, word="many_to_many", target=tags.name, span=span))

    def _account(self, statement: Statement, subject: Concept) -> None:
        """Who acts, and who registers or logs in."""
        span = span_of(statement.subject)
        if statement.modal or subject.name.lower() in PRIVILEGED or {"register", "login", "log", "sign"} & set(statement.verbs):
            self._notes.actors.setdefault(subject.name, span)
        comes = {"register", "login", "signup"} & set(statement.verbs) and not statement.negated
        if comes and not statement.objects and not {"get", "be"} & set(statement.verbs):
            self._notes.accounts.setdefault(subject.name, span)

    def _mention(self, phrase: Phrase, items: list[Item], at: int, *, label: bool) -> None:
        concept = self._said.concept(phrase)
        if concept is None:
            self.members.attribute_of(phrase)
            return
        if phrase.start in self._weights.named:
            return
        if at > 1 and is_counted(items[at - 2], items[at - 1]):
            return
        after = items[at + 1] if at + 1 < len(items) else None
        activity = isinstance(after, Mark) and after.tag == "G"
        factor = 1.3 if activity or label or phrase.theirs else 1.2
        self._weights.weigh_phrase(phrase, factor)


def _is_whole(statement: Statement) -> bool:
    """Whether a statement is about the application as a whole, and not about one page of it."""
    return is_world(statement) and (statement.subject is None or statement.subject.head != "page")


def _holder(items: list[Item], at: int) -> Phrase:
    """Who has the members in brackets: the episode of `publish an episode of a show (title, audio url)`."""
    item = items[at]
    assert isinstance(item, Phrase)  # noqa: S101 - the caller looked
    made, joint, verb = (items[at - 2], items[at - 1], items[at - 3]) if at > 2 else (item, item, item)
    if item.aside is None or item.many or not isinstance(made, Phrase) or not isinstance(joint, Mark) or not isinstance(verb, Mark):
        return item
    creates = verb.tag == "V" and bool(
        {"create", "manage", "view"} & lexicon().verb_classes.get(lexicon().base(verb.low) or "", frozenset())
    )
    return replace(made, aside=item.aside) if creates and joint.low in {"of", "for", "to", "on"} else item
