"""Sentences: what their statements tell of entities, fields, relations and actions."""

import re
from collections.abc import Sequence

from apiwright.kit.casing import pascal
from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.clauses import Statement, fragment_of, statements_of
from apiwright.planner.embedded.declared import split_list
from apiwright.planner.embedded.deeds import deeds
from apiwright.planner.embedded.fieldspec import FieldNote, enum_values, field_note
from apiwright.planner.embedded.notes import ActionNote, Concept, Notes, RelationNote, RelationWord, Span
from apiwright.planner.embedded.people import PRIVILEGED
from apiwright.planner.embedded.phrases import Item, Mark, Phrase, items_of
from apiwright.planner.embedded.tokens import Token
from apiwright.planner.embedded.words import lexicon

_HAVING = frozenset(
    {
        "have",
        "contain",
        "consist",
        "comprise",
        "include",
        "carry",
        "save",
        "store",
        "record",
        "capture",
        "hold",
        "incorporate",
        "need",
        "require",
    }
)
_BUILDING = frozenset(
    {"create", "build", "implement", "develop", "make", "design", "generate", "write", "need", "want", "code", "set", "provide"}
)
_RELATING = frozenset({"belong", "link", "associate", "attach", "connect", "relate", "tie", "assign", "map", "reference", "group"})
_WORLD = frozenset(
    {
        "platform",
        "system",
        "api",
        "app",
        "application",
        "website",
        "site",
        "backend",
        "service",
        "server",
        "webapp",
        "dashboard",
        "page",
        "project",
        "database",
        "portal",
        "tool",
        "it",
        "software",
        "web",
        "interface",
    }
)
_TELLING = frozenset({"information", "detail", "details", "profile", "record", "records", "list", "listing", "management", "data"})
_META = frozenset({"task", "project", "assignment", "challenge", "goal", "job", "test", "exercise", "feature"})
_HTTP = frozenset({"request", "response", "message", "task", "record", "test", "code", "entry", "resource", "item", "token", "field", "key", "test"})
_LIST_LABEL = re.compile(
    r"\b(?:following|these|this|the)?\s*(?:fields|attributes|properties|columns|information|details|data|columns)\s*[:\-]?\s*$",
    re.IGNORECASE,
)


class SentenceReader:
    """Reads sentences one after another; remembers the concept spoken of last."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._recent: Concept | None = None
        self.nearest: str | None = None
        self.resource: str | None = None

    def speak_of(self, name: str) -> None:
        """Makes a concept that was noted elsewhere the one spoken of last."""
        self.nearest = self.resource = name
        self._recent = self._notes.candidates[name].concept

    def read(self, tokens: list[Token], *, label: bool = False) -> None:
        """Notes what a sentence tells. A `label` (a heading, the name of a feature) counts for less."""
        items = items_of(tokens, self._notes.prompt)
        seen: set[int] = set()
        for statement in statements_of(items) or fragment_of(items):
            self._statement(statement, seen)
        for at, item in enumerate(items):
            if isinstance(item, Phrase):
                self._aside(item)
                if item.owner is not None:
                    self._possessive(item)
                if id(item) not in seen:
                    self._mention(item, items, at, label=label)

    # ------------------------------------------------------------------ statements
    def _statement(self, statement: Statement, seen: set[int]) -> None:
        subject = self._concept(statement.subject)
        verbs = set(statement.verbs)
        objects = statement.objects
        seen.update(id(phrase) for phrase in objects)
        if statement.subject is not None and subject is not None:
            self._account(statement, subject)
        if self._of_list(statement):
            return
        if verbs & _HAVING and subject is not None and objects and not _is_world(statement):
            self._having(statement, subject)
            return
        if verbs & _RELATING and self._relating(statement):
            self._weigh(statement, subject)
            return
        self._weigh(statement, subject)
        self._to_one(statement, subject)
        self._act(statement, subject)

    def _having(self, statement: Statement, subject: Concept) -> None:
        """`X has LIST`, `X consists of LIST`: fields and relations of X."""
        self._notes.kept.add(subject.name)
        source = self._notes.add(subject, 1.6 if statement.modal else 2.4, self._span(statement.subject))
        phrases = statement.objects + [
            phrase for word, phrase in statement.links if word in {"of", "like", "including", "such-as", "include", "with"}
        ]
        for phrase in phrases:
            self._member(source, phrase)
        self._with(statement)

    def _to_one(self, statement: Statement, subject: Concept | None) -> None:
        """`each batch follows one recipe`, `a course is taught by one teacher`: many to one."""
        if statement.modal or statement.negated:
            return
        pairs = [(subject, statement.subject, phrase) for phrase in statement.objects]
        if statement.passive:
            pairs = [(self._concept(left), left, right) for left in statement.objects for word, right in statement.links if word == "by"]
        for source, left, right in pairs:
            target = self._concept(right)
            if source is None or target is None or left is None or source.name == target.name or left.head in _WORLD or target.tail:
                continue
            single = right.determiners & {"one", "single", "exactly"} or (statement.passive and not right.plural and right.determiners & {"a", "an"})
            if single and not right.determiners & {"more"} and (source.entry or target.entry):
                for concept, phrase in ((source, left), (target, right)):
                    self._notes.add(concept, 1.6, self._span(phrase), plural=phrase.plural)
                self._notes.relations.append(
                    RelationNote(source=source.name, word="belongs", target=target.name, span=Span(statement.start, statement.end))
                )

    def _member(self, source: str, phrase: Phrase) -> None:
        name = (
            "_".join((*phrase.adjectives[-1:], *phrase.words))
            if phrase.adjectives and is_attribute("_".join((*phrase.adjectives[-1:], *phrase.words)))
            else "_".join(phrase.words)
        )
        concept = self._concept(phrase)
        if concept is None and phrase.determiners & {"one", "single", "exactly"} and not phrase.plural and not lexicon().is_barren(phrase.head):
            concept = Concept(name=pascal(phrase.text))
            self._notes.add(concept, 1.7, self._span(phrase))
            self._notes.relations.append(RelationNote(source=source, word="has_one", target=concept.name, span=self._span(phrase)))
            return
        if concept is not None and concept.name == source and not phrase.many:
            name = "_".join(phrase.full)
            self._notes.relations.append(RelationNote(source=source, word="belongs", target=source, span=self._span(phrase), name=name, required=False))
            return
        known = concept is not None and concept.entry is not None and (concept.exact or len(phrase.words) == 1)
        aside = enum_values(phrase.aside.text) if phrase.aside else ()
        if known and not phrase.many and concept is not None and concept.entry is not None and concept.entry.flags & {"shared", "weak"}:
            self._field(source, name, phrase)
            return
        if (
            concept is not None
            and known
            and not aside
            and (
                not self._attribute(phrase)
                or phrase.determiners & {"one", "exactly", "single"}
                or (self._notes.has(concept.name) and self._notes.candidates[concept.name].declared)
            )
        ):
            weak = concept.entry is not None and "weak" in concept.entry.flags
            self._notes.add(concept, 1.2 if weak and not phrase.many else 2.0, self._span(phrase), plural=phrase.plural)
            self._notes.relations.append(
                RelationNote(source=source, word="many_to_many" if _pairs(phrase) else _has(phrase), target=concept.name, span=self._span(phrase))
            )
            return
        if concept is not None and phrase.many and not self._attribute(phrase) and (not phrase.aside or _pairs(phrase)) and concept.tail == "":
            self._notes.add(concept, 1.7, self._span(phrase), plural=True)
            self._notes.relations.append(RelationNote(source=source, word="has_many", target=concept.name, span=self._span(phrase)))
            return
        if lexicon().is_barren(phrase.head) and not is_attribute(phrase.head):
            return
        self._field(source, name, phrase)

    def _field(self, source: str, name: str, phrase: Phrase) -> None:
        text = (name if phrase.code else name.replace("_", " ")) + (f" ({phrase.aside.text})" if phrase.aside else self._after(phrase))
        note = field_note(text, phrase.start)
        if note is not None and len(note.name) <= 48:
            self._notes.fields.append(
                (source, FieldNote(**{**_as_dict(note), "start": phrase.start, "end": phrase.end, "many": phrase.plural}))
            )

    def _after(self, phrase: Phrase) -> str:
        """Numbers that follow a field: `a title of up to 200 characters`, `a rating from 1 to 5`."""
        tail = self._notes.prompt[phrase.end : phrase.end + 48]
        found = re.match(
            r"\s+(?:of\s+|which is\s+|that is\s+)?((?:from|between|up to|at least|at most|max|min|maximum|minimum|limited)\b[^,.;\n]*)",
            tail,
            re.IGNORECASE,
        )
        return f" ({found[1]})" if found else ""

    def _relating(self, statement: Statement) -> bool:
        """`X belongs to Y`, `X is assigned to Y`: many X to one Y, or many to many where many Y are named."""
        subjects = [phrase for phrase in (statement.objects or ([statement.subject] if statement.subject else [])) if phrase is not None]
        targets = [phrase for word, phrase in statement.links if word in {"to", "with", "by", "within"}]
        done = False
        for left in subjects:
            source = self._concept(left)
            for right in targets:
                target = self._concept(right)
                if source is None or target is None or source.name == target.name or lexicon().is_barren(right.head):
                    continue
                for concept, phrase in ((source, left), (target, right)):
                    self._notes.add(concept, 2.0 if concept.entry else 1.6, self._span(phrase), plural=phrase.plural)
                several = right.determiners & {"many", "multiple", "several", "more"}
                word = "many_to_many" if several else "belongs"
                if statement.passive and right.determiners & {"each", "every"} and not left.plural:
                    source, target = target, source
                self._notes.relations.append(
                    RelationNote(source=source.name, word=word, target=target.name, span=Span(statement.start, statement.end))
                )
                done = True
        return done

    def _weigh(self, statement: Statement, subject: Concept | None) -> None:
        words = lexicon()
        classes = {name for verb in statement.verbs for name in words.verb_classes.get(verb, ())}
        building = bool(set(statement.verbs) & _BUILDING) and (statement.subject is None or statement.subject.head in {"developer"})
        factor = 2.0 if classes & {"create", "manage", "act", "state"} else 1.6 if classes & {"view"} else 1.3
        listed = [*statement.objects] + [phrase for word, phrase in statement.links if word in {"with", "including", "such-as"}]
        if len(listed) > 1 and (user := next((phrase for phrase in listed if phrase.words == ("user",)), None)) is not None:
            self._notes.auth_cue = self._notes.auth_cue or self._span(user)
        for phrase in statement.objects:
            if building and words.is_barren(phrase.head):
                self._application(phrase)
            else:
                self._object(phrase, factor)
        self._with(statement)
        for word, phrase in statement.links:
            weight = 1.6 if (word == "to" and "add" in statement.verbs) or word in {"with", "for", "including", "include", "such-as", "like", "of", "e.g."} else 1.0
            self._object(phrase, weight)
            if word in {"of", "for"} and statement.objects and statement.objects[-1].head in {"list", "collection", "set"}:
                self._object(phrase, factor)
        for phrase in [*statement.objects, *(phrase for _, phrase in statement.links)]:
            concept = self._concept(phrase)
            if concept is not None and classes & {"create", "manage"}:
                self._notes.kept.add(concept.name)
        if statement.subject is not None and subject is not None:
            self._object(statement.subject, 1.0)

    def _with(self, statement: Statement) -> None:
        """`exercises, each with a number of sets and repetitions`: fields of what stands before `with`."""
        before = statement.objects[-1] if statement.objects else None
        group: list[Phrase] = []
        for word, phrase in [*statement.links, ("", None)]:
            if phrase is not None and word in {"with", "by", "including", "containing"}:
                group.append(phrase)
                continue
            if phrase is not None and word == "of" and group and group[-1].head in {"number", "count", "amount", "set", "list"}:
                group[-1] = phrase
                continue
            owner = self._concept(before)
            fields = sum(map(self._attribute, group))
            if owner is not None and not owner.tail and fields and 2 * fields >= len(group) and before is not None and before.head not in _WORLD:
                name = self._notes.add(owner, 1.6, self._span(before))
                for item in group:
                    self._member(name, item)
            if phrase is None or group:
                break
            before = phrase

    def _attribute(self, phrase: Phrase) -> bool:
        concept = self._concept(phrase)
        if phrase.plural and concept is not None and concept.exact and concept.entry is not None and "weak" not in concept.entry.flags:
            return False
        return is_attribute("_".join(phrase.words)) or phrase.head in {"number", "count"}

    def _application(self, phrase: Phrase) -> None:
        """`a library management system`: what the application is about."""
        concept = self._concept(phrase)
        if concept is not None and concept.tail:
            known = concept.entry is not None
            self._notes.add(concept, 1.3 if known else 0.7, self._span(phrase), about=True)

    def _object(self, phrase: Phrase, factor: float) -> None:
        concept = self._concept(phrase)
        if concept is None:
            return
        if phrase.aside is not None:
            self._recent = concept
        if concept.tail and concept.entry is not None and (phrase.aside is not None or phrase.head in {"status", "priority"}):
            self._attribute_of(phrase)
        weight = factor * self._trust(concept, phrase)
        self._modifiers(concept, phrase, factor)
        if weight:
            self._notes.add(concept, weight, self._span(phrase), plural=phrase.plural or concept.tail in _TELLING)
            self._recent = concept
            self.nearest = concept.name

    def _modifiers(self, concept: Concept, phrase: Phrase, factor: float) -> None:
        """`hotel room booking` speaks of rooms too."""
        if len(phrase.words) < 2 or concept.entry is None or concept.tail:
            return
        for cut in range(len(phrase.words) - 1):
            for end in range(len(phrase.words) - 1, cut, -1):
                entry = catalogue().named(" ".join(phrase.words[cut:end]), self._notes.preferred)
                if entry is None or entry is concept.entry or entry.flags & {"weak", "account"}:
                    continue
                inner = self._notes.concept(phrase.words[cut:end])
                if inner is not None and inner.exact and inner.name != concept.name:
                    self._notes.add(inner, 0.7 * factor, self._span(phrase))
                return

    def _trust(self, concept: Concept, phrase: Phrase) -> float:
        """How much a phrase in this place speaks for an entity, as a factor."""
        weak = concept.entry is not None and "weak" in concept.entry.flags
        if len(phrase.full) == 1 and (lexicon().barren.get(phrase.head) in {"ui", "http", "technology"} or self._notes.technical and phrase.head in _HTTP):
            return 0.2
        if concept.tail:
            interface = lexicon().barren.get(concept.tail) in {"ui", "http", "technology"}
            telling = concept.tail in _TELLING
            return (0.5 if interface else 1.0 if telling else 0.85) * (0.6 if weak and not telling else 1.0) * (1.0 if concept.entry else 0.75 if telling else 0.5)
        if concept.entry is None:
            if phrase.plural and len(phrase.words) > 1 and catalogue().named(" ".join(phrase.words[:-1])):
                return 0.95
            return 0.72 if phrase.plural or phrase.theirs else 0.55 if phrase.determiners & {"a", "an", "new"} else 0.35
        if weak:
            return 0.75 if phrase.plural or phrase.theirs else 0.5
        return 1.0 if phrase.plural or phrase.determiners else 0.85

    def _act(self, statement: Statement, subject: Concept | None) -> None:
        actor = subject.name if subject is not None else ""
        span = Span(statement.start, statement.end)
        for verb in statement.verbs:
            self._deed(verb, statement, span)
            for phrase in statement.objects:
                concept = self._concept(phrase)
                if concept is not None:
                    self._notes.actions.append(
                        ActionNote(actor=actor, verb=verb, target=concept.name, span=span, theirs=phrase.theirs, negated=statement.negated)
                    )
            for word, phrase in statement.links:
                concept = self._concept(phrase)
                if concept is not None and word in {"for", "to", "on", "in", "with", "at"}:
                    self._notes.actions.append(
                        ActionNote(actor=actor, verb=verb, target=concept.name, span=span, negated=statement.negated)
                    )

    def _deed(self, verb: str, statement: Statement, span: Span) -> None:
        concept = self._concept(statement.subject)
        person = concept is None or concept.entry is None or bool(concept.entry.flags & {"person", "account"})
        if verb in {"register", "sign"} and not statement.links:
            return
        if verb not in deeds() or statement.negated or not person or (statement.subject is not None and statement.subject.head in _WORLD and statement.objects):
            return
        targets = [] if verb in {"register", "sign"} else statement.objects
        targets = targets or [phrase for word, phrase in statement.links if word in {"to", "on", "in", "for", "with"}]
        named = [concept.name for phrase in targets if (concept := self._concept(phrase)) is not None]
        for name in named:
            self._notes.deeds.append((verb, name, span))
        if not targets and verb not in {"register", "sign"}:
            self._notes.deeds.append((verb, "", span))

    def _account(self, statement: Statement, subject: Concept) -> None:
        """Who acts, and who registers or logs in."""
        span = self._span(statement.subject)
        if statement.modal or subject.name.lower() in PRIVILEGED or {"register", "login", "log", "sign"} & set(statement.verbs):
            self._notes.actors.setdefault(subject.name, span)
        if {"register", "login", "signup"} & set(statement.verbs) and not statement.objects:
            self._notes.accounts.setdefault(subject.name, span)

    # ------------------------------------------------------------------ phrases
    def _of_list(self, statement: Statement) -> bool:
        """`save this information: name, birthday`, `has these columns: ...`, `containing their email and name`: fields of who was spoken of."""
        if not statement.objects:
            return False
        first = statement.objects[0]
        listing = first.head in {"information", "field", "attribute", "property", "column", "detail", "data"} and len(first.words) == 1
        plain = [phrase for phrase in (statement.objects[1:] if listing else statement.objects)]
        plain += [
            phrase for word, phrase in statement.links if word in {"like", "such-as", "including", "for", "include", "of", "with", "e.g."}
        ]
        lead = self._concept(first)
        if not listing and lead is not None and not self._attribute(first) and not set(statement.verbs) & _HAVING:
            return False
        attributes = [phrase for phrase in plain if self._attribute(phrase)]
        if len(attributes) < 2 or len(attributes) < 0.6 * len(plain):
            return False
        owner = self._concept(statement.subject)
        if owner is None or (
            statement.subject is not None and (_is_world(statement) or (not listing and not set(statement.verbs) & _HAVING))
        ):
            owner = self._recent or owner
        if owner is None:
            return False
        name = self._notes.add(owner, 2.0, self._span(statement.subject or first))
        for phrase in plain:
            if self._concept(phrase) != owner:
                self._member(name, phrase)
        return True

    def _aside(self, phrase: Phrase) -> None:
        """`products (id, name, price)`: fields; `roles (admin, editor)`: roles."""
        if phrase.aside is None:
            return
        pieces = split_list(phrase.aside.text, phrase.aside.start)
        if phrase.head in {"role", "roles"}:
            for piece, at in pieces:
                if 0 < len(piece.split()) <= 3:
                    self._notes.roles.setdefault(piece.strip(" .`\"'").lower().removeprefix("e.g. "), Span(at, at + len(piece)))
            return
        notes = [note for piece, at in pieces if (note := field_note(piece, at)) is not None]
        concept = self._concept(phrase)
        if len(pieces) > 1 and self._examples(pieces):
            return
        if len(pieces) < 2 or sum(is_attribute(note.name) or bool(note.type) for note in notes) < 0.5 * len(pieces):
            return
        if concept is None or (concept.tail and lexicon().is_barren(phrase.head) and self._recent is not None and concept.entry is None):
            concept = self._recent
        if concept is None:
            return
        name = self._notes.add(concept, 2.5, self._span(phrase), plural=phrase.plural)
        self._notes.fields += [(name, note) for note in notes]

    def _examples(self, pieces: Sequence[tuple[str, int]]) -> bool:
        """`CRM data (e.g., contacts, leads and tasks)`: things in brackets."""
        found: list[tuple[Concept, int, str]] = []
        for piece, at in pieces:
            words = re.sub(r"^(?:e\.g\.?|i\.e\.?|such as|like|including)\s*|[*`\"']", "", piece.strip().lower()).split()
            if not words:
                continue
            concept = self._notes.concept((*words[:-1], singular(words[-1]))) if len(words) <= 3 and words[-1].isascii() else None
            if concept is None or concept.entry is None or not is_plural(words[-1]):
                return False
            found.append((concept, at, piece))
        for concept, at, piece in found:
            self._notes.add(concept, 1.9, Span(at, at + len(piece)), plural=True)
        return bool(found)

    def _possessive(self, phrase: Phrase) -> None:
        """`the product's stock count`: a field of Product; `a patient's appointments`: Appointment belongs to Patient."""
        assert phrase.owner is not None  # noqa: S101 - the caller looked
        owner, concept = self._concept(phrase.owner), self._concept(phrase)
        if owner is None:
            return
        name = self._notes.add(owner, 1.2, self._span(phrase.owner), plural=phrase.owner.plural)
        if concept is None and is_attribute("_".join(phrase.words)) and not phrase.plural:
            self._field(name, "_".join(phrase.words), phrase)
        elif concept is not None and concept.name != name and not concept.tail:
            self._notes.relations.append(RelationNote(source=concept.name, word="belongs", target=name, span=self._span(phrase)))

    def _mention(self, phrase: Phrase, items: list[Item], at: int, *, label: bool) -> None:
        concept = self._concept(phrase)
        if concept is None:
            self._attribute_of(phrase)
            return
        after = items[at + 1] if at + 1 < len(items) else None
        activity = isinstance(after, Mark) and after.tag == "G"
        factor = 1.3 if activity or label or phrase.theirs else 1.2
        self._object(phrase, factor)

    def _attribute_of(self, phrase: Phrase) -> None:
        """`invoice status`, `ticket priority`: a field of what stands before it."""
        if len(phrase.words) < 2 or phrase.adjectives or not is_attribute(phrase.head) or lexicon().barren.get(phrase.head) in {"ui", "technology", "http"}:
            return
        owner = self._notes.concept(phrase.words[:-1])
        if owner is not None and owner.entry is not None and not owner.tail:
            name = self._notes.add(owner, 1.2, self._span(phrase))
            self._field(name, phrase.head, phrase)

    def _concept(self, phrase: Phrase | None) -> Concept | None:
        if phrase is None or len(phrase.words) > 6:
            return None
        if len(phrase.words) == 1 and not phrase.plural and phrase.head in _META and phrase.determiners & {"your", "this", "the", "our", "these"}:
            return None
        return self._notes.concept(phrase.words, phrase.full)

    @staticmethod
    def _span(phrase: Phrase | None) -> Span:
        return Span(phrase.start, phrase.end) if phrase else Span(0, 0)


def _is_world(statement: Statement) -> bool:
    """Whether the subject is the application itself: `the system should have ...`, but not `each tool has ...`."""
    subject = statement.subject
    if subject is None or subject.head not in _WORLD:
        return False
    return statement.modal or not subject.determiners & {"a", "an", "each", "every"}


def _pairs(phrase: Phrase) -> bool:
    """`labels (many-to-many)`."""
    return phrase.aside is not None and re.fullmatch(r"\W*many[- ]to[- ]many\W*|\W*[mn]:[mn]\W*", phrase.aside.text, re.IGNORECASE) is not None


def _has(phrase: Phrase) -> RelationWord:
    """How a thing has another: preferred or saved things are shared with others."""
    if phrase.many and set(phrase.adjectives) & {"preferred", "favorite", "favourite", "saved", "liked", "interested", "related", "associated"}:
        return "many_to_many"
    return "has_many" if phrase.many else "has_one"


def _as_dict(note: FieldNote) -> dict[str, object]:
    return {name: getattr(note, name) for name in FieldNote.__slots__}
