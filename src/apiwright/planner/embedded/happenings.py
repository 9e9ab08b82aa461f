"""What happens happens to something: an inspection is of a hive, an ascent is of a route and by a climber.

Only for what nothing else ties: the prompt lists the things and leaves it to the reader how they hang together.
"""

from apiwright.blueprint import Relation
from apiwright.kit.casing import snake, words_of
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.decision import Chosen
from apiwright.planner.embedded.drafts import Draft, EntityDraft, because
from apiwright.planner.embedded.standing import is_person
from apiwright.planner.embedded.words import word_list


def link_happenings(draft: Draft) -> None:
    """Ties what happens to the thing named last before it, and to who comes for it."""
    listed = sorted(
        (entity for entity in draft.entities.values() if entity.origin.kind == "prompt"), key=lambda entity: entity.origin.start or 0
    )
    specified = sum(entity.stated_fields for entity in listed)
    if len(listed) < 2 or specified * 2 > len(listed):
        return
    for at, entity in enumerate(listed):
        if not _happens(entity) or _is_tied(draft, entity):
            continue
        people = [other for other in listed if other is not entity and other.name != draft.account and _is_people(other)]
        things = [other for other in listed[:at] if not _is_people(other) and other.name != draft.account]
        thing = next((other for other in reversed(things) if not _happens(other)), things[-1] if things else None)
        coming = [other for other in people if words_of(other.name)[-1] not in word_list("staff")]
        together = words_of(entity.name)[-1] in word_list("meeting")
        for other in ([thing] if thing is not None else []) + (people[:3] if together else coming[:1]):
            _tie(entity, other)


def link_head(draft: Draft, head: str) -> None:
    """What `a movie database with actors and reviews` lists hangs together with the movies."""
    whole = draft.entities.get(head)
    if whole is None:
        return
    for entity in list(draft.entities.values()):
        if entity in (whole, draft.entities.get(draft.account or "")) or _is_tied(draft, entity) or entity.origin.kind != "prompt":
            continue
        words = words_of(entity.name)
        origin = because(f"A {' '.join(words_of(head))} was taken to have what is named beside it.")
        many = words[-1] in word_list("makers") or (entity.entry is not None and words[-1] in {"tag", "label", "hashtag", "genre"})
        if many:
            whole.add_relation(Relation(name=plural(snake(entity.name)), kind="many_to_many", target=entity.name, origin=origin))
        elif words[-1] in word_list("container"):
            whole.add_relation(Relation(name=snake(entity.name), target=entity.name, on_delete="set_null", origin=origin))
        elif not _is_people(entity):
            entity.add_relation(Relation(name=snake(head), target=head, on_delete="set_null", origin=origin))


def _happens(entity: EntityDraft) -> bool:
    return singular(words_of(entity.name)[-1]) in word_list("happening")


def _is_people(entity: EntityDraft) -> bool:
    return is_person(Chosen(name=entity.name, entry=entity.entry, span=None))


def _is_tied(draft: Draft, entity: EntityDraft) -> bool:
    """Whether a relation leads from or to it, other than to who owns it."""
    own = any(item.target != draft.account for item in entity.relations.values())
    return own or any(other.leads_to(entity.name) for other in draft.entities.values())


def _tie(entity: EntityDraft, other: EntityDraft) -> None:
    if other.leads_to(entity.name) or entity.leads_to(other.name):
        return
    spoken, what = (" ".join(words_of(name)) for name in (entity.name, other.name))
    origin = because(f"A {spoken} was taken to be of a {what}, which is named beside it.")
    entity.add_relation(Relation(name=snake(other.name), target=other.name, on_delete="set_null", origin=origin))
