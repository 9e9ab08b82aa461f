"""Requests about the fields of an entity: add, remove, rename."""

import re
from collections.abc import Callable, Sequence

from apiwright.blueprint import Entity, Field, Relation
from apiwright.blueprint.changes import (
    AddField,
    AddRelation,
    AlterTransition,
    Change,
    ChangeUnique,
    RemoveField,
    RemoveTransition,
    RenameField,
    RenameRelation,
)
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.attributes import known_type
from apiwright.planner.embedded.revise_items import said_items
from apiwright.planner.embedded.revise_members import parts_of, reads_as_field, said_field, target_of
from apiwright.planner.embedded.revise_removal import remove_relation
from apiwright.planner.embedded.revise_rules import alter, require
from apiwright.planner.embedded.revise_scene import AlreadyError, Scene, UnclearError, member_name, plain, spoken


def add_members(scene: Scene, entity: Entity, text: str) -> None:
    """Add what a list says to an entity: fields, and links where an entry names another entity."""
    for item in said_items(text):
        now = scene.entity(entity.name)
        if parts := parts_of(item):
            add_members(scene, now, ", ".join(parts))
            continue
        target = target_of(item, scene)
        if target is not None and (target[1].name != entity.name or plain(item) not in spoken(now)):
            _link(scene, now, item, target)
            continue
        field = said_field(item, scene)
        if field is None:
            raise UnclearError(f"{item!r} does not read as a field.")
        known = now.field(field.name)
        if known is not None and scene.is_new(now):
            alter(scene, now, known, field.model_dump())  # what such a thing usually has is here told in full
            continue
        if known is not None:
            _tell_more(scene, now, known, field)
            continue
        scene.make(AddField(entity=entity.name, item=field))


def _tell_more(scene: Scene, entity: Entity, known: Field, said: Field) -> None:
    """What is said of a field that is there: a rule that a field of its name has not anyway.

    Raises:
        UnclearError: Nothing is said, or of another type.
    """
    usual = said_field(known.name.replace("_", " "), scene)
    told = said.model_dump(exclude={"origin"})
    rules = {name: value for name, value in told.items() if usual is not None and value != getattr(usual, name)}
    if not rules or said.type != known.type:
        raise AlreadyError(f"{entity.name} has {known.name!r} already.")
    alter(scene, entity, known, rules)


def _link(scene: Scene, entity: Entity, item: str, target: tuple[str, Entity, bool]) -> None:
    name, other, many = target
    if entity.field(name) or entity.relation(name):
        raise AlreadyError(f"{entity.name} has {name!r} already.")
    if many:
        relation = Relation(name=plural(singular(name)), kind="many_to_many", target=other.name, origin=scene.origin(item))
    else:
        relation = Relation(name=name, target=other.name, on_delete="set_null", origin=scene.origin(item))
    scene.make(AddRelation(entity=entity.name, item=relation))


def remove_member(scene: Scene, words: str, within: Entity | None) -> None:
    """Remove a field or a relation, and what stands on it."""
    entity, item = scene.member(words, within)
    if isinstance(item, Relation):
        remove_relation(scene, entity.name, item)
        return
    auth = scene.blueprint.auth
    if auth is not None and (auth.entity, auth.login) == (entity.name, item.name):
        raise UnclearError(f"{entity.name} logs in with {item.name}.")
    changes: list[Change] = []
    groups = tuple(group for group in entity.unique_together if item.name not in group)
    if groups != entity.unique_together:
        changes.append(ChangeUnique(entity=entity.name, before=entity.unique_together, after=groups))
    for move in entity.transitions:
        if move.field == item.name:
            changes.append(RemoveTransition(entity=entity.name, item=move))
        elif move.stamp == item.name:
            changes.append(AlterTransition(entity=entity.name, before=move, after=move.model_copy(update={"stamp": None})))
    scene.make(*changes, RemoveField(entity=entity.name, item=item))


def _have(match: re.Match[str], scene: Scene) -> bool:
    """`todos need a due date and a priority (low, medium, high)`."""
    entity = scene.entity(match["entity"])
    if re.match(r"(?:many|several|multiple|one or more|a lot of|any number of)\b", match["items"], re.IGNORECASE):
        return False
    from apiwright.planner.embedded.revise_entities import add_part  # noqa: PLC0415 - the two need each other

    if (found := re.fullmatch(r"(?P<noun>[\w \-]+) (?:with|having) (?P<fields>.+)", match["items"])) and singular(plain(found[1])) != plain(
        found[1]
    ):
        add_part(scene, scene.entity(entity.name), found["noun"], stated=found["fields"])
        return True
    needed = re.search(
        r"\b(?:must(?: always)? have|ha(?:s|ve) to have|requires?) ", match[0][: match.start("items") - match.start()], re.IGNORECASE
    )
    items = list(said_items(match["items"]))
    for item in items:
        known = scene.members(item, scene.entity(entity.name)) if needed and re.fullmatch(r"[\w ]+", item) else []
        if known:
            require(scene, *known[0], required=True)
        else:
            unless_there(item, items, lambda said: _add_had(scene, entity.name, said))
    return True


def _add_had(scene: Scene, name: str, item: str) -> None:
    from apiwright.planner.embedded.catalogue import catalogue  # noqa: PLC0415
    from apiwright.planner.embedded.revise_entities import add_one, listed_part  # noqa: PLC0415 - the two need each other

    noun = plain(item)
    thing = (
        catalogue().named(singular(noun)) is not None
        and not re.search(r"[(:]", item)
        and (singular(noun) != noun or not reads_as_field(item))
    )
    if (thing and target_of(item, scene) is None) or listed_part(item):
        add_one(scene, scene.entity(name), item)
    else:
        add_members(scene, scene.entity(name), item)


def unless_there(item: str, items: Sequence[str], add: Callable[[str], None]) -> None:
    """Add one of several items; one that is there already is passed over, but not where nothing else is told.

    Raises:
        UnclearError: It cannot be added.
    """
    try:
        add(item)
    except AlreadyError:
        if len(items) == 1:
            raise


def _lack(match: re.Match[str], scene: Scene) -> bool:
    """`users do not need a phone number any more`."""
    entity = scene.entity(match["entity"])
    for item in said_items(match["items"]):
        remove_member(scene, item, scene.entity(entity.name))
    return True


def _rename(match: re.Match[str], scene: Scene) -> bool:
    if not match["of"] and (entity := scene.find_entity(match["name"])) is not None and plain(match["name"]) in spoken(entity):
        return False
    within = scene.entity(match["of"]) if match["of"] else None
    entity, item = scene.member(match["name"], within)
    to = member_name(re.sub(r"^\w+\.", "", match["to"].strip()))
    kind = RenameField if isinstance(item, Field) else RenameRelation
    scene.make(kind(entity=entity.name, name=item.name, to=to))
    return True


def _mark(match: re.Match[str], scene: Scene) -> bool:
    """`users can mark todos as important`: true or false."""
    entity = scene.entity(match["entity"])
    name = member_name(match["as"])
    known = next((item for item in entity.fields if name in {item.name, *item.values} or item.name == f"is_{name}"), None)
    if known is not None:
        raise UnclearError(f"{entity.name}.{known.name} says that already.")
    field = Field(name=f"is_{name}", type="boolean", default=False, origin=scene.origin(match[0]))
    scene.make(AddField(entity=entity.name, item=field))
    return True


def _is_such(match: re.Match[str], scene: Scene) -> bool:
    """`posts can be pinned`: true or false, where such a word is usually a yes or no."""
    return known_type(member_name(match["as"])) == "boolean" and _mark(match, scene)


def _split(match: re.Match[str], scene: Scene) -> bool:
    """`split name into first and last name`: which part of a text is which, no rule can tell."""
    del match, scene
    raise UnclearError("What is kept cannot be taken apart or put together; add what is new, and remove what is then not needed")


_I = re.IGNORECASE
FIELDS = (
    (re.compile(r"(?:split|divide|break|merge|combine)\s+(?:up )?(?:the )?(?:field )?[\w\-.' ]+?\s+(?:up )?(?:into|and)\s+.+", _I), _split),
    (re.compile(r"(?:users|people|everybody|they) (?:can|may|should be able to) (?:mark|flag) (?:the |a |an |their |their own )?(?P<entity>[\w\- ]+?) as (?P<as>\w+)", _I), _mark),
    (re.compile(r"(?:the |a |an |all )?(?P<entity>[\w\- ]+?) (?:can|may|should|must)(?: also)? be (?P<as>\w+)", _I), _is_such),
    (re.compile(r"(?:rename|change the name of)\s+(?:the )?(?:field |column |relation )?(?P<name>[\w\-.' ]+?)(?:\s+(?:of|on|in)\s+(?P<of>[\w\- ]+?))?\s+(?:to|into|as)\s+(?P<to>[\w\-. ]+)", _I), _rename),
    (re.compile(r"(?:rename|change the name of)\s+(?:the )?(?:field |column |relation )?(?P<name>[\w\-.' ]+?)\s+(?:to|into|as)\s+(?P<to>[\w\-]+(?: [\w\-]+){0,2}?)\s+(?:of|on|in|for)\s+(?P<of>[\w\- ]+)", _I), _rename),
    (re.compile(r"(?:the )?(?P<name>[\w\-.' ]+?)(?:\s+(?:of|on|in)\s+(?P<of>[\w\- ]+?))?\s+should be (?:called|named)\s+(?P<to>[\w\- ]+)", _I), _rename),
    (re.compile(r"(?P<entity>[\w\- ]+?)\s+(?:(?:do|does|should|must|will) not|don't|doesn't|shouldn't|no longer|never)\s+(?:need|have|needs|has|require|requires)\s+(?:to have\s+)?(?:a |an |any )?(?P<items>[\w\-, ]+?)(?:\s+any ?more)?", _I), _lack),
    (re.compile(r"(?P<entity>[\w\- ]+?)\s+(?:need|needs|have no) no(?: more)? (?P<items>[\w\-, ]+?)(?:\s+any ?more)?", _I), _lack),
    (re.compile(r"(?:a |an |the |each |every |all )?(?P<entity>[\w\- ]+?)\s+(?:(?:should|must|will|shall|ought to|also|can|may)\s+(?:also\s+)?)?(?:needs?|have|has|gets?|requires?|wants?|carry|carries|stores?|includes?|records?|tracks?|holds?|keeps?|remembers?)\s*(?::\s*|\s(?:also\s+)?)(?P<items>.+)", _I), _have),
    (re.compile(r"(?:give|extend)\s+(?:the |each |every |all )?(?P<entity>[\w\-]+)\s+(?:with\s+)?(?P<items>.+)", _I), _have),
)  # fmt: skip
