"""What sentences tell of members: `X has a title and many tags`, `products (id, name)`, `the product's stock`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from apiwright.kit.casing import pascal, words_of
from apiwright.kit.inflection import is_plural, plural, singular
from apiwright.planner.embedded.attributes import is_attribute, known_type
from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.discourse import Discourse, is_world, span_of
from apiwright.planner.embedded.fieldspec import TYPE_WORDS, FieldNote, enum_values, field_note
from apiwright.planner.embedded.listing import shared, split_list
from apiwright.planner.embedded.notes import Concept, RelationNote, RelationWord, Span
from apiwright.planner.embedded.phrases import Aside, Item, Mark, Phrase
from apiwright.planner.embedded.ties import read_ties
from apiwright.planner.embedded.words import lexicon, word_list

_TABLES = frozenset({"", "table", "model", "collection", "entity", "resource", "record", "object"})


class MemberReader:
    """Notes fields, and the relations that a list of members tells."""

    def __init__(self, said: Discourse) -> None:
        self._said = said
        self._notes = said.notes

    def having(self, statement: Statement, subject: Concept) -> None:
        """`X has LIST`, `X consists of LIST`: fields and relations of X."""
        self._notes.kept.add(subject.name)
        source = self._notes.add(subject, 1.6 if statement.modal else 2.4, span_of(statement.subject))
        joining = {"of", "like", "including", "such-as", "include"} | (set[str]() if statement.objects else {"with"})
        phrases = statement.objects + [phrase for word, phrase in statement.links if word in joining]
        self.members(source, phrases)
        for word, phrase in statement.links:
            target = self._said.concept(phrase)
            held = self._said.concept(statement.objects[-1]) if statement.objects else None
            if word == "per" and target is not None and held is not None and held.name != target.name:
                self._notes.add(target, 1.6, span_of(phrase))
                self._notes.relations.append(RelationNote(source=held.name, word="belongs", target=target.name, span=span_of(phrase)))
        self.with_list(statement)

    def members(self, source: str, phrases: list[Phrase]) -> None:
        """Notes what a list of members tells of `source`."""
        beside = self._beside(phrases)
        for phrase in phrases:
            self._member(source, phrase, beside=beside)
            if phrase.aside is not None and phrase.many and _lists_members(phrase.aside, many=True):
                self.aside(phrase)

    def state(self, source: str, values: str, at: int) -> None:
        """`a spot is either free or taken`: its status."""
        note = field_note(f"status ({values})", at)
        if note is not None and note.values:
            self._notes.fields.append((source, note))

    def _beside(self, phrases: Sequence[Phrase]) -> bool:
        """Whether some members of a list are plainly fields, so that others may be."""
        return len(phrases) > 1 and any(map(self.is_attribute, phrases))

    def _member(self, source: str, phrase: Phrase, *, beside: bool = False) -> None:
        name = (
            "_".join((*phrase.adjectives[-1:], *phrase.words))
            if phrase.adjectives
            and phrase.adjectives[-1] not in word_list("qualifier")
            and is_attribute("_".join((*phrase.adjectives[-1:], *phrase.words)))
            else _name(phrase)
        )
        concept = self._said.concept(phrase)
        if (
            concept is None
            and phrase.determiners & {"one", "single", "exactly"}
            and not phrase.plural
            and not lexicon().is_barren(phrase.head)
        ):
            concept = Concept(name=pascal(phrase.text))
            self._notes.add(concept, 1.7, span_of(phrase))
            self._notes.relations.append(RelationNote(source=source, word="has_one", target=concept.name, span=span_of(phrase)))
            return
        if concept is not None and concept.name == source and not phrase.many:
            name = "_".join(phrase.full)
            self._notes.relations.append(
                RelationNote(source=source, word="belongs", target=source, span=span_of(phrase), name=name, required=False)
            )
            return
        own = phrase.words in self._notes.own
        if not phrase.many and (self._after(phrase) or (phrase.aside is not None and is_attribute(name) and not own)):
            self._field(source, name, phrase)
            return
        known = concept is not None and (own or (concept.entry is not None and (concept.exact or len(phrase.words) == 1)))
        aside = enum_values(phrase.aside.text) if phrase.aside and not _lists_members(phrase.aside, many=phrase.many) else ()
        if concept is not None and beside and not own and not phrase.aside and (not phrase.many or known_type(_name(phrase)) == "text"):
            note = self._note(plural(name) if phrase.plural and not is_plural(name) else name, phrase)
            if note is not None and concept.name != source:
                self._notes.maybe.append((source, concept.name, note))
        if known and not phrase.many and concept is not None and concept.entry is not None and concept.entry.flags & {"shared", "weak"}:
            self._field(source, name, phrase)
            return
        if (
            concept is not None
            and known
            and not aside
            and (
                own
                or not self.is_attribute(phrase)
                or phrase.determiners & {"one", "exactly", "single"}
                or (self._notes.has(concept.name) and self._notes.candidates[concept.name].declared)
            )
        ):
            weak = concept.entry is not None and "weak" in concept.entry.flags
            self._notes.add(concept, 1.2 if weak and not phrase.many else 2.0, span_of(phrase), plural=phrase.plural)
            self._notes.relations.append(
                RelationNote(
                    source=source,
                    word="many_to_many" if _pairs(phrase) else _has(phrase, words_of(source)[-1]),
                    target=concept.name,
                    span=span_of(phrase),
                )
            )
            return
        if (
            concept is not None
            and phrase.many
            and not self.is_attribute(phrase)
            and (not phrase.aside or _pairs(phrase))
            and concept.tail == ""
        ):
            self._notes.add(concept, 1.7, span_of(phrase), plural=True)
            word = _has(phrase, words_of(source)[-1])
            self._notes.relations.append(RelationNote(source=source, word=word, target=concept.name, span=span_of(phrase)))
            return
        if lexicon().is_barren(phrase.head) and not beside and not is_attribute(phrase.head) and not is_attribute(_name(phrase)):
            return
        self._field(source, name, phrase)

    def of_deed(self, verb: str, phrase: Phrase) -> None:
        """`apply with a cover letter`: a field of the record that the deed leaves."""
        note = self._note("_".join(phrase.words), phrase)
        if note is not None:
            self._notes.deed_fields.append((verb, note))

    def _field(self, source: str, name: str, phrase: Phrase) -> None:
        note = self._note(name, phrase)
        if note is not None:
            self._notes.fields.append((source, note))

    def _note(self, name: str, phrase: Phrase) -> FieldNote | None:
        text = (name if phrase.code else name.replace("_", " ")) + (f" ({phrase.aside.text})" if phrase.aside else self._after(phrase))
        note = field_note(text, phrase.start)
        if note is None or len(note.name) > 48:
            return None
        return replace(note, start=phrase.start, end=phrase.end, many=phrase.plural)

    def _after(self, phrase: Phrase) -> str:
        """Numbers that follow a field: `a title of up to 200 characters`, `a rating from 1 to 5`."""
        tail = self._notes.prompt[phrase.end : phrase.end + 48]
        found = re.match(
            r"\s+(?:of\s+|which is\s+|that is\s+)?((?:from|between|up to|at least|at most|max|min|maximum|minimum|limited)\b[^,.;\n]*)",
            tail,
            re.IGNORECASE,
        )
        return f" ({found[1]})" if found else ""

    def after_colon(self, items: list[Item]) -> list[Item]:
        """`my records: artist, year, label, condition (mint, good)`: fields of what stands before the colon. Answers the rest."""
        at = next((at for at, item in enumerate(items) if isinstance(item, Mark) and item.tag == ":"), 0)
        before = items[at - 1] if at else None
        if not isinstance(before, Phrase) or any(isinstance(item, Mark) and item.tag in "VGHBMUP" for item in items[at + 1 :]):
            return items
        before = _object_before(items, at) or before
        owner = self._said.concept(before)
        if owner is None and before is not items[at - 1] and is_attribute(before.head):
            owner = Concept(name=pascal(f"{before.text} entry"))
        listed = [item for item in items[at + 1 :] if isinstance(item, Phrase)]
        if (
            owner is None
            or owner.tail
            or lexicon().is_barren(before.head)
            or len(listed) < 3
            or 2 * sum(map(self.is_attribute, listed)) < len(listed)
        ):
            return items
        name = self._notes.add(owner, 2.4, span_of(before), plural=before.plural)
        linked = items[at - 2] if at > 2 else None
        last = items[at - 1]
        if isinstance(linked, Mark) and linked.low in {"for", "of", "on"} and isinstance(last, Phrase) and last is not before:
            read_ties(self._notes, owner, f"{linked.low} a {last.text}", last.start)
        for phrase in listed:
            self._member(name, phrase)
        return items[:at]

    def with_list(self, statement: Statement) -> None:
        """`exercises, each with a number of sets and repetitions`: fields of what stands before `with`."""
        before = statement.objects[-1] if statement.objects else None
        group: list[Phrase] = []
        for word, phrase in [*statement.links, ("", None)]:
            if phrase is not None and word in {"with", "by", "including", "containing"}:
                group.append(phrase)
                continue
            if phrase is not None and word == "of" and group and group[-1].head in {"number", "count", "amount", "set", "list"}:
                group[-1] = self._counted(group[-1], phrase)
                continue
            owner = self._said.concept(before)
            fields = sum(map(self.is_attribute, group))
            if (
                owner is not None
                and owner.tail in _TABLES
                and fields
                and 2 * fields >= len(group)
                and before is not None
                and before.head not in word_list("world")
            ):
                name = self._notes.add(owner, 1.6, span_of(before))
                for item in _in_full(group):
                    self._member(name, item, beside=self._beside(group))
            if phrase is None or group:
                break
            if phrase.plural or not statement.verbs or word not in {"of", "for", "on"}:
                before = phrase

    def _counted(self, number: Phrase, phrase: Phrase) -> Phrase:
        """`a number of passengers` is a number; `a number of sets` has a name of its own."""
        if number.head not in {"number", "count"} or is_attribute("_".join(phrase.words)):
            return phrase
        words = ("number", "of", *phrase.words[:-1], plural(phrase.head))
        return replace(phrase, words=words, full=words, plural=False, adjectives=(), determiners=frozenset())

    def is_attribute(self, phrase: Phrase) -> bool:
        concept = self._said.concept(phrase)
        if phrase.plural and concept is not None and concept.exact and concept.entry is not None and "weak" not in concept.entry.flags:
            return False
        return is_attribute(_name(phrase)) or phrase.head in {"number", "count"}

    def of_list(self, statement: Statement) -> bool:
        """`save this information: name, birthday`, `containing their email and name`: fields of who was spoken of."""
        if not statement.objects:
            return False
        first = statement.objects[0]
        having = bool(set(statement.verbs) & word_list("having")) and not people_do(statement.verbs, self._said.concept(statement.subject))
        listing = first.head in {"information", "field", "attribute", "property", "column", "detail", "data"} and len(first.words) == 1
        plain = list(statement.objects[1:] if listing else statement.objects)
        plain += [
            phrase for word, phrase in statement.links if word in {"like", "such-as", "including", "for", "include", "of", "with", "e.g."}
        ]
        plain = _in_full(plain)
        lead = self._said.concept(first)
        told = any(word == "with" for word, _ in statement.links)
        if not listing and lead is not None and (told or not self.is_attribute(first)) and not having:
            return False
        attributes = [phrase for phrase in plain if self.is_attribute(phrase)]
        if len(attributes) < 2 or len(attributes) < (0.4 if listing else 0.6) * len(plain):
            return False
        owner = self._said.concept(statement.subject)
        if owner is None or (statement.subject is not None and (is_world(statement) or (not listing and not having))):
            owner = self._said.recent or owner
        if owner is None:
            return False
        name = self._notes.add(owner, 2.0, span_of(statement.subject or first))
        for phrase in plain:
            if self._said.concept(phrase) != owner:
                self._member(name, phrase, beside=True)
        return True

    def aside(self, phrase: Phrase) -> None:
        """`products (id, name, price)`: fields; `roles (admin, editor)`: roles."""
        if phrase.aside is None:
            return
        pieces = split_list(phrase.aside.text, phrase.aside.start)
        if phrase.head in {"role", "roles"}:
            for piece, at in pieces:
                if 0 < len(piece.split()) <= 3:
                    self._notes.roles.setdefault(piece.strip(" .`\"'").lower().removeprefix("e.g. "), Span(at, at + len(piece)))
            return
        if _qualifies(phrase.aside.text):
            return
        concept = self._said.concept(phrase)
        pieces = [piece for piece in pieces if concept is None or not read_ties(self._notes, concept, *piece)]
        notes = [note for piece, at in pieces if (note := field_note(piece, at)) is not None]
        if len(pieces) > 1 and self._examples(pieces):
            return
        if len(pieces) == 1 and not (notes and concept is not None and _is_single(notes[0], phrase)):
            return
        told = sum(is_attribute(note.name) or bool(note.type) for note in notes)
        if told < 0.5 * len(pieces) and not (phrase.many and told >= 2):
            return
        if concept is None or (
            concept.tail and lexicon().is_barren(phrase.head) and self._said.recent is not None and concept.entry is None
        ):
            concept = self._said.recent
        if concept is None:
            return
        name = self._notes.add(concept, 2.5, span_of(phrase), plural=phrase.plural)
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

    def possessive(self, phrase: Phrase) -> None:
        """`the product's stock count`: a field of Product; `a patient's appointments`: Appointment belongs to Patient."""
        assert phrase.owner is not None  # noqa: S101 - the caller looked
        owner, concept = self._said.concept(phrase.owner), self._said.concept(phrase)
        if owner is None:
            return
        name = self._notes.add(owner, 1.2, span_of(phrase.owner), plural=phrase.owner.plural)
        if concept is None and is_attribute("_".join(phrase.words)) and not phrase.plural:
            self._field(name, "_".join(phrase.words), phrase)
        elif concept is not None and concept.name != name and not concept.tail:
            self._notes.relations.append(RelationNote(source=concept.name, word="belongs", target=name, span=span_of(phrase)))

    def attribute_of(self, phrase: Phrase) -> None:
        """`invoice status`, `ticket priority`: a field of what stands before it."""
        if (
            len(phrase.words) < 2
            or phrase.adjectives
            or not is_attribute(phrase.head)
            or lexicon().barren.get(phrase.head) in {"ui", "technology", "http"}
        ):
            return
        owner = self._notes.concept(phrase.words[:-1])
        if owner is not None and owner.entry is not None and not owner.tail:
            name = self._notes.add(owner, 1.2, span_of(phrase))
            self._field(name, phrase.head, phrase)


def _object_before(items: list[Item], at: int) -> Phrase | None:
    """What is acted on before a colon: the repair of `the workshop plans a repair for a defect: planned date, cost`."""
    verb = next((back for back in range(at - 1, -1, -1) if isinstance(items[back], Mark) and items[back].tag == "V"), None)  # type: ignore[union-attr]
    return next((item for item in items[(at if verb is None else verb) : at] if isinstance(item, Phrase)), None)


def _lists_members(aside: Aside, *, many: bool = False) -> bool:
    """`cars (make, model, year)`: members, and no values. Behind several things some names that members have are enough."""
    pieces = [piece for piece, _ in split_list(aside.text, aside.start)]
    members = sum(is_attribute("_".join(piece.lower().split())) for piece in pieces)
    return members * 2 > len(pieces) or (many and members >= 2)


def _name(phrase: Phrase) -> str:
    """The name of a member: `preparation_steps` where several are known by that name, else in the singular."""
    one = "_".join(phrase.words)
    several = "_".join((*phrase.words[:-1], plural(phrase.head)))
    return several if phrase.plural and is_attribute(several) and not is_attribute(one) else one


def _is_single(note: FieldNote, phrase: Phrase) -> bool:
    """`vehicles (license plate)`, but not `service life (default 5 years)`."""
    words = note.name.split("_")
    plain = all(word.isalpha() and word not in word_list("qualifier") for word in words)
    return phrase.plural and plain and is_attribute(note.name) and note.name != phrase.head


def _qualifies(text: str) -> bool:
    """Whether brackets hold the type and the rules of one member: `(string, at most 100 characters)`."""
    words = re.findall(r"[a-z-]+", text.lower())
    return bool(words) and all(
        word in TYPE_WORDS or word in word_list("qualifier") or word in {"date-time", "most", "least", "non", "empty", "length", "not"}
        for word in words
    )


def _in_full(phrases: list[Phrase]) -> list[Phrase]:
    """`entry and exit time`: the first shares the head of the second."""
    found: list[Phrase] = []
    for at, phrase in enumerate(phrases):
        following = phrases[at + 1] if at + 1 < len(phrases) else None
        longer = shared(phrase.text, following.text) if following is not None and not phrase.plural else None
        found.append(replace(phrase, words=tuple(longer.split())) if longer else phrase)
    return found


def people_do(verbs: Sequence[str], subject: Concept | None) -> bool:
    """`users record expenses` is what people do; `a customer has a name` is what they have."""
    people = subject is not None and subject.entry is not None and bool(subject.entry.flags & {"person", "account"})
    return people and not {"have", "contain", "consist", "comprise", "include", "need"} & set(verbs)


def _pairs(phrase: Phrase) -> bool:
    """`labels (many-to-many)`."""
    return (
        phrase.aside is not None and re.fullmatch(r"\W*many[- ]to[- ]many\W*|\W*[mn]:[mn]\W*", phrase.aside.text, re.IGNORECASE) is not None
    )


def _has(phrase: Phrase, source: str) -> RelationWord:
    """How a thing has another: preferred or saved things are shared with others."""
    if phrase.many and phrase.head in word_list("makers") and source not in word_list("houses"):
        return "many_to_many"
    if phrase.many and set(phrase.adjectives) & {
        "preferred",
        "favorite",
        "favourite",
        "saved",
        "liked",
        "interested",
        "related",
        "associated",
    }:
        return "many_to_many"
    return "has_many" if phrase.many else "has_one"
