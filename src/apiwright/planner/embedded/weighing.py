"""How much the place of a phrase in a sentence speaks for an entity."""

import re

from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, span_of
from apiwright.planner.embedded.people import sounds_human
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.said_members import MemberReader
from apiwright.planner.embedded.words import lexicon, table, word_list

_PLACING = frozenset(
    {"from", "within", "at", "in", "about", "during", "against", "into", "between", "after", "before", "through", "throughout"}
)
_KEPT_TOO = frozenset({"tool"})
_NAMING = frozenset({"with", "for", "including", "include", "such-as", "like", "of", "e.g.", "per"})
_THEIRS = frozenset({"schedule", "profile", "assignment", "rating", "shift", "payout", "review", "roster", "calendar", "hour"})
_STARTING = frozenset({"start", "book", "begin", "open", "create", "schedule", "reserve", "plan", "record", "log"})
_LENDING = frozenset({"borrow", "lend", "rent"})
_WALLS = frozenset({"blog", "board", "wall", "hub", "diary", "journal", "portal", "corner", "exchange"})
_SUMMARIES = frozenset({"chart", "graph", "report", "statistic", "summary", "overview", "sum", "average", "trend", "analysis"})
_KEEPERS = word_list("keeper")


def leaves_record(statement: Statement) -> bool:
    """Whether what people do leaves a record, which has what the sentence says after `with`. Who registers a product makes it."""
    verbs = set(statement.verbs) & set(table("deeds"))
    return bool(verbs - {"register", "sign"}) or (bool(verbs) and not statement.objects) or signs_paper(statement)


def signs_paper(statement: Statement) -> bool:
    """`sign a petition`: who does so does not sign up."""
    return "sign" in statement.verbs and bool(statement.objects) and statement.objects[0].head in word_list("paper")


class Weigher:
    """Adds weight to the concepts that statements name.

    Attributes:
        named: Where phrases begin that name the application or its place, or what it sums up, and speak for nothing to keep.
    """

    def __init__(self, said: Discourse, members: MemberReader) -> None:
        self._said = said
        self._notes = said.notes
        self._members = members
        self.named: set[int] = set()

    def weigh(self, statement: Statement, subject: Concept | None) -> None:
        words = lexicon()
        classes = {name for verb in statement.verbs for name in words.verb_classes.get(verb, ())}
        building = _builds(statement)
        factor = 2.0 if classes & {"create", "manage", "act", "state"} else 1.6 if classes & {"view"} else 1.3
        listed = [*statement.objects] + [phrase for word, phrase in statement.links if word in {"with", "including", "such-as"}]
        if len(listed) > 1 and (user := next((phrase for phrase in listed if phrase.words == ("user",)), None)) is not None:
            self._notes.auth_cue = self._notes.auth_cue or span_of(user)
        for phrase in statement.objects:
            if building and (words.is_barren(phrase.head) or (phrase.head in word_list("establishment") and not phrase.many)):
                self._application(phrase)
            else:
                self.weigh_phrase(phrase, 0.6 if factor < 2.0 and "view" in classes and _is_shown(phrase) else factor)
                self._lent(statement, phrase)
        deed = leaves_record(statement)
        if not deed:
            self._members.with_list(statement)
        before = statement.objects[-1] if statement.objects else None
        for word, phrase in statement.links:
            told_of = before if word == "of" else None
            before = phrase
            if building and word == "for" and _is_for_place(self._notes.prompt, statement, phrase):
                self._application(phrase)
                self.named.add(phrase.start)
                continue
            if self._is_counted(told_of, phrase) or (deed and word in {"with", "including"} and self._members.is_attribute(phrase)):
                continue
            self.weigh_phrase(phrase, _linked(word, phrase, set(statement.verbs)))
            if word in {"of", "for"} and statement.objects and statement.objects[-1].head in {"list", "collection", "set"}:
                self.weigh_phrase(phrase, factor)
        for phrase in [*statement.objects, *(phrase for _, phrase in statement.links)]:
            concept = self._said.concept(phrase)
            if concept is not None and classes & {"create", "manage"}:
                self._notes.kept.add(concept.name)
        if statement.subject is not None and subject is not None:
            self.weigh_phrase(statement.subject, 1.0)

    def _is_counted(self, before: Phrase | None, phrase: Phrase) -> bool:
        """Whether only the number of something is told, or a sum of it: the spending of `charts of spending`."""
        summed = before is not None and before.head in _SUMMARIES and _is_summed(phrase)
        if summed:
            self.named.add(phrase.start)
        return summed or (before is not None and before.head in {"number", "count", "total"})

    def _lent(self, statement: Statement, phrase: Phrase) -> None:
        """The tool of `ask to borrow a tool` is a thing, and no software."""
        concept = self._said.concept(phrase)
        if _LENDING & set(statement.verbs) and concept is not None and not concept.tail and concept.name != "User":
            self._notes.add(concept, 1.6, span_of(phrase), plural=True)

    def _application(self, phrase: Phrase) -> None:
        """`a library management system`: what the application is about."""
        concept = self._said.concept(phrase)
        if concept is None or not (concept.tail or phrase.head in word_list("establishment")):
            return
        entry = concept.entry
        if entry is not None and entry.name in self._notes.preferred and concept.exact and concept.tail:
            concept = Concept(name=entry.name, entry=entry, exact=True, tail=concept.tail)
        if phrase.head in word_list("establishment"):
            self._notes.add(concept, 0.7, span_of(phrase), about=True)
        elif entry is not None and concept.exact and (concept.tail in _KEEPERS or concept.tail in {"tracking", "planning"}):
            self._notes.add(concept, 1.8, span_of(phrase), about=True)
        else:
            self._notes.add(concept, 1.3 if entry is not None else 0.7, span_of(phrase), about=True)

    def weigh_phrase(self, phrase: Phrase, factor: float) -> None:
        concept = self._said.concept(phrase)
        if concept is None:
            self._people(phrase, factor)
            return
        itself = len(phrase.words) == 1 and phrase.head in word_list("world") and phrase.determiners & {"the", "this", "our"}
        if itself and not phrase.plural and not (concept.entry is not None and concept.entry.name in self._notes.preferred):
            return
        if phrase.aside is not None:
            self._said.recent = concept
        if concept.tail and concept.entry is not None and (phrase.aside is not None or phrase.head in {"status", "priority", "bio"}):
            self._members.attribute_of(phrase)
        weight = factor * self._trust(concept, phrase)
        self._modifiers(concept, phrase, factor)
        if weight:
            self._notes.add(concept, weight, span_of(phrase), plural=phrase.plural or concept.tail in word_list("telling"))
            if concept.tail and concept.name.lower() in word_list("http"):
                return  # `request params` say nothing of requests
            self._said.recent = concept
            self._said.nearest = concept.name

    def _people(self, phrase: Phrase, factor: float) -> None:
        """`groomer schedules` are those of groomers."""
        first = phrase.words[0]
        known = first in lexicon().verbs or first in lexicon().adjectives or lexicon().is_barren(first)
        if len(phrase.words) == 2 and phrase.plural and phrase.head in _THEIRS and sounds_human(first) and not known:
            concept = self._notes.concept((first,))
            if concept is not None and not concept.tail:
                self._notes.add(concept, factor, span_of(phrase), plural=True)

    def _modifiers(self, concept: Concept, phrase: Phrase, factor: float) -> None:
        """`hotel room booking` speaks of rooms too."""
        if len(phrase.words) < 2 or concept.tail:
            return
        if (whose := self._said.whose(phrase)) is not None and factor >= 1.3:
            self._notes.add(whose, 1.6, span_of(phrase), plural=True)
            return
        if concept.entry is None:
            return
        place = phrase.head in word_list("establishment") and not phrase.plural
        happened = phrase.plural and phrase.head in word_list("happening")
        for cut in range(len(phrase.words) - 1):
            for end in range(len(phrase.words) - 1, cut, -1):
                entry = catalogue().named(" ".join(phrase.words[cut:end]), self._notes.preferred)
                if entry is None or entry is concept.entry or entry.flags & {"weak", "account"} or (place and "person" in entry.flags):
                    continue
                inner = self._notes.concept(phrase.words[cut:end])
                if inner is not None and inner.exact and inner.name != concept.name and not concept.name.startswith(inner.name):
                    told = happened and end == len(phrase.words) - 1
                    self._notes.add(inner, (1.0 if told else 0.7) * factor, span_of(phrase), plural=told)
                return
        self._people(phrase, factor)

    def _trust(self, concept: Concept, phrase: Phrase) -> float:
        """How much a phrase in this place speaks for an entity, as a factor."""
        weak = concept.entry is not None and "weak" in concept.entry.flags
        spoken = concept.entry is not None and concept.entry.name in self._notes.preferred
        if (
            len(phrase.full) == 1
            and not spoken
            and phrase.words not in self._notes.own
            and not (phrase.plural and phrase.head in _KEPT_TOO and concept.entry is not None)
            and (
                lexicon().barren.get(phrase.head) in {"ui", "http", "technology"}
                or (self._notes.technical and phrase.head in word_list("http"))
            )
        ):
            return 0.2
        if concept.tail:
            interface = lexicon().barren.get(concept.tail) in {"ui", "http", "technology"}
            telling = concept.tail in word_list("telling")
            return (
                (0.5 if interface else 1.0 if telling else 0.85)
                * (0.6 if weak and not telling else 1.0)
                * (1.0 if concept.entry else 0.75 if telling else 0.5)
            )
        if concept.entry is None:
            if phrase.plural and len(phrase.words) > 1 and catalogue().named(" ".join(phrase.words[:-1])):
                return 0.95
            return 0.72 if phrase.plural or phrase.theirs else 0.55 if phrase.determiners & {"a", "an", "new"} else 0.35
        if weak:
            return 0.75 if phrase.plural or phrase.theirs else 0.5
        return 1.0 if phrase.plural or phrase.determiners else 0.85


def _is_shown(phrase: Phrase) -> bool:
    """Whether what is seen is a member of something, and no thing of its own: `see a score at the end`."""
    return not phrase.plural and len(phrase.words) == 1 and bool(phrase.determiners & {"a", "an", "the"}) and is_attribute(phrase.head)


def _is_summed(phrase: Phrase) -> bool:
    """Whether only a sum of something is told, and no such thing kept: the income of `a report of the income`."""
    bare = not phrase.plural and phrase.determiners <= {"the"}
    return bare and (is_attribute(phrase.head) or phrase.head.endswith("ing"))


def _builds(statement: Statement) -> bool:
    """`Build a backend for ...`, `the goal is to develop ...`."""
    who = statement.subject is None or statement.subject.head in {"developer", "project", "goal", "task", "assignment"}
    return who and bool(set(statement.verbs) & word_list("building"))


def _linked(word: str, phrase: Phrase, verbs: set[str]) -> float:
    """How much a phrase behind a preposition speaks for an entity."""
    if (word == "to" and "add" in verbs) or (word in {"in", "into", "on", "onto"} and verbs & {"put", "place"}):
        return 1.6
    if word == "as" and verbs & {"log", "record", "save", "store", "track", "keep", "register", "add"}:
        return 2.0
    if verbs & _STARTING and phrase.determiners & {"a", "an", "one"} and word in {"for", "in", "at", "on", "with"}:
        return 1.8
    aside = word in _PLACING and phrase.determiners <= {"the", "this", "that"} and phrase.determiners and not phrase.plural
    return (1.6 if word in _NAMING else 1.0) * (0.6 if aside else 1.0)


def _is_for_place(prompt: str, statement: Statement, phrase: Phrase) -> bool:
    """`a backend for my plant shop`; `a library of games for a youth club`, where nothing else speaks of the club."""
    place = (
        (phrase.head in word_list("establishment") | word_list("houses") or (phrase.head in _WALLS and len(phrase.full) > 1))
        and not phrase.many
        and not phrase.plural
    )
    alone = bool(phrase.determiners & {"a", "an"}) and len(re.findall(rf"\b{phrase.head}", prompt, re.IGNORECASE)) == 1
    return place and (alone or lexicon().is_barren(statement.objects[-1].head if statement.objects else "app"))
