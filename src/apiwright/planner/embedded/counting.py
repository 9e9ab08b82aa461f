"""Counts: `show the number of likes`, `with a comment count`, `how many followers`."""

import re

from apiwright.blueprint import Count
from apiwright.kit.casing import pascal, snake
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.decision import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft
from apiwright.planner.embedded.notes import Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.words import table

_COUNT = Pattern(
    r"\b(?:(?:number|count|total)s?\s+of\s+(?:its\s+|their\s+|all\s+|the\s+)?([a-z]{3,20})|how\s+many\s+([a-z]{3,20})|([a-z]{3,20})\s+counts?)\b",
    re.IGNORECASE,
    cues=("number", "count", "total", "how many"),
)
_DOERS = {counted: record for record, _, counted in table("pairs").values()}


def add_counts(draft: Draft, decision: Decision) -> None:
    """Counts of the rows that point to something, with the entity that they belong to."""
    for match in _COUNT.finditer(draft.prompt):
        word = singular((match[1] or match[2] or match[3]).lower())
        source = decision.resolve(pascal(word)) or draft.by_entry(_DOERS.get(word, ""))
        for entity in _sources(draft, word, source):
            _add(draft, entity, word, Span(match.start(), match.end()))


def _sources(draft: Draft, word: str, source: str | None) -> list[EntityDraft]:
    if source in draft.entities and source != draft.account:
        return [draft.entities[source]]
    return [entity for name, entity in draft.entities.items() if entity.unique_together and snake(name).endswith(f"_{word}")]


def _add(draft: Draft, entity: EntityDraft, word: str, span: Span) -> None:
    ends = {item.subject for other in draft.entities.values() for item in other.pair_actions if item.through == entity.name}
    links = [item for item in entity.relations.values() if item.kind == "many_to_one" and item.target != entity.name]
    for relation in [item for item in links if item.name in ends or (not ends and item.target != draft.account)][:1]:
        shown = draft.entities[relation.target]
        name = f"{word if word in _DOERS else snake(entity.name)}_count"
        if any(count.source == entity.name for count in shown.counts):
            shown.counts = [
                count.model_copy(update={"origin": draft.said(span)}) if count.source == entity.name else count for count in shown.counts
            ]
        elif name not in shown.fields and name not in shown.relations and len(name) <= 48:
            shown.counts.append(Count(name=name, source=entity.name, via=relation.name, origin=draft.said(span)))
