"""Lists of members as prose tells them, read by their commas: `a card has a front, a back and optionally a hint`.

Most names of members are verbs as well (`front`, `grade`, `race`), so what stands in such a list is not read word by word.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from apiwright.kit.casing import pascal
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.attributes import is_attribute, known_type
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.entries import said_field, said_phrase
from apiwright.planner.embedded.fieldspec import FieldNote, field_note
from apiwright.planner.embedded.list_clauses import ARTICLE, clauses_of, deed_on, more_done_at, registers, tells_deed
from apiwright.planner.embedded.listing import split_list
from apiwright.planner.embedded.notes import Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.qualifiers import enum_values
from apiwright.planner.embedded.said_members import MemberReader
from apiwright.planner.embedded.said_moments import read_moments
from apiwright.planner.embedded.said_rights import deed_at
from apiwright.planner.embedded.said_states import read_states, spoken_of
from apiwright.planner.embedded.saying import people_do
from apiwright.planner.embedded.ties import read_ties
from apiwright.planner.embedded.words import lexicon, word_list

_STOP = Pattern(
    r"(?:(?:,\s*(?:and\s+|but\s+|or\s+)?|\s+(?:and|but|or)\s+)(?:(?:it|he|she|they|we|you|each|every|the\s+\w+|an?\s+\w+|\w+s)\s+)?|\s+)"
    r"(?<!it\s)(?<!they\s)(?<!he\s)(?<!what\s)(?:is|are|was|were|can|could|may|must|should|shall|will|belongs?|cannot|gets?|goes?|needs?|does|do|appears?|moves?|go|pass|passes|starts?\s+(?:as|in)|runs?)\b"
    r"|,?\s+(?:who|which|that)\s+(?:has|have)\b|[;:]|\s[-\u2013—]\s|,?\s+(?:of|for|in|on)\s+which\b|,?\s+(?:so\s+that|because|if(?!\s+(?:they|he|she|it|we|i)\s+[a-z]+\s*(?:[,.]|$))|when\s+an?)\b|,\s+(?:each(?!\s+(?:with|having)\b)|which|who|where|but)\b"
    r"|,?\s+and\s+\w+s\s+[a-z]+\s+(?:an?|the|their|its)\b|,\s+(?:they|it|he|she|we|you|i)\s+[a-z]+"
    r"|,\s+the\s+\w+\s+[a-z]+s\s+(?:an?|the|each|their|its)\b",
    re.IGNORECASE,
)
_STATE = Pattern(
    r"^(?:,\s*|\s+)(?:and\s+)?(?:(?:it|they)\s+)?(?:is|are|can\s+be|may\s+be)\s+(?:either\s+)?(?P<values>\w+(?:,\s*\w+)*,?\s+or\s+\w+)\b",
    re.IGNORECASE,
)
_OPENING = Pattern(rf"^\s*{ARTICLE}(?P<words>(?:[A-Za-z][\w\-]*\s+){{1,4}})", re.IGNORECASE)
_JOIN = Pattern(r"^(?:,\s*(?:and\s+|but\s+)?|\s+(?:and|but)\s+)(?:it\s+|they\s+)?(?=[a-z]+\b)(?!each|every|the\b|an?\b)", re.IGNORECASE)
_GOES_ON = Pattern(r"^\s*(?:it|they|also|and|each|he|she|this|these)\b", re.IGNORECASE)
_EACH_WITH = Pattern(r",?\s+each\s+(?:with|having|of\s+which\s+has)\s+", re.IGNORECASE, cues=("each",))
_PLURAL_WITH = Pattern(r"(?<=s),?\s+with\s+(?:an?\s+|their\s+)?(?=[a-z])", re.IGNORECASE, cues=(" with ",))
_PROFILE = Pattern(
    r"^(?:an?|their|his|her|own|the|\s)*(?:public\s+)?(?:profile|record|account|details|card|page)\s+(?:with|containing|including)\s+",
    re.IGNORECASE,
)
_FEATURES = Pattern(
    r"^\s*(?:the\s+|a\s+)?(?:following\s+)?(?:functionalit|feature|function|abilit|option|page|section|module|endpoint|button|tab)",
    re.IGNORECASE,
)
_TIE = Pattern(r"^(?:,\s*|\s+)(?:and\s+|but\s+)?(?:it\s+)?(?P<tie>(?:belongs?|is|are)\s+[^.,;:]+)", re.IGNORECASE)
_ASKS = Pattern(r"(?:^|,|\band)\s*(?:how|whether|where|when|if|which|(?:in|at|on|by)\s+which)\s[^,]*$", re.IGNORECASE)
_NOTHING = Pattern(r"^(?:and\s+|but\s+)?no\s+\w+", re.IGNORECASE)
_UNNAMED = Pattern(r"^([a-z]+)\s+or\s+[a-z]+$", re.IGNORECASE)
"""What has no name but its values: the `indoor or outdoor` of a court, beside its number."""
_NOUNS_TOO = frozenset({"stores", "records", "holds", "keeps"})
_RELATIVE = ("who", "which", "that")
_LAST_NOUN = Pattern(
    r"(?P<noun>(?:(?:an?|one|the|each|every|its|their|several|many|exactly\s+one)\s+)[a-z]+(?:\s[a-z]+)?|\b[a-z]+s)\s*,?\s*$", re.IGNORECASE
)
_NO_SUBJECT = frozenset({"which", "who", "whose", "there", "here", "that", "this", "what", "where", "when", "i", "we", "you"})
_ONE_OF = frozenset({"each", "every", "a", "an", "the"})
_NO_ONE = frozenset({"it", "they", "he", "she"})


class ListReader:
    """Reads the lists of a text and answers the text without them."""

    def __init__(self, said: Discourse, members: MemberReader) -> None:
        self._said = said
        self._notes = said.notes
        self._members = members
        self._last: Concept | None = None

    def read(self, text: str, start: int) -> str:
        """Notes what lists tell; blanks stand in their place in the answer."""
        for begin, end in list(_sentences(text)):
            text = self._sentence(text, begin, end, start)
        return text

    def _sentence(self, text: str, begin: int, end: int, start: int) -> str:
        sentence = text[begin:end]
        clauses = clauses_of(sentence)
        self._last = self._topic(sentence) or (self._last if _GOES_ON.match(sentence) else None)
        read_states(self._said, self._members, self._last, sentence, start + begin)
        read_moments(self._said, self._last or spoken_of(self._said, sentence), sentence, start + begin)
        for at, clause in enumerate(clauses):
            until = clauses[at + 1].start() if at + 1 < len(clauses) else len(sentence)
            body = sentence[clause.end() : until]
            listed, stop = _listed(clause, body)
            ahead = re.split(r"[,;:]", sentence[: clause.start()])[-1]
            self._last = self._topic(ahead) or self._last
            subject = self._subject(clause, sentence)
            span = Span(start + begin + clause.start("noun"), start + begin + clause.end("noun"))
            if subject is None:
                continue
            deed = deed_on(clause, subject) if tells_deed(clause) else None
            if not self._list(subject, listed, start + begin + clause.end(), span, deed=deed):
                continue
            self._last = subject
            if registers(clause):
                continue
            if (about := said_phrase(clause["noun"], start + begin + clause.start("noun"))) is not None:
                self._said.topics.append(about)
            if "tie" in clause.re.groupindex and clause["tie"]:
                read_ties(self._notes, subject, clause["tie"], start + begin + clause.start("tie"))
            if stop and (state := _STATE.match(body[stop.start() :])):
                self._members.state(subject.name, state["values"], start + begin + clause.end() + stop.start())
            first = clause.start("verb") if "verb" in clause.re.groupindex else clause.start()
            first = clause.start("modal") if "modal" in clause.re.groupindex and clause["modal"] else first
            last = clause.end() + len(listed)
            tie = _TIE.match(body[stop.start() :]) if stop else None
            if stop and tie and read_ties(self._notes, subject, tie["tie"], start + begin + clause.end() + stop.start() + tie.start("tie")):
                last = clause.end() + stop.start() + tie.end()
            elif stop and (join := _JOIN.match(body[stop.start() :])):
                last = clause.end() + stop.start() + join.end()
            elif stop and stop[0] == ":" and self._of_last(listed, body[stop.end() :], start + begin + clause.end() + stop.end()):
                last = clause.end() + len(body)
            text = text[: begin + first] + " " * (last - first) + text[begin + last :]
        return text

    def _topic(self, sentence: str) -> Concept | None:
        """What a sentence is about: the words before its first verb."""
        opening = _OPENING.match(sentence)
        words = opening["words"].lower().split() if opening else []
        named = {at + 1 for at, word in enumerate(words) if word in _ONE_OF}
        acting = {"be", "have", "modal"}
        kinds = [(word in lexicon().verbs and at not in named) or lexicon().closed.get(word) in acting for at, word in enumerate(words)]
        if True not in kinds[1:] or kinds[0] or set(words[:1]) & (_NO_SUBJECT | _NO_ONE):
            return None
        concept = self._said.concept(said_phrase(" ".join(words[: kinds.index(True)]), 0))
        return concept if concept is not None and not concept.tail else None

    def _subject(self, clause: re.Match[str], sentence: str) -> Concept | None:
        words = clause["noun"].lower().split()
        if words == ["profile"] and clause["verb"].lower().strip().startswith(("with", "show", "that")):
            return self._holder(sentence)
        if " ".join(words) in _RELATIVE or (not words and clause[0].lower().startswith(_RELATIVE)):
            return self._antecedent(sentence[: clause.start()])
        if set(words) & _NO_SUBJECT:
            return None
        while words and (words[0] in lexicon().closed) and words[0] not in _NO_ONE:
            words.pop(0)
        if not words or words[0] in _NO_ONE:
            bare = clause.start() == 0 and not words
            return None if bare else self._last
        article = (clause["article"] if "article" in clause.re.groupindex else "each").strip().lower()
        told = article in {"each", "every", "a", "an", "any"}
        if words[-1].rsplit("-", 1)[-1] in word_list("world") | {"program", "panel"} and not told:
            return None
        doing = lexicon().verbs.get(words[-1], ("", ""))[1] == "ing" and not _names_thing(words[-1])
        if doing or any(lexicon().closed.get(word) for word in words):
            return None
        if not article and "verb" in clause.re.groupindex and clause["verb"].lower() in _NOUNS_TOO and singular(words[-1]) == words[-1]:
            return None
        phrase = said_phrase(" ".join(words), 0)
        concept = self._said.concept(phrase)
        if phrase is not None and self._said.is_answered(replace(phrase, determiners=frozenset({article}))):
            return self._said.recent
        if concept is None and told and len(words) < 3 and not lexicon().is_barren(words[-1]):
            concept = Concept(name=pascal(" ".join([*words[:-1], singular(words[-1])])))
        verb = clause["verb"].lower() if "verb" in clause.re.groupindex else "have"
        base = "have" if verb in {"with", "having"} or verb.startswith("by ") else lexicon().base(verb.split()[0]) or "have"
        if concept is None or concept.tail or people_do([base], concept):
            return None
        return concept

    def _holder(self, sentence: str) -> Concept | None:
        """Whose `profile page with avatar` it is, and who can `create a profile with a stage name`: an account, or who is spoken of."""
        about = self._topic(sentence)
        people = about and about.entry and about.entry.flags & {"person", "account"}
        return about if people else self._said.concept(said_phrase("user", 0))

    def _antecedent(self, before: str) -> Concept | None:
        """What `who has a name` tells of: the instructor of `each student has one instructor, who has a name`."""
        found = _LAST_NOUN.search(before)
        phrase = said_phrase(found["noun"], 0) if found else None
        concept = self._said.concept(phrase)
        return concept if concept is not None and concept.entry is not None and not concept.tail else None

    def _of_last(self, listed: str, rest: str, at: int) -> bool:
        """`patients have exercises: name, due date`: members of what stands before the colon."""
        pieces = split_list(listed, 0)
        phrase = said_phrase(pieces[-1][0], 0) if pieces else None
        concept = self._said.concept(phrase) if phrase is not None and phrase.many else None
        return concept is not None and not concept.tail and self._list(concept, rest, at, Span(at, at))

    def _last_thing(self, listed: str, told: re.Match[str]) -> Concept | None:
        """The things that a list ends with, where their members follow: the seats of `a name and seats with row and number`."""
        pieces, behind = split_list(listed[: told.start()], 0), split_list(listed[told.end() :], 0)
        phrase, member = (said_phrase(part[at][0], 0) if part else None for part, at in ((pieces, -1), (behind, 0)))
        concept = self._said.concept(phrase) if phrase is not None and phrase.plural and "(" not in listed[: told.start()] else None
        told_of = concept is not None and concept.entry is not None and not concept.tail
        return concept if told_of and member is not None and self._members.is_attribute(member) else None

    def _list(self, subject: Concept, listed: str, at: int, span: Span, *, deed: str | None = None) -> bool:
        """Notes the members of a list, of the thing or, where a `deed` is named, of its record; a deed's list must look like members."""
        if profile := _PROFILE.match(listed):
            return self._list(subject, listed[profile.end() :], at + profile.end(), span, deed=deed)
        inner = _EACH_WITH.search(_without_brackets(listed))
        if inner is not None and self._list(subject, listed[: inner.start()], at, span):
            return self._of_last(listed[: inner.start()], listed[inner.end() :], at + inner.end()) or deed is None
        told = _PLURAL_WITH.search(_without_brackets(listed))
        if told is not None and (last := self._last_thing(listed, told)) is not None:
            whole = self._list(subject, listed[: told.start()], at, span)
            return self._list(last, listed[told.end() :], at + told.end(), Span(at, at)) and whole
        if re.search(r"\bwith\b|s\s+per\b", _without_brackets(listed)) or _FEATURES.match(listed):
            return False
        pieces = split_list(listed.rstrip(" ."), at)
        members = _members_of(pieces)
        if members is None:
            return False
        entries, fields = members
        if not fields and all(lexicon().barren.get(phrase.head) == "ui" and phrase.words not in self._notes.own for phrase in entries):
            return False  # `it also has a form`: what one sees
        alone = len(pieces) < 2 and not (entries and entries[0].aside is not None and enum_values(entries[0].aside.text))
        if deed is not None and (alone or 3 * (sum(map(self._is_told, entries)) + len(fields)) < 2 * len(pieces)):
            return False
        if deed and all(map(self._is_told, entries)):
            for entry in entries:
                self._members.of_deed(deed, entry)
            self._notes.deed_fields += [(deed, note) for note in fields]
            return True
        self._notes.kept.add(subject.name)
        source = self._notes.add(subject, 2.4, span)
        self._notes.fields += [(source, note) for note in fields]
        self._members.members(source, entries)
        self._said.recent, self._said.nearest = subject, subject.name
        return True

    def _is_told(self, entry: Phrase) -> bool:
        """Whether an entry is plainly a member: by its name, or as a measure (`hours`)."""
        valued = entry.aside is not None and not entry.plural and bool(enum_values(entry.aside.text))
        measured = entry.plural and known_type(plural(entry.head)) in {"integer", "decimal"}
        return valued or measured or "which" in entry.determiners or self._members.is_attribute(entry)


def _listed(clause: re.Match[str], body: str) -> tuple[str, re.Match[str] | None]:
    """The list behind a clause, and what ends it."""
    if "listed" in clause.re.groupindex:
        return clause["listed"], None
    stops = _STOP.finditer(_without_brackets(body))
    stop = next((found for found in stops if not (found[0][0].isspace() and _ASKS.search(body[: found.start()]))), None)
    listed = (body[: stop.start()] if stop else body).rstrip(" ,;")
    if done := deed_at(listed) or more_done_at(listed):
        return listed[:done], None
    return listed, stop


def _members_of(pieces: Sequence[tuple[str, int]]) -> tuple[list[Phrase], list[FieldNote]] | None:
    """The entries of a list as phrases, and those that are fields by themselves; None where one is no member."""
    entries: list[Phrase] = []
    fields: list[FieldNote] = []
    for piece, place in pieces:
        if (note := said_field(piece, place)) is not None:
            fields.append(note)
        elif (phrase := said_phrase(piece, place)) is not None:
            entries.append(phrase)
        elif (note := field_note(piece, place)) is not None and known_type(note.name) is not None:
            fields.append(note)
        elif (
            (either := _UNNAMED.match(piece))
            and entries
            and all("which" in entry.determiners or is_attribute(entry.text.replace(" ", "_")) for entry in entries)
        ):
            fields.append(FieldNote(name=either[1].lower(), start=place, end=place + len(piece), type="boolean"))
        elif _NOTHING.match(piece) is None:
            return None
    return entries, fields


def _names_thing(word: str) -> bool:
    """Whether a form in -ing names a thing (`booking`) and does not go on with the sentence (`an object containing`)."""
    return word in lexicon().nominal or catalogue().named(word) is not None


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"[^.\n!?]+(?:[.!?](?=\S)[^.\n!?]*)*", text):
        yield found.start(), found.end()


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)", lambda found: "x" * len(found[0]), text)
