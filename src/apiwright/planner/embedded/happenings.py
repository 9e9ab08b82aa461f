"""What happens happens to something: an inspection is of a hive, an ascent is of a route and by a climber.

Only for what nothing else ties: the prompt lists the things and leaves it to the reader how they hang together.
"""

from apiwright.blueprint import Relation
from apiwright.kit.casing import snake, words_of
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.bonding import is_people, is_tied
from apiwright.planner.embedded.drafts import Draft, EntityDraft, because
from apiwright.planner.embedded.words import word_list


def link_happenings(draft: Draft) -> None:
    """Ties what happens to the thing named last before it and to who comes for it, and whatever else hangs on nothing to the one before."""
    listed = sorted(
        (entity for entity in draft.entities.values() if entity.origin.kind == "prompt"), key=lambda entity: entity.origin.start or 0
    )
    specified = sum(entity.stated_fields for entity in listed)
    if len(listed) < 2:
        return
    brief = specified * 2 <= len(listed)
    for at, entity in enumerate(listed):
        if entity.name == draft.account:
            continue
        if _happens(entity) and (brief or not _of_thing(draft, entity)):
            _link_happening(draft, entity, listed, at)
        elif brief and words_of(entity.name)[-1] in word_list("makers") and is_people(entity) and not is_tied(draft, entity):
            _share(draft, listed[:at], entity)
        elif brief and _may_hang(draft, entity) and not _hangs(draft, entity):
            before = [other for other in listed[:at] if _is_thing(draft, other)]
            if before:
                _tie(entity, _subject(entity, before))
        elif brief and _gathers(entity) and not is_tied(draft, entity):
            _gather(draft, listed, entity)


def _share(draft: Draft, before: list[EntityDraft], people: EntityDraft) -> None:
    """The people of several works: the hosts of the shows that are named before them."""
    thing = next((other for other in reversed(before) if _is_thing(draft, other) and not _gathers(other)), None)
    if thing is not None and not thing.leads_to(people.name):
        origin = because(f"Several {plural(' '.join(words_of(people.name)))} were taken to be of a {' '.join(words_of(thing.name))}.")
        thing.add_relation(Relation(name=plural(snake(people.name)), kind="many_to_many", target=people.name, origin=origin))


def _gathers(entity: EntityDraft) -> bool:
    return entity.entry is not None and "shared" in entity.entry.flags


def _gather(draft: Draft, listed: list[EntityDraft], shared: EntityDraft) -> None:
    """The categories and tags of a list are those of the first thing in it."""
    others = [
        other for other in listed if other is not shared and not is_people(other) and not _gathers(other) and other.name != draft.account
    ]
    thing = next((other for other in others if not _happens(other)), others[0] if others else None)
    if thing is None:
        return
    if words_of(shared.name)[-1] in {"tag", "label", "hashtag", "genre"}:
        origin = because(f"{' '.join(words_of(thing.name))} was taken to have what is named beside it.")
        thing.add_relation(Relation(name=plural(snake(shared.name)), kind="many_to_many", target=shared.name, origin=origin))
    else:
        _tie(thing, shared)


def _link_happening(draft: Draft, entity: EntityDraft, listed: list[EntityDraft], at: int) -> None:
    people = [other for other in listed if other is not entity and other.name != draft.account and is_people(other)]
    things = [other for other in listed if other is not entity and _is_thing(draft, other)]
    coming = [other for other in people if words_of(other.name)[-1] not in word_list("staff") | word_list("makers")]
    together = words_of(entity.name)[-1] in word_list("meeting")
    before = [other for other in things if other in listed[:at]]
    loose = not _of_thing(draft, entity) or (together and not any(entity.leads_to(other.name) for other in things))
    if loose and things:
        _tie(entity, _subject(entity, before) if before else things[0])
    if together or (words_of(entity.name)[-1] in word_list("happening") and not any(entity.leads_to(other.name) for other in people)):
        for other in people[:3] if together else coming[:1]:
            if not _known_by(draft, entity, other):
                _tie(entity, other)


def _subject(entity: EntityDraft, before: list[EntityDraft]) -> EntityDraft:
    """What an entry of a list is of: the one before it; a comment or a photo is of the first."""
    return before[0 if words_of(entity.name)[-1] in word_list("remark") else -1]


def _known_by(draft: Draft, entity: EntityDraft, other: EntityDraft) -> bool:
    """Whether what an entity is of leads on to another: who teaches a class teaches those who are booked into it."""
    return any(draft.entities[item.target].leads_to(other.name) for item in entity.relations.values() if item.target in draft.entities)


def _of_thing(draft: Draft, entity: EntityDraft) -> bool:
    """Whether what happens is of something, and not only somebody's; or something is of it."""
    of = any(item.target != draft.account and not is_people(draft.entities[item.target]) for item in entity.relations.values())
    return of or any(other.leads_to(entity.name) for other in draft.entities.values())


def _may_hang(draft: Draft, entity: EntityDraft) -> bool:
    """Whether a thing may be part of another: no people, no place, and nothing that the catalogue knows to stand by itself."""
    word = words_of(entity.name)[-1]
    alone = word in word_list("houses") | word_list("establishment") | {"category", "genre", "location", "status", "tag"}
    known = entity.entry is not None and bool(entity.entry.flags & {"shared", "account", "pair"})
    return not (is_people(entity) or alone or known or (entity.owned_via and is_tied(draft, entity)))


def _hangs(draft: Draft, entity: EntityDraft) -> bool:
    """Whether a thing leads to another, or another thing than what happens to it leads to it."""
    away = any(item.target != draft.account for item in entity.relations.values())
    return away or any(other.leads_to(entity.name) and not _happens(other) for other in draft.entities.values())


def _is_thing(draft: Draft, entity: EntityDraft) -> bool:
    if is_people(entity) or _happens(entity) or entity.name == draft.account or entity.unique_together:
        return False
    return entity.entry is None or not entity.entry.flags & {"pair", "shared"}


def link_head(draft: Draft, head: str) -> None:
    """What `a movie database with actors and reviews` lists hangs together with the movies."""
    whole = draft.entities.get(head)
    if whole is None:
        return
    for entity in list(draft.entities.values()):
        if entity in (whole, draft.entities.get(draft.account or "")) or is_tied(draft, entity) or entity.origin.kind != "prompt":
            continue
        words = words_of(entity.name)
        origin = because(f"A {' '.join(words_of(head))} was taken to have what is named beside it.")
        many = words[-1] in word_list("makers") or (entity.entry is not None and words[-1] in {"tag", "label", "hashtag", "genre"})
        if many:
            whole.add_relation(Relation(name=plural(snake(entity.name)), kind="many_to_many", target=entity.name, origin=origin))
        elif words[-1] in word_list("container"):
            whole.add_relation(Relation(name=snake(entity.name), target=entity.name, on_delete="set_null", origin=origin))
        elif not is_people(entity):
            entity.add_relation(Relation(name=snake(head), target=head, on_delete="set_null", origin=origin))


def _happens(entity: EntityDraft) -> bool:
    return singular(words_of(entity.name)[-1]) in word_list("happening") | word_list("record")


def _tie(entity: EntityDraft, other: EntityDraft) -> None:
    if other.leads_to(entity.name) or entity.leads_to(other.name):
        return
    spoken, what = (" ".join(words_of(name)) for name in (entity.name, other.name))
    origin = because(f"A {spoken} was taken to be of a {what}, which is named beside it.")
    entity.add_relation(Relation(name=snake(other.name), target=other.name, on_delete="set_null", origin=origin))
