"""What people send each other has who sends it and who gets it: `users message each other`, `members write letters to other members`."""

import re

from apiwright.blueprint import Relation
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.decision import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.patterns import Pattern

_ROOMS = Pattern(r"(?:Conversation|Room|Channel|Group|Thread|Chat)$")
_OTHERS = r"(?:each\s+other|one\s+another|(?:other|another)\s+[a-z]+)"
_SENT = r"(?:(?:private|direct|short|text)\s+)?(?P<{}>messages?|letters?|notes?|postcards?|gifts?|invitations?)"
_SENDING = Pattern(
    rf"\b(?:(?:send|write|give|drop)s?\s+(?:{_OTHERS}\s+(?:an?\s+)?{_SENT.format('first')}|(?:an?\s+)?{_SENT.format('second')}\s+to\s+{_OTHERS})"
    rf"|exchanges?\s+{_SENT.format('third')}|(?:message|text|chat\s+(?:with|to))\s+{_OTHERS})",
    re.IGNORECASE,
    cues=("each other", "another", "other ", "exchange"),
)


def read_addressed(notes: Notes, text: str, start: int) -> None:
    """Notes what people send each other."""
    for found in _SENDING.finditer(text):
        word = singular((found["first"] or found["second"] or found["third"] or "message").lower())
        concept = notes.concept((word,))
        if concept is not None and not concept.tail:
            span = Span(start + found.start(), start + found.end())
            notes.addressed.setdefault(notes.add(concept, 1.6, span, plural=True), span)


def address(draft: Draft, decision: Decision, notes: Notes) -> None:
    """Ties what is sent to who sends it, by that name, and to who gets it."""
    for name, span in notes.addressed.items():
        entity = draft.entities.get(decision.resolve(name) or "")
        sender = entity.relations.get(entity.owned_via or "") if entity is not None else None
        if entity is None or sender is None or "recipient" in entity.relations or _is_gathered(draft, entity):
            continue
        _call(entity, sender, "sender")
        origin = draft.said(span)
        entity.add_relation(Relation(name="recipient", target=sender.target, required=True, on_delete="cascade", origin=origin))


def _is_gathered(draft: Draft, entity: EntityDraft) -> bool:
    """Whether what is sent goes to all who take part in something."""
    return any(item.target != draft.account and _ROOMS.search(item.target) for item in entity.relations.values())


def _call(entity: EntityDraft, relation: Relation, name: str) -> None:
    if name not in entity.relations and entity.free(name):
        entity.relations = {
            (name if key == relation.name else key): (item.model_copy(update={"name": name}) if item is relation else item)
            for key, item in entity.relations.items()
        }
        entity.owned_via = name
