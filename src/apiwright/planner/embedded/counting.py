"""Counts: `show the number of likes`, `with a comment count`."""

import re

from apiwright.blueprint import Count
from apiwright.kit.casing import pascal, snake
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.decide import Decision
from apiwright.planner.embedded.drafts import Draft
from apiwright.planner.embedded.notes import Span

_COUNT = re.compile(r"\b(?:(?:number|count)s?\s+of\s+(?:its\s+|their\s+|all\s+)?([a-z]{3,20})|([a-z]{3,20})\s+counts?)\b", re.IGNORECASE)


def counts_of(draft: Draft, decision: Decision) -> dict[str, list[Count]]:
    """Counts by the entity that shows them: rows of what is counted, over the link by which it belongs to something."""
    found: dict[str, list[Count]] = {}
    for match in _COUNT.finditer(draft.prompt):
        word = pascal(singular((match[1] or match[2]).lower()))
        source = decision.resolve(word)
        if source is None or source == draft.account:
            continue
        entity = draft.entities[source]
        links = [item for item in entity.relations.values() if item.kind == "many_to_one" and item.target not in {draft.account, source}]
        for relation in links[:1]:
            shown = draft.entities[relation.target]
            name = f"{snake(source)}_count"
            counts = found.setdefault(shown.name, [])
            if name not in shown.fields and name not in shown.relations and all(count.name != name for count in counts) and len(name) <= 48:
                counts.append(Count(name=name, source=source, via=relation.name, origin=draft.said(Span(match.start(), match.end()))))
    return found
