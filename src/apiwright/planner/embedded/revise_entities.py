"""Requests about entities: add and remove."""

import re

from apiwright.blueprint import Entity, Field, Relation
from apiwright.blueprint.base import Grant
from apiwright.blueprint.changes import (
    AddEntity,
    AddRelation,
    ChangeOwner,
)
from apiwright.blueprint.model import Access
from apiwright.kit.casing import sentence
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.catalogue import Entry, catalogue
from apiwright.planner.embedded.members import catalogue_fields
from apiwright.planner.embedded.revise_fields import add_members, remove_member, unless_there
from apiwright.planner.embedded.revise_items import said_items
from apiwright.planner.embedded.revise_members import are_attributes, reads_as_field
from apiwright.planner.embedded.revise_removal import remove_entity
from apiwright.planner.embedded.revise_scene import Scene, UnclearError, entity_name, member_name, plain, spoken
from apiwright.planner.embedded.words import lexicon


def new_entity(scene: Scene, words: str, *, stated: str = "", told: bool = False) -> Entity:
    """Add an entity, with the fields that are stated, or else those that such a thing usually has.

    Args:
        scene: What is spoken of.
        words: Its name.
        stated: Its fields.
        told: Whether it is clear that it is a thing, whatever it is called.

    Raises:
        UnclearError: It is none, or can have no such name.
    """
    name = entity_name(words)
    if lexicon().is_barren(plain(words).split()[-1]) and not (stated or told):
        raise UnclearError(f"{plain(words)!r} says nothing that a backend could keep.")
    entry = catalogue().named(singular(plain(words)))
    fields: tuple[Field, ...] = ()
    if not stated:
        usual = tuple(catalogue_fields(entry.fields, name)) if entry is not None and "account" not in entry.flags else ()
        fields = usual or (Field(name="name", type="string", required=True, max_length=200, origin=scene.origin(words)),)
    entity = Entity(name=name, fields=fields, access=_usual_access(scene), origin=scene.origin(words))
    scene.make(AddEntity(entity=entity))
    scene.topic = name
    if stated:
        add_members(scene, entity, stated)
    return scene.entity(name)


def _usual_access(scene: Scene) -> Access:
    """As most of the others have it: everybody reads, and who is logged in writes, where there are accounts."""
    writes: tuple[Grant, ...] = ("authenticated",) if scene.blueprint.auth else ("public",)
    reads = [
        entity.access.list for entity in scene.blueprint.entities if scene.blueprint.auth and entity.name != scene.blueprint.auth.entity
    ]
    open_reading = not scene.blueprint.auth or ("public",) in reads
    read: tuple[Grant, ...] = ("public",) if open_reading else ("authenticated",)
    return Access(create=writes, read=read, list=read, update=writes, delete=writes)


def _add_to(match: re.Match[str], scene: Scene) -> bool:
    """`add comments to posts`, `add a due date and a priority to todos`."""
    entity = scene.entity(match["to"])
    items, told = list(said_items(match["items"])), (match["told"] or "").strip(" ,")
    part = re.fullmatch(r"(?P<noun>[\w ]+?) (?:with|having) (?P<fields>.+)", match["items"])
    if part and len(items) > 1 and not told and singular(plain(part["noun"])) != plain(part["noun"]):
        return False  # the list is what each of them has
    if not items or (told and (len(items) != 1 or "(" in match["items"])):
        return False
    noun = re.sub(r" (?:field|column)$", "", re.sub(r"^(?:an?|the|some|new|also) ", "", match["items"]) if told else items[0])
    if noun != items[0] and not told:
        add_members(scene, entity, ", ".join(re.sub(r" (?:fields?|columns?)$", "", item) for item in items))
        return True
    if told.startswith(":"):
        told = f"({told[1:].strip()})"
    if each := re.match(r"(?:each )?(?:with|having) ", told, re.IGNORECASE):
        fields = told[each.end() :]
        if singular(plain(noun)) != plain(noun) and scene.find_entity(noun) is None:
            add_part(scene, entity, noun, stated=fields)
            return True
        told = f"({re.sub('^(?:(?:the|a|an|possible) )*(?:(?:values?|options?|choices|states) )?', '', fields)})"
    items = list(said_items(f"{noun} {told}")) if told else items
    for item in items:
        unless_there(item, items, lambda said: add_one(scene, scene.entity(entity.name), said))
    return True


def _add_told_to(match: re.Match[str], scene: Scene) -> bool:
    """`add comments with a body and a rating to posts`, `add invoices with an amount that belong to a customer`."""
    noun, entity = match["noun"], scene.entity(match["to"])
    apart = match.groupdict().get("apart") or match.groupdict().get("lead")
    if singular(plain(noun)) == plain(noun) and not apart:
        return False
    if (known := scene.find_entity(noun)) is not None:
        raise UnclearError(f"There is {known.name} already.")
    add_part(scene, entity, noun, stated=_balanced(match["fields"]))
    return True


def _balanced(fields: str) -> str:
    """A list without the bracket that it all stands in, where it does."""
    missing = fields.count("(") - fields.count(")")
    return f"{fields})" if missing == 1 else fields


def add_one(scene: Scene, entity: Entity, item: str) -> None:
    """Add one of a list to an entity: a field, a link, or an entity whose rows belong to it; what is called a field is one."""
    if listed := listed_part(item):
        add_part(scene, entity, listed["noun"], stated=listed["fields"])
        return
    noun = plain(item)
    many = singular(noun) != noun
    known = scene.find_entity(item) if re.fullmatch(r"[\w \-]+", item) else None
    entry = catalogue().named(singular(noun))
    if known is not None:
        add_link(scene, entity, known, member_name(item), many=many)
    elif many and not _looks_like_field(item) and (entry is not None or not reads_as_field(item)):
        add_part(scene, entity, item)
    elif not many and entry is not None and not reads_as_field(item) and not _looks_like_field(item):
        if scene.blueprint.auth and scene.blueprint.auth.entity == entity.name:  # what a person has is theirs: a wishlist, a profile
            add_part(scene, entity, item)
            owned_through(scene, entity_name(item), member_name(sentence(entity.name)))
            return
        add_link(scene, entity, new_entity(scene, item), member_name(item), many=False)
    else:
        add_members(scene, entity, item)


def add_part(scene: Scene, entity: Entity, item: str, *, stated: str = "") -> None:
    """A new entity whose rows each belong to one of another; or which rows share, where such things usually are: tags."""
    entry = catalogue().named(singular(plain(item)))
    part = new_entity(scene, item, stated=stated)
    if entry is not None and "shared" in entry.flags:
        add_link(scene, entity, part, member_name(item), many=True)
        return
    name = member_name(sentence(entity.name))
    link = Relation(name=name, target=entity.name, required=True, on_delete="cascade", origin=scene.origin(item))
    scene.make(AddRelation(entity=part.name, item=link))
    _authored(scene, part.name, entry)
    scene.topic = part.name


def listed_part(item: str) -> re.Match[str] | None:
    """`prescriptions (medication, dosage)`: several of something, and the fields that each has; `sizes (S, M, L)` are values."""
    found = re.fullmatch(r"(?P<noun>[\w \-]+?)\s*\((?P<fields>[^()]+)\)", item)
    if found is None or singular(plain(found["noun"])) == plain(found["noun"]):
        return None
    return found if are_attributes([part for part in re.split(r"\s*,\s*|\s+and\s+", found["fields"]) if part]) else None


def _looks_like_field(item: str) -> bool:
    return bool(re.search(r"[(:]", item))


def _authored(scene: Scene, part: str, entry: Entry | None) -> None:
    """What people write belongs to them: a comment has an author where there are accounts."""
    auth = scene.blueprint.auth
    if auth is None or entry is None or "@author" not in entry.relations:
        return
    author = Relation(name="author", target=auth.entity, required=True, on_delete="cascade", origin=scene.origin(part))
    scene.make(AddRelation(entity=part, item=author))
    owned_through(scene, part, "author")


def owned_through(scene: Scene, part: str, via: str) -> None:
    """Who made a row changes and deletes it."""
    scene.make(ChangeOwner(entity=part, before=scene.entity(part).owned_via, after=via))
    from apiwright.planner.embedded.revise_access import grant  # noqa: PLC0415 - the two need each other

    for operation in ("update", "delete"):
        grant(scene, part, operation, ("owner",))


def add_link(scene: Scene, entity: Entity, target: Entity, name: str, *, many: bool) -> None:
    """A new link between two entities that are there; a list when `many`."""
    if entity.field(name) or entity.relation(name):
        raise UnclearError(f"{entity.name} has {name!r} already.")
    if many:
        relation = Relation(name=plural(singular(name)), kind="many_to_many", target=target.name, origin=scene.origin(name))
    else:
        relation = Relation(name=name, target=target.name, on_delete="set_null", origin=scene.origin(name))
    scene.make(AddRelation(entity=entity.name, item=relation))


def _add_entity(match: re.Match[str], scene: Scene) -> bool:
    words, stated = match["name"], match["fields"] or ""
    if not stated and _to_the_topic(scene, words):
        return True
    if scene.find_entity(words) is not None and plain(words) not in {"user", "users"}:
        raise UnclearError(f"There is {scene.entity(words).name} already.")
    if stated and "(" in match[0][: match.start("fields") - match.start()] and _a_member(scene, match, stated):
        return True
    if not stated and (kin := _kind_of_known(scene, words)):
        raise UnclearError(f"It is not said what sets {plain(words)!r} apart from {kin}; name its fields, or add a field to {kin}")
    stated = _balanced(stated)
    for item in said_items(words) if not stated else [words]:
        new_entity(scene, item, stated=stated)
    return True


def _a_member(scene: Scene, match: re.Match[str], stated: str) -> bool:
    """`orders: add a carrier (DHL, UPS)`, `add a carrier (DHL, UPS)`: a list of values in brackets is a field of what was spoken of."""
    if re.search(r"\b(?:entity|model|resource|table)\b", match[0], re.IGNORECASE):
        return False
    parts = re.split(r"\s*,\s*|\s+(?:and|or)\s+", stated)
    ruled = bool(re.match(r"(?:default|required|optional|unique|max|min|up to|at (?:most|least)|\d)\b", stated, re.IGNORECASE))
    if not scene.heading and not ruled and (are_attributes(parts) or any(reads_as_field(part) for part in parts)):
        return False
    place = scene.find_entity(scene.heading or "it")
    if place is None:
        raise UnclearError(f"It is not said what {plain(match['name'])!r} is to be added to.")
    add_one(scene, place, f"{match['name']} ({stated})")
    return True


def _kind_of_known(scene: Scene, words: str) -> str:
    """The entity of which `recurring todos` are some; empty when it is a thing of its own."""
    first, _, rest = plain(words).partition(" ")
    known = next((entity for entity in scene.blueprint.entities if rest in spoken(entity)), None)
    return known.name if known and re.search(r"(?:ing|ed|able|ible)$", first) else ""


def _to_the_topic(scene: Scene, words: str) -> bool:
    """`add a start date`, said of what was spoken of last: fields alone make no entity."""
    items = list(said_items(words))
    if scene.heading:
        for item in items:
            add_one(scene, scene.entity(scene.heading), item)
        return True
    fields = [item for item in items if singular(plain(item)) == plain(item) and reads_as_field(item)]
    if len(fields) != len(items) or any(catalogue().named(plain(item)) or scene.find_entity(item) for item in items):
        return False
    place = scene.find_entity("it")
    if place is None:
        raise UnclearError(f"It is not said what {plain(words)!r} is to be added to.")
    add_members(scene, place, words)
    return True


def _remove(match: re.Match[str], scene: Scene) -> bool:
    """`remove tags`, `remove the due date from todos`, `remove likes`."""
    items = list(said_items(match["items"]))
    if re.match(r"(?:delete|clear|wipe|erase)\s+(?:all|every)\b", match[0], re.IGNORECASE):
        raise UnclearError("A version changes what is kept, not the rows; to remove the entity, say so.")
    whole = f"{match['items']} of {match['of']}"
    if match["of"] and scene.find_entity(match["of"]) is None and scene.members(whole):
        items, within = [whole], None
    else:
        within = scene.entity(match["of"]) if match["of"] else None
    for item in items:
        entity = scene.find_entity(item)
        if within is not None:
            remove_member(scene, item, scene.entity(within.name))
        elif entity is not None and plain(item) in spoken(entity):
            remove_entity(scene, entity.name)
        else:
            remove_member(scene, item, None)
    return bool(items)


_I = re.IGNORECASE
ADD = r"(?:add|create|introduce|include|we (?:also )?need|i (?:also )?need|support|there should be|have|give us|we want|i want)"
ENTITIES = (
    (re.compile(rf"{ADD}\s+(?P<items>.+?)\s+(?:to|for|on)\s+(?P<to>(?:the |each |every |all )?(?!\d)[\w\- ]+?)(?P<told>\s*\([^()]*\)|\s*:.+|,?\s+(?:each )?(?:with|having)\s+.+|,?\s+starting (?:at|from|with) \S+|,?\s+(?:(?:that|which) )?defaults? to \S+|,?\s+(?:(?:that|which) (?:is|are) )?[\w\-]+ by default|\s+(?:between|from)\s+\S+\s+(?:and|to)\s+\S+)?", _I), _add_to),
    (re.compile(rf"{ADD}\s+(?:an? |the )?(?:new )?(?P<lead>(?:entity|model|resource|table) )?(?P<noun>[\w\- ]+?)(?P<apart>\s+(?:entity|model|resource|table))?\s*(?:\s(?:with|having)|[:(])\s*(?:fields? |the fields? )?(?P<fields>.+?)\)?,? (?:(?:that|which|and|each|who) )?(?:is |are )?(?:belong(?:s|ing)? to|linked to|related to|attached to|connected to|for each|for every) (?:an? |the |each |every |one )*(?P<to>[\w\-]+(?: [\w\-]+)?)", _I), _add_told_to),
    (re.compile(rf"{ADD}\s+(?:an? |the )?(?:new )?(?P<noun>[\w\- ]+?)\s+(?:with|having)\s+(?P<fields>.+?)\s+(?:to|for)\s+(?:the |each |every |all )?(?P<to>[\w\-]+(?: [\w\-]+)?)", _I), _add_told_to),
    (re.compile(rf"{ADD}\s+(?:an? |the )?(?:(?:new|second|third|another|further|separate) )*(?:(?:entity|model|resource|table)\s+(?:called |named |for )?)?(?P<name>[\w\- ]+?)(?:\s+(?:entity|model|resource|table))?(?:\s*(?:,\s*)?(?:with|having|that ha(?:s|ve)|which ha(?:s|ve)|containing|:|\()\s*(?:fields? |the fields? |attributes? )?(?P<fields>.+?)\)?)?", _I), _add_entity),
    (re.compile(rf"{ADD}\s+(?P<name>[\w\-, ]+)(?P<fields>)", _I), _add_entity),
    (re.compile(r"(?:remove|drop|delete|get rid of|we (?:do not|don't|no longer) need|(?:i|we) (?:do not|don't|no longer) want|i (?:do not|don't|no longer) need|no more|there should be no(?: more)?|forget about|throw away|lose|without)\s+(?:the |any |all )?(?P<items>[\w\-, ]+?)(?:\s+(?:entity|entities|model|table|fields?|columns?))?(?:\s+(?:from|of|in|on)\s+(?P<of>[\w\- ]+?))?(?:\s+(?:any ?more|completely|altogether|entirely))?", _I), _remove),
)  # fmt: skip
