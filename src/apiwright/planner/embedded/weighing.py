"""How much the place of a phrase in a sentence speaks for an entity."""

from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.discourse import Discourse, span_of
from apiwright.planner.embedded.notes import Concept
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.said_members import MemberReader
from apiwright.planner.embedded.words import lexicon, word_list


class Weigher:
    """Adds weight to the concepts that statements name."""

    def __init__(self, said: Discourse, members: MemberReader) -> None:
        self._said = said
        self._notes = said.notes
        self._members = members

    def weigh(self, statement: Statement, subject: Concept | None) -> None:
        words = lexicon()
        classes = {name for verb in statement.verbs for name in words.verb_classes.get(verb, ())}
        building = bool(set(statement.verbs) & word_list("building")) and (
            statement.subject is None or statement.subject.head == "developer"
        )
        factor = 2.0 if classes & {"create", "manage", "act", "state"} else 1.6 if classes & {"view"} else 1.3
        listed = [*statement.objects] + [phrase for word, phrase in statement.links if word in {"with", "including", "such-as"}]
        if len(listed) > 1 and (user := next((phrase for phrase in listed if phrase.words == ("user",)), None)) is not None:
            self._notes.auth_cue = self._notes.auth_cue or span_of(user)
        for phrase in statement.objects:
            if building and words.is_barren(phrase.head):
                self._application(phrase)
            else:
                self.weigh_phrase(phrase, factor)
        self._members.with_list(statement)
        for word, phrase in statement.links:
            weight = (
                1.6
                if (word == "to" and "add" in statement.verbs)
                or word in {"with", "for", "including", "include", "such-as", "like", "of", "e.g."}
                else 1.0
            )
            self.weigh_phrase(phrase, weight)
            if word in {"of", "for"} and statement.objects and statement.objects[-1].head in {"list", "collection", "set"}:
                self.weigh_phrase(phrase, factor)
        for phrase in [*statement.objects, *(phrase for _, phrase in statement.links)]:
            concept = self._said.concept(phrase)
            if concept is not None and classes & {"create", "manage"}:
                self._notes.kept.add(concept.name)
        if statement.subject is not None and subject is not None:
            self.weigh_phrase(statement.subject, 1.0)

    def _application(self, phrase: Phrase) -> None:
        """`a library management system`: what the application is about."""
        concept = self._said.concept(phrase)
        if concept is not None and concept.tail:
            known = concept.entry is not None
            self._notes.add(concept, 1.3 if known else 0.7, span_of(phrase), about=True)

    def weigh_phrase(self, phrase: Phrase, factor: float) -> None:
        concept = self._said.concept(phrase)
        if concept is None:
            return
        if phrase.aside is not None:
            self._said.recent = concept
        if concept.tail and concept.entry is not None and (phrase.aside is not None or phrase.head in {"status", "priority"}):
            self._members.attribute_of(phrase)
        weight = factor * self._trust(concept, phrase)
        self._modifiers(concept, phrase, factor)
        if weight:
            self._notes.add(concept, weight, span_of(phrase), plural=phrase.plural or concept.tail in word_list("telling"))
            self._said.recent = concept
            self._said.nearest = concept.name

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
                    self._notes.add(inner, 0.7 * factor, span_of(phrase))
                return

    def _trust(self, concept: Concept, phrase: Phrase) -> float:
        """How much a phrase in this place speaks for an entity, as a factor."""
        weak = concept.entry is not None and "weak" in concept.entry.flags
        spoken = concept.entry is not None and concept.entry.name in self._notes.preferred
        if (
            len(phrase.full) == 1
            and not spoken
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
