"""Requests for another name of an entity: what points to it is called after it, and so is the role of people of whom rows are kept."""

import re

from apiwright.blueprint.changes import AlterRelation, RenameEntity, RenameRelation, RenameRole
from apiwright.kit.casing import snake
from apiwright.kit.inflection import plural
from apiwright.planner.embedded.revise_scene import Scene, UnclearError, entity_name, role_name


def _rename(match: re.Match[str], scene: Scene) -> bool:
    entity = scene.find_entity(match["name"])
    if entity is None or match["of"]:
        return False
    to = entity_name(match["to"])
    if to == entity.name:
        raise UnclearError(f"{to} is its name already.")
    if (role := scene.role(match["name"])) is not None:
        scene.make(RenameRole(name=role, to=role_name(match["to"])))
    scene.make(RenameEntity(entity=entity.name, to=to))
    for other in scene.blueprint.entities:
        for relation in [item for item in other.relations if item.target == to]:
            if relation.name == snake(entity.name):
                scene.make(RenameRelation(entity=other.name, name=relation.name, to=snake(to)))
            elif relation.name == snake(plural(entity.name)):
                scene.make(RenameRelation(entity=other.name, name=relation.name, to=snake(plural(to))))
    for relation in scene.entity(to).relations:
        if relation.inverse == snake(plural(entity.name)):
            after = relation.model_copy(update={"inverse": snake(plural(to))})
            scene.make(AlterRelation(entity=to, before=relation, after=after))
    return True


_I = re.IGNORECASE
RENAMES = (
    (re.compile(r"(?:rename|change the name of|turn(?! (?:it|them|those|these|this|that)\b))\s+(?:the |all )?(?:entity |model |table )?(?P<name>[\w\- ]+?)(?P<of>)\s+(?:to|into|as)\s+(?P<to>[\w\- ]+)", _I), _rename),
    (re.compile(r"(?:call|name)\s+(?:the )?(?P<name>[\w\-]+)(?P<of>)\s+(?P<to>[\w\-]+)", _I), _rename),
    (re.compile(r"(?:the )?(?P<name>[\w\- ]+?)(?P<of>) should be called (?P<to>[\w\- ]+)", _I), _rename),
)  # fmt: skip
