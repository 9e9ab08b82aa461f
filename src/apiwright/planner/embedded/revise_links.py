"""Requests about relations: whose is what, how many, and what deleting does."""

import re
from typing import Literal

from apiwright.blueprint import Count, Entity, Relation
from apiwright.blueprint.base import Operation
from apiwright.blueprint.changes import AddCount, AddRelation, AlterRelation, ChangeOwner, ChangeUnique, RenameRelation
from apiwright.kit.casing import snake
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.people import PRIVILEGED, sounds_human
from apiwright.planner.embedded.revise_access import grant
from apiwright.planner.embedded.revise_entities import add_part, new_entity, owned_through
from apiwright.planner.embedded.revise_scene import Scene, UnclearError, member_name, plain
from apiwright.planner.embedded.revise_whole import ensure_auth
from apiwright.planner.embedded.words import word_list


def _between(one: Entity, other: Entity) -> list[Relation]:
    return [relation for relation in one.relations if relation.target == other.name]


def _many(match: re.Match[str], scene: Scene) -> bool:
    """`a user can belong to many teams`, `posts can have several categories`, `posts and tags are many to many`."""
    one = scene.entity(match["one"])
    other = scene.find_entity(match["other"])
    having = bool(re.search(r"\bha(?:s|ve)\s", match[0], re.IGNORECASE))
    if having and not _shared(match["other"]) and (other is None or not _between(one, other)):
        return _part(match, scene, one, other)
    other = other or new_entity(scene, match["other"])
    if having and (back := [item for item in _between(other, one) if item.kind == "many_to_one"]):
        raise UnclearError(f"{one.name} has many {other.name} already, through {other.name}.{back[0].name}.")
    assigned = re.search(r"\bassigned\b", match[0], re.IGNORECASE) and _is_account(scene, other)
    name = "assignees" if assigned else snake(plural(other.name))
    for relation in _between(one, other):
        if relation.kind == "many_to_many":
            raise UnclearError(f"{one.name} has many {relation.name} already.")
        if one.owned_via == relation.name and not assigned:
            raise UnclearError(f"{one.name} belongs to its {relation.name}; a row with many owners is not supported.")
        if relation.name in {snake(other.name), singular(name)}:
            groups = tuple(group for group in one.unique_together if relation.name not in group)
            if groups != one.unique_together:
                scene.make(ChangeUnique(entity=one.name, before=one.unique_together, after=groups))
            several = relation.model_copy(update={"kind": "many_to_many", "required": False, "on_delete": "restrict"})
            scene.make(AlterRelation(entity=one.name, before=relation, after=several))
            scene.make(RenameRelation(entity=one.name, name=relation.name, to=plural(relation.name)))
            return True
    scene.make(
        AddRelation(entity=one.name, item=Relation(name=name, kind="many_to_many", target=other.name, origin=scene.origin(match[0])))
    )
    return True


def _is_account(scene: Scene, entity: Entity) -> bool:
    return scene.blueprint.auth is not None and scene.blueprint.auth.entity == entity.name


def _shared(words: str) -> bool:
    """Whether such a thing usually belongs to many: tags, categories."""
    entry = catalogue().named(singular(plain(words)))
    return entry is not None and "shared" in entry.flags


def _part(match: re.Match[str], scene: Scene, one: Entity, other: Entity | None) -> bool:
    """`a todo has many reminders`: each reminder has one todo."""
    new = other is None
    part = other or new_entity(scene, match["other"])
    if _between(part, one):
        raise UnclearError(f"{one.name} has many {part.name} already.")
    link = Relation(
        name=snake(one.name), target=one.name, required=new, on_delete="cascade" if new else "set_null", origin=scene.origin(match[0])
    )
    scene.make(AddRelation(entity=part.name, item=link))
    return True


def _belongs(match: re.Match[str], scene: Scene) -> bool:
    """`posts belong to a category`, `each order must have a customer (user)`."""
    spoken_of = scene.find_entity("it") if plain(match["other"]) in {"one", "one of them", "it", "them"} else None
    one = scene.entity(match["one"])
    other, doer = spoken_of or scene.find_entity(match["other"]), ""
    if other is None and re.search(r"\bassigned to\b", match[0], re.IGNORECASE) and _is_doer(match["other"], scene):
        other, doer = scene.entity(ensure_auth(scene).entity), match["other"]
    elif other is None:
        other = new_entity(scene, match["other"], stated=match.groupdict().get("fields") or "", told=True)
    elif match.groupdict().get("fields"):
        raise UnclearError(f"There is {other.name} already.")
    account = _is_account(scene, other)
    if account and not match["as"] and not doer and re.search(r"\bassigned to\b", match[0], re.IGNORECASE):
        doer = "assignee"
    required = bool(re.search(r"\b(?:must|always|has to|have to)\b", match[0], re.IGNORECASE))
    name = member_name(match["as"] or doer) if match["as"] or doer else "owner" if account and not match["as"] else snake(other.name)
    for relation in _between(one, other):
        if relation.kind == "many_to_many" and not match["as"] and not doer:
            single = relation.model_copy(
                update={"kind": "many_to_one", "required": required, "on_delete": "restrict" if required else "set_null"}
            )
            scene.make(AlterRelation(entity=one.name, before=relation, after=single))
            scene.make(RenameRelation(entity=one.name, name=relation.name, to=singular(relation.name)))
            return True
        if not match["as"] and not doer:
            raise UnclearError(f"{one.name} has a {relation.name} already.")
    rule: Literal["restrict", "set_null"] = "restrict" if required else "set_null"
    owned = account and name == "owner" and scene.is_new(one)
    if owned:  # nobody has rows of it yet: from the first one on each is somebody's
        required, rule = True, "restrict"
    link = Relation(name=name, target=other.name, required=required, on_delete=rule, origin=scene.origin(match[0]))
    scene.make(AddRelation(entity=one.name, item=link))
    if owned:
        owned_through(scene, one.name, name)
    return True


def _placed(match: re.Match[str], scene: Scene) -> bool:
    """`patients can be admitted to a ward`: where the place is a thing, and no moment or manner: `published at a later date`."""
    thing = scene.find_entity(match["other"]) is not None or catalogue().named(singular(plain(match["other"]))) is not None
    return thing and _belongs(match, scene)


def _is_doer(words: str, scene: Scene) -> bool:
    """Whether rows are kept of no such people: they have accounts, and do something there."""
    last = singular(plain(words).split()[-1])
    people = PRIVILEGED | word_list("kinds") | word_list("staff")
    return catalogue().named(singular(plain(words))) is None and (scene.role(words) is not None or last in people or sounds_human(last))


def _parts_told(match: re.Match[str], scene: Scene) -> bool:
    """`a product may have several variants with a sku and a size`."""
    entity, noun = scene.entity(match["one"]), match["other"]
    if (known := scene.find_entity(noun)) is not None:
        raise UnclearError(f"There is {known.name} already.")
    add_part(scene, entity, noun, stated=match["fields"])
    return True


def _at_least_one(match: re.Match[str], scene: Scene) -> bool:
    """`a post must have at least one tag`."""
    entity, target = scene.entity(match["one"]), scene.entity(match["other"])
    links = _between(entity, target)
    if len(links) != 1:
        raise UnclearError(f"{entity.name} has {'several links' if links else 'no link'} to {target.name}.")
    after = links[0].model_copy(
        update={"required": True, "on_delete": "restrict" if links[0].on_delete == "set_null" else links[0].on_delete}
    )
    if after != links[0]:
        scene.make(AlterRelation(entity=entity.name, before=links[0], after=after))
    return True


def _one_each(match: re.Match[str], scene: Scene) -> bool:
    """`a user has one profile`: the profile holds the key."""
    one = scene.entity(match["one"])
    other = scene.find_entity(match["other"]) or new_entity(scene, match["other"])
    known = next((item for item in one.relations if item.target == other.name and item.kind == "many_to_one"), None)
    if known is not None and "exactly" in match[0].lower():  # it has one, and may have none so far
        rule = "restrict" if known.on_delete == "set_null" else known.on_delete
        after = known.model_copy(update={"required": True, "on_delete": rule})
        scene.make(*([AlterRelation(entity=one.name, before=known, after=after)] if after != known else []))
        return True
    if known is not None:
        return True
    link = Relation(
        name=snake(one.name), kind="one_to_one", target=one.name, required=False, on_delete="set_null", origin=scene.origin(match[0])
    )
    scene.make(AddRelation(entity=other.name, item=link))
    return True


def _owned(match: re.Match[str], scene: Scene) -> bool:
    """`users only see their own todos`, `todos are private to their owner`."""
    if (who := match.groupdict().get("who")) and not _have_accounts(scene, who):
        return False
    auth = ensure_auth(scene)
    entity = scene.entity(match["one"])
    if entity.name == auth.entity:
        return False
    verb = (match.groupdict().get("verb") or "see").lower()
    touched: tuple[Operation, ...] = (
        ("update",)
        if verb in {"edit", "update", "change"}
        else ("delete",)
        if verb in {"delete", "remove"}
        else ("read", "list", "update", "delete")
    )
    relation = next((item for item in entity.relations if item.target == auth.entity and item.kind != "many_to_many"), None)
    if entity.owned_via is None:
        if relation is None:
            relation = Relation(name="owner", target=auth.entity, required=True, on_delete="cascade", origin=scene.origin(match[0]))
            scene.make(AddRelation(entity=entity.name, item=relation))
        elif not relation.required:
            kept = relation.model_copy(update={"required": True, "on_delete": "restrict"})
            scene.make(AlterRelation(entity=entity.name, before=relation, after=kept))
        scene.make(ChangeOwner(entity=entity.name, before=None, after=relation.name))
    if "public" in scene.entity(entity.name).access.create:
        grant(scene, entity.name, "create", ("authenticated",))
    for operation in touched:
        before = scene.entity(entity.name).access.of(operation)
        roles = tuple(item for item in before if item.startswith("role:"))
        if not roles or "public" in before or "authenticated" in before:
            grant(scene, entity.name, operation, ("owner", *roles))
    return True


def _have_accounts(scene: Scene, words: str) -> bool:
    """Whether these are people who log in.

    Raises:
        UnclearError: Rows are kept of them, and they have no accounts.
    """
    noun = singular(re.sub(r"^(?:each|every) ", "", plain(words)))
    entity = scene.find_entity(noun)
    if entity is not None and scene.blueprint.auth is not None and entity.name != scene.blueprint.auth.entity:
        raise UnclearError(f"A {entity.name} has no account of its own: only a {scene.blueprint.auth.entity} logs in.")
    return entity is not None or noun in word_list("kinds") | word_list("staff") or sounds_human(noun)


def _on_delete(match: re.Match[str], scene: Scene) -> bool:
    """`deleting a user deletes their posts`, `when a category is deleted, keep its products`."""
    parent, child = scene.entity(match["parent"]), scene.entity(match["child"])
    said = match["what"].lower() if match.groupdict().get("no") is None else "not delete"
    rule: Literal["cascade", "restrict", "set_null"] = (
        "restrict" if re.search(r"forbid|prevent|refuse|not be possible|impossible", said) else "set_null" if re.search(r"keep|kept|not|stay|remain|clear|leave|unlink", said) else "cascade"
    )  # fmt: skip
    links = [item for item in _between(child, parent) if item.kind != "many_to_many"]
    if not links:
        raise UnclearError(f"{child.name} has no link to {parent.name}.")
    for relation in links:
        if rule == "set_null" and relation.required:
            raise UnclearError(f"{child.name}.{relation.name} is required, so it cannot be cleared; make it optional first")
        if relation.on_delete != rule:
            scene.make(AlterRelation(entity=child.name, before=relation, after=relation.model_copy(update={"on_delete": rule})))
    return True


def _count(match: re.Match[str], scene: Scene) -> bool:
    """`show the number of comments on posts`."""
    entity, source = scene.entity(match["of"]), scene.entity(match["what"])
    links = _between(source, entity)
    if not links:
        raise UnclearError(f"{source.name} has no link to {entity.name}.")
    name = f"{snake(plural(source.name))}_count"
    scene.make(AddCount(entity=entity.name, item=Count(name=name, source=source.name, via=links[0].name, origin=scene.origin(match[0]))))
    return True


_I = re.IGNORECASE
_E = r"(?:a |an |the |each |every |all )?"
_SEVERAL = r"(?:many|several|multiple|more than one|any number of|one or more|a number of|a list of|lots of)(?: different)?"
LINKS = (
    (re.compile(rf"{_E}(?P<one>[\w\- ]+?)\s+(?:(?:can|may|should|could|must)\s+)?(?:have|has|needs?|gets?)\s+{_SEVERAL}\s+(?P<other>[\w\- ]+?),? (?:each )?(?:with|having) (?P<fields>.+)", _I), _parts_told),
    (re.compile(rf"{_E}(?P<one>[\w\- ]+?)\s+(?:must|should|has to|have to|needs? to|always)?\s*(?:have|has|needs?)\s+at least one (?P<other>[\w\- ]+)", _I), _at_least_one),
    (re.compile(rf"{_E}(?P<one>[\w\- ]+?)\s+(?:(?:can|may|should|could|must)\s+)?(?:be (?:in|part of|assigned to|linked to)|belongs? to|have|has|join|be members? of|work (?:in|on))\s+{_SEVERAL}\s+(?P<other>[\w\- ]+)", _I), _many),
    (re.compile(rf"{_E}(?P<one>[\w\-]+)\s+and\s+(?P<other>[\w\-]+)\s+(?:are|should be|have a|become)\s+(?:linked |related )?many[ -]to[ -]many(?: relation(?:ship)?)?", _I), _many),
    (re.compile(rf"(?:deleting|removing|when deleting|if you delete)\s+{_E}(?P<parent>[\w\- ]+?),?\s+(?:should |must |also )*(?P<what>deletes?|removes?|keeps?|not delete|leaves?|clears?|unlinks?|is forbidden while there are|must be forbidden while there are|refused? while there are)\s+(?:also )?(?:all )?(?:of )?(?:its|their|his|the|her)?\s*(?P<child>[\w\- ]+)", _I), _on_delete),
    (re.compile(rf"(?:when|if|once)\s+{_E}(?P<parent>[\w\- ]+?)\s+(?:is|gets)\s+(?:deleted|removed),?\s+(?:(?:then )?(?:also )?(?P<what>delete|remove|keep|clear|unlink|leave)\s+)(?:also )?(?:all )?(?:of )?(?:its|their|the|his)?\s*(?P<child>[\w\- ]+)", _I), _on_delete),
    (re.compile(rf"(?:when|if|once)\s+{_E}(?P<parent>[\w\- ]+?)\s+(?:is|gets)\s+(?:deleted|removed),?\s+(?:its|their|the|his)\s+(?P<child>[\w\- ]+?)\s+(?:should |must |will )?(?:also )?(?P<what>be deleted|be removed|be kept|stay|not be deleted|remain)(?: too)?", _I), _on_delete),
    (re.compile(r"(?:a |each |every )?(?:users?|people|everybody|everyone|members?|one|they|customers?|accounts?|(?P<who>[\w ]+?))\s+(?:may |can |should |must )?(?:only )?(?P<verb>see|access|view|manage|edit|update|change|delete|remove|read)s?\s+(?:only )?(?:and \w+ )?(?:his|her|their|its|his or her)\s+own\s+(?P<one>[\w\- ]+)", _I), _owned),
    (re.compile(r"(?:a |the |all )?(?:users?|people|members?|customers?|accounts?|they)\s+(?:can(?:not| not|'t)|must not|mustn't|should not|shouldn't|may not|(?:can|may|should) no longer)\s+(?:be able to )?(?P<verb>see|access|view|read|edit|manage|change|update|delete|remove)\s+(?:each other's|one another's|other people's|other users'|others'|anyone else's|somebody else's)\s+(?P<one>[\w\- ]+)", _I), _owned),
    (re.compile(rf"(?:do not|don't|never) (?P<what>delete|remove) {_E}(?P<child>[\w\- ]+?) (?:when|if|once) {_E}(?P<parent>[\w\- ]+?) (?:is|gets|are) (?:deleted|removed)(?P<no>)", _I), _on_delete),
    (re.compile(rf"{_E}(?P<one>[\w\- ]+?)\s+(?:(?:should|must)\s+)?(?:be|are|is)?\s*(?:private to|only visible to|visible only to|owned by|only for)\s+(?:their|its|the|each)\s*(?:owners?|users?|creators?|authors?)", _I), _owned),
    (re.compile(rf"(?:show|add|include|display|tell|return)\s+(?:the |a )?(?:number|count)\s+of\s+(?:its |their )?(?P<what>[\w\- ]+?)\s+(?:on|of|in|to|for|with|per|a)\s+{_E}(?P<of>[\w\- ]+)", _I), _count),
    (re.compile(rf"{_E}(?P<of>[\w\- ]+?)\s+(?:should |must )?(?:show|tell|have|has|include)s?\s+(?:the |a )?(?:number|count)\s+of\s+(?:its |their )?(?P<what>[\w\- ]+)", _I), _count),
    (re.compile(rf"{_E}(?P<of>[\w\- ]+?)\s+(?:should |must )?(?:show|tell|say|return)s?\s+how many\s+(?P<what>[\w\- ]+?)\s+(?:they|it|there)(?:\s+\w+)?", _I), _count),
    (re.compile(rf"{_E}(?P<one>[\w\- ]+?)\s+(?:(?:should|must|can|may|always|will)\s+)*(?:belongs? to|be part of|be assigned to|be linked to|is part of|are part of|is in|are in|links? to|points? to|refers? to)\s+(?:always )?(?:a |an |the |one |another |some other |exactly one |a single )?(?P<other>[\w\-]+(?: [\w\-]+)?)(?:\s+(?:as|called|named)\s+(?:the |its )?(?P<as>[\w ]+)|,? (?:which|that|who) (?:has|have|needs?) (?P<fields>.+))?", _I), _belongs),
    (re.compile(rf"{_E}(?P<one>[\w\- ]+?)\s+(?:can|may|should)\s+be\s+\w+(?:ed|en|pt|ut|ld)\s+(?:to|in|into|at)\s+(?:an?|one)\s+(?P<other>[\w\-]+(?: [\w\-]+)?)(?P<as>(?!))?", _I), _placed),
    (re.compile(rf"(?:link|connect|relate|associate)\s+{_E}(?P<one>[\w\- ]+?)\s+(?:to|with)\s+{_E}(?P<other>[\w\-]+)(?:\s+(?:as|called|named)\s+(?:the |its )?(?P<as>[\w ]+))?", _I), _belongs),
    (re.compile(rf"{_E}(?P<one>[\w\- ]+?)\s+(?:(?:can|may|should|must)\s+)?(?:has|have)\s+(?:exactly |at most |only )?one\s+(?P<other>[\w\-]+)", _I), _one_each),
)  # fmt: skip
