"""What sentences tell of relations: `X belongs to Y`, `each batch follows one recipe`."""

from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.discourse import Discourse, span_of
from apiwright.planner.embedded.notes import Concept, RelationNote, Span
from apiwright.planner.embedded.words import lexicon, word_list


class RelationReader:
    """Notes relations between concepts."""

    def __init__(self, said: Discourse) -> None:
        self._said = said
        self._notes = said.notes

    def to_one(self, statement: Statement, subject: Concept | None) -> None:
        """`each batch follows one recipe`, `a course is taught by one teacher`: many to one."""
        if statement.modal or statement.negated:
            return
        pairs = [(subject, statement.subject, phrase) for phrase in statement.objects]
        if statement.passive:
            pairs = [
                (self._said.concept(left), left, right) for left in statement.objects for word, right in statement.links if word == "by"
            ]
        for source, left, right in pairs:
            target = self._said.concept(right)
            if (
                source is None
                or target is None
                or left is None
                or source.name == target.name
                or left.head in word_list("world")
                or target.tail
            ):
                continue
            single = right.determiners & {"one", "single", "exactly"} or (
                statement.passive and not right.plural and right.determiners & {"a", "an"}
            )
            if single and not right.determiners & {"more"} and (source.entry or target.entry):
                for concept, phrase in ((source, left), (target, right)):
                    self._notes.add(concept, 1.6, span_of(phrase), plural=phrase.plural)
                self._notes.relations.append(
                    RelationNote(source=source.name, word="belongs", target=target.name, span=Span(statement.start, statement.end))
                )

    def relating(self, statement: Statement) -> bool:
        """`X belongs to Y`, `X is assigned to Y`: many X to one Y, or many to many where many Y are named."""
        subjects = statement.objects or ([statement.subject] if statement.subject else [])
        targets = [phrase for word, phrase in statement.links if word in {"to", "with", "by", "within"}]
        done = False
        for left in subjects:
            source = self._said.concept(left)
            for right in targets:
                target = self._said.concept(right)
                if source is None or target is None or source.name == target.name or lexicon().is_barren(right.head):
                    continue
                for concept, phrase in ((source, left), (target, right)):
                    self._notes.add(concept, 2.0 if concept.entry else 1.6, span_of(phrase), plural=phrase.plural)
                several = right.determiners & {"many", "multiple", "several", "more"}
                word = "many_to_many" if several else "belongs"
                if statement.passive and right.determiners & {"each", "every"} and not left.plural:
                    source, target = target, source
                self._notes.relations.append(
                    RelationNote(source=source.name, word=word, target=target.name, span=Span(statement.start, statement.end))
                )
                done = True
        return done
