"""What is unique within something else only: `moves with a number (unique per game)`, `the code is unique within a shop`."""

import re

from apiwright.kit.casing import pascal
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.decision import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.said_slots import ONE_PER

_PER = Pattern(
    r"(?:(?<!\ba\s)(?<!\ban\s)(?<!\bthe\s)(?<!,\s)\b(?P<beside>[a-z]+)\s+and\s+)?\b(?P<member>[a-z][a-z_]*(?:\s[a-z]+)?)"
    r"(?:\s*\((?:[^()\n]{0,60}?[,;]\s*)?|\s*[:,-]\s*(?:[^.,:()\n]{0,40},\s*)?|\s+(?:is|are|must\s+be|which\s+is|that\s+is)\s+|\s+)"
    r"unique\s+(?:per|within|in|for|inside)\s+(?:(?:an?|the|its|their|each|every|one|same)\s+)*(?P<whole>[a-z]+)",
    re.IGNORECASE,
    cues=("unique ",),
)
_ONE_PER = Pattern(ONE_PER, re.IGNORECASE, cues=("one ",))


def unite(draft: Draft, decision: Decision) -> None:
    """Makes such a member unique together with what the thing belongs to, and not by itself."""
    for found in _PER.finditer(draft.prompt):
        whole = decision.resolve(pascal(singular(found["whole"].lower())))
        words = found["member"].lower().split()
        for entity in draft.entities.values():
            name = next((name for name in ("_".join(words), words[-1]) if _is_told(entity, name)), None)
            link = next((item for item in entity.relations.values() if item.target == whole and item.kind == "many_to_one"), None)
            if name is None or link is None:
                continue
            beside = (found["beside"] or "").lower()  # `a row and a number` are two, `row and number` are one
            group = (link.name, beside, name) if _is_told(entity, beside) else (link.name, name)
            entity.fields[name] = entity.fields[name].model_copy(update={"unique": False})
            if group not in entity.unique_together:
                entity.unique_together.append(group)
    for found in _ONE_PER.finditer(draft.prompt):
        key = found["key"].lower()
        for entity in draft.entities.values():
            links = [item for item in entity.relations.values() if item.kind == "many_to_one" and item.origin.kind == "prompt"]
            if _is_told(entity, key) and len(links) == 1 and found.start() <= (entity.fields[key].origin.start or 0) < found.end():
                entity.unique_together.append((links[0].name, key))


def _is_told(entity: EntityDraft, name: str) -> bool:
    field = entity.fields.get(name)
    return field is not None and field.origin.kind == "prompt" and field.type not in {"json", "text", "secret"}
