"""What sentences tell of members: `X has a title and many tags`, `products (id, name)`, `the product's stock`."""

from collections.abc import Sequence

from msgspec.structs import replace

from apiwright.kit.casing import pascal, words_of
from apiwright.kit.inflection import is_plural, plural
from apiwright.planner.embedded.asides import is_valued, lists_members, read_aside
from apiwright.planner.embedded.attributes import is_attribute, known_type
from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, is_world, span_of
from apiwright.planner.embedded.fieldspec import FieldNote, field_note
from apiwright.planner.embedded.kinds import kinds_of
from apiwright.planner.embedded.member_names import BOUNDS, counted, full_name, holding, in_full, is_nothing, name_of_member, pairs_up
from apiwright.planner.embedded.notes import RelationNote, RelationWord
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.qualifiers import enum_values, limits_beside
from apiwright.planner.embedded.said_kin import are_peers, befriend
from apiwright.planner.embedded.saying import is_one, people_do
from apiwright.planner.embedded.words import lexicon, word_list

_ONE_OF_MANY = frozenset({"last", "latest", "newest", "first"})
_NOTATION = frozenset({"json", "xml", "csv", "html", "object", "payload", "array", "string", "field", "parameter"})
_CODE = frozenset({"model", "schema", "migration", "serializer", "router"})
_TABLES = frozenset({"", "table", "model", "collection", "entity", "resource", "record", "object"})
_AMONG = frozenset({"between", "against", "among"})
"""What stands behind takes part: of `matches between two members with a score` the match has the score."""


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
            concept = self._said.concept(phrase) if set(phrase.adjectives) & _ONE_OF_MANY else None
            if concept is not None and self._notes.has(concept.name):
                continue  # `its last reading` is one of its readings
            if not {"enough", "sufficient"} & {*phrase.adjectives, *phrase.determiners}:  # `whether the table has enough seats` asks
                self.member(source, phrase, beside=beside)
            if phrase.aside is not None and phrase.many and lists_members(phrase.aside, many=True):
                read_aside(self._said, phrase)

    def state(self, source: str, values: str, at: int) -> None:
        """`a spot is either free or taken`: its status."""
        note = field_note(f"status ({values})", at)
        if note is not None and len(note.values) == 2 and note.values[1] == f"un{note.values[0]}":
            note = FieldNote(name=note.values[0], start=note.start, end=note.end, type="boolean")  # `read or unread`
        if note is not None and (note.values or note.type == "boolean"):
            self._notes.fields.append((source, replace(note, passing=True)))

    def _beside(self, phrases: Sequence[Phrase]) -> bool:
        """Whether some members of a list are plainly fields, so that others may be."""
        return len(phrases) > 1 and any(map(self.is_attribute, phrases))

    def member(self, source: str, phrase: Phrase, *, beside: bool = False) -> None:
        """Notes one member of `source`: a field, or a relation to the thing that it names."""
        name, concept = full_name(phrase), self._said.concept(phrase)
        single = bool(phrase.determiners & {"one", "single", "exactly"})
        if concept is None and single and not phrase.plural and not lexicon().is_barren(phrase.head):
            self._tie(source, Concept(name=pascal(phrase.text)), phrase, "has_one", 1.7)
            return
        if concept is not None and concept.name == source and (concept.tail or not phrase.many):
            self._of_its_own_kind(source, name, phrase, concept)
            return
        if phrase.plural and self._several(source, phrase, concept):
            return
        own = phrase.words in self._notes.own
        limited = bool((single and phrase.adjectives and is_attribute(name)) or self._after(phrase))
        limited = not phrase.many and (limited or (not own and is_valued(phrase, name, concept)))
        if concept is None or limited:
            if limited or beside or not is_nothing(phrase):
                self._field(source, name, phrase)
            return
        if (
            beside
            and not own
            and not phrase.aside
            and "which" not in phrase.determiners
            and not (phrase.head in word_list("staff") and concept.entry is not None and "person" in concept.entry.flags)
            and (not phrase.many or known_type(plural(phrase.head)) == "integer" or known_type(name_of_member(phrase)) == "text")
        ):
            note = self._note(plural(name) if phrase.plural and not is_plural(name) else name, phrase)
            if note is not None and concept.name != source:
                self._notes.maybe.append((source, concept.name, note))
        shared = concept.entry is not None and bool(concept.entry.flags & {"shared", "weak"})
        known = own or (concept.entry is not None and (concept.exact or len(phrase.words) == 1))
        if known and not phrase.many and shared:
            self._field(source, name, phrase)
        elif known and self._is_thing(concept, phrase, told=own or single):
            weak = concept.entry is not None and "weak" in concept.entry.flags and not phrase.many
            word = "many_to_many" if pairs_up(phrase) else holding(phrase, words_of(source)[-1])
            self._tie(source, concept, phrase, word, 1.2 if weak else 2.0)
        elif (
            phrase.many
            and not self.is_attribute(phrase)
            and (not phrase.aside or pairs_up(phrase) or lists_members(phrase.aside, many=True))
            and concept.tail == ""
        ):
            self._tie(source, concept, phrase, holding(phrase, words_of(source)[-1]), 1.7)
        elif beside or not is_nothing(phrase):
            self._field(source, name, phrase)

    def _of_its_own_kind(self, source: str, name: str, phrase: Phrase, concept: Concept) -> None:
        """`a room type` of rooms is a field of theirs, `a parent category` another category."""
        if concept.tail:
            self._field(source, name, phrase, passing=True)
            return
        link = RelationNote(source=source, word="belongs", target=source, span=span_of(phrase), name="_".join(phrase.full), required=False)
        self._notes.relations.append(link)

    def _several(self, source: str, phrase: Phrase, concept: Concept | None) -> bool:
        """`min players` is a number; `actuators (pump, fan, heater)` are things of several kinds."""
        if are_peers(self._notes, source, phrase):
            befriend(self._notes, source, phrase)
            return True
        if phrase.words[0] in {"note", "remark"} and len(phrase.full) == 1 and not phrase.aside:
            self._field(source, plural(phrase.head), phrase)
            return True
        if phrase.full[0] in BOUNDS:
            self._field(source, "_".join((*phrase.full[:-1], plural(phrase.head))), phrase)
            return True
        note = kinds_of(concept, phrase) if concept is not None and _is_known_thing(concept) else None
        if concept is None or note is None:
            return False
        self._tie(source, concept, phrase, "has_many", 2.0)
        self._notes.fields.append((concept.name, note))
        return True

    def _is_thing(self, concept: Concept, phrase: Phrase, *, told: bool) -> bool:
        """Whether a member that the catalogue knows is meant as a thing, and not as a field."""
        if phrase.aside and not lists_members(phrase.aside, many=phrase.many) and enum_values(phrase.aside.text):
            return False
        declared = self._notes.has(concept.name) and self._notes.candidates[concept.name].declared
        return told or declared or not self.is_attribute(phrase)

    def _tie(self, source: str, concept: Concept, phrase: Phrase, word: RelationWord, weight: float) -> None:
        self._notes.add(concept, weight, span_of(phrase), plural=phrase.plural)
        self._notes.relations.append(RelationNote(source=source, word=word, target=concept.name, span=span_of(phrase)))

    def of_deed(self, verb: str, phrase: Phrase) -> None:
        """`apply with a cover letter`: a field of the record that the deed leaves."""
        note = self._note(full_name(phrase), phrase)
        if note is not None:
            self._notes.deed_fields.append((verb, note))

    def _field(self, source: str, name: str, phrase: Phrase, *, passing: bool = False) -> None:
        note = self._note(name, phrase)
        if note is not None:
            self._notes.fields.append((source, replace(note, passing=passing or note.passing)))

    def _note(self, name: str, phrase: Phrase) -> FieldNote | None:
        if phrase.code and phrase.plural and plural(name) in self._notes.quoted:
            return None
        text = (name if phrase.code else name.replace("_", " ")) + (f" ({phrase.aside.text})" if phrase.aside else self._after(phrase))
        note = field_note(text, phrase.start)
        if (
            note is None
            or len(note.name) > 48
            or note.name.split("_")[0] in {"create", "delete", "update"}
            or (note.name.split("_")[0] in _NOTATION and phrase.head in _NOTATION)
        ):
            return None
        kind = note.type or ("integer" if "counted" in phrase.determiners else None)
        return replace(note, type=kind, start=phrase.start, end=phrase.end, many=phrase.plural)

    def _after(self, phrase: Phrase) -> str:
        """Numbers beside a field: `a title of up to 200 characters`, `a rating from 1 to 5`, `a two-letter code`."""
        told = limits_beside(self._notes.prompt, phrase.start, phrase.end)
        return f" ({told})" if told else ""

    def with_list(self, statement: Statement) -> None:
        """`exercises, each with a number of sets and repetitions`: fields of what stands before `with`."""
        before = statement.objects[-1] if statement.objects else None
        group: list[Phrase] = []
        for word, phrase in [*statement.links, ("", None)]:
            made_of = word == "from" and phrase is not None and phrase.determiners & {"a", "an"} and not statement.passive
            if phrase is not None and (word in {"with", "by", "including", "containing"} or made_of):
                group.append(phrase)
                continue
            if phrase is not None and word == "of" and group and group[-1].head in {"number", "count", "amount", "set", "list"}:
                group[-1] = counted(group[-1], phrase)
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
                for item in in_full(group):
                    self.member(name, item, beside=self._beside(group))
            if phrase is None or group:
                break
            if word == "of" and not statement.verbs and before is not None and before.plural and self._said.concept(before) is not None:
                continue
            added = word in {"to", "into"} and statement.objects
            if not added and word not in _AMONG and (phrase.plural or not statement.verbs or word not in {"of", "for", "on"}):
                before = phrase

    def is_attribute(self, phrase: Phrase) -> bool:
        concept = self._said.concept(phrase)
        if concept and phrase.determiners & {"my", "our"} and self._notes.has(concept.name) and not phrase.plural:
            return False  # `a problem with my plot`
        if phrase.plural and concept is not None and concept.exact and concept.entry is not None and "weak" not in concept.entry.flags:
            return False
        return is_attribute(name_of_member(phrase)) or phrase.head in {"number", "count"}

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
        plain = in_full(plain)
        lead = self._said.concept(first)
        if not listing and lead is not None and not having and ("with" in dict(statement.links) or not self.is_attribute(first)):
            return False
        if any(phrase.head in _CODE and lexicon().barren.get(phrase.words[0]) == "technology" for phrase in plain):
            return False  # `include SQLAlchemy models and Pydantic schemas` asks for software
        attributes = [phrase for phrase in plain if self.is_attribute(phrase)]
        if len(attributes) < 2 or len(attributes) < (0.4 if listing else 0.6) * len(plain):
            return False
        owner = self._said.concept(statement.subject)
        told = owner is not None and len(attributes) == len(plain) and is_one(statement)
        if is_world(statement):
            owner = self._said.recent
        elif owner is None or (statement.subject is not None and not listing and not having and not told):
            owner = self._said.recent or owner
        if owner is None:
            return False
        name = self._notes.add(owner, 2.0, span_of(statement.subject or first))
        for phrase in plain:
            if self._said.concept(phrase) != owner:
                self.member(name, phrase, beside=True)
        return True

    def possessive(self, phrase: Phrase) -> None:
        """`the product's stock count`: a field of Product; `a patient's appointments`: Appointment belongs to Patient."""
        assert phrase.owner is not None  # noqa: S101 - the caller looked
        owner, concept = self._said.concept(phrase.owner), self._said.concept(phrase)
        if owner is None:
            return
        name = self._notes.add(owner, 1.2, span_of(phrase.owner), plural=phrase.owner.plural)
        if concept is None and is_attribute("_".join(phrase.words)) and not phrase.plural:
            self._field(name, full_name(phrase), phrase)
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
            if (note := self._note(phrase.head, phrase)) is not None:
                self._notes.fields.append((name, replace(note, passing=True)))


def _is_known_thing(concept: Concept) -> bool:
    return concept.entry is not None and concept.exact and not concept.entry.flags & {"weak", "shared", "account"}
