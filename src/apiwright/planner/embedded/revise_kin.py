"""Requests for links of things to others of their own kind."""

import re

from apiwright.blueprint import Relation
from apiwright.blueprint.changes import AddRelation
from apiwright.planner.embedded.revise_scene import Scene, UnclearError


def _nested(match: re.Match[str], scene: Scene) -> bool:
    """`comments can be nested`: each may have one of its own kind above it."""
    entity = scene.entity(match["one"])
    if known := next((item.name for item in entity.relations if item.target == entity.name and item.kind == "many_to_one"), ""):
        raise UnclearError(f"{entity.name} has a {known} already.")
    link = Relation(name="parent", target=entity.name, on_delete="set_null", origin=scene.origin(match[0]))
    scene.make(AddRelation(entity=entity.name, item=link))
    return True


def _among_themselves(match: re.Match[str], scene: Scene) -> bool:
    """`todos can depend on other todos`: many of its own kind."""
    entity = scene.entity(match["one"])
    if (same := match["same"]) and scene.find_entity(same) not in (None, entity):
        return False
    name = next(name for verb, name in _KINSHIP.items() if verb in match["verb"].lower())
    if entity.field(name) or entity.relation(name):
        raise UnclearError(f"{entity.name} has {name!r} already.")
    link = Relation(name=name, kind="many_to_many", target=entity.name, origin=scene.origin(match[0]))
    scene.make(AddRelation(entity=entity.name, item=link))
    return True


_I = re.IGNORECASE
_E = r"(?:a |an |the |each |every |all )?"
_KINSHIP = {"depend": "dependencies", "block": "blocked", "relate": "related", "link": "related", "refer": "references"}
"""What the link is called, by the verb."""
KIN = (
    (re.compile(rf"(?:make |let )?{_E}(?P<one>[\w\- ]+?)\s+(?:(?:can|may|should|must|to)\s+)?(?:be )?(?:nested|hierarchical|nestable|nest)", _I), _nested),
    (re.compile(rf"{_E}(?P<one>[\w\- ]+?)\s+(?:can|may|should|must)\s+(?P<verb>depend on|block|(?:be )?relate(?:d)? to|(?:be )?link(?:ed)? to|refer to|reference)\s+(?:several |many |any )?(?:(?:other|another|further)\s+(?P<same>[\w\-]+)|each other|one another)", _I), _among_themselves),
)  # fmt: skip
