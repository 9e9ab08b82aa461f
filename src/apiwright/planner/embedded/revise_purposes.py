"""Requests that tell what a new thing is for: `add reservations so that members can reserve a book`."""

import re

from apiwright.blueprint import Relation
from apiwright.blueprint.changes import AddRelation
from apiwright.kit.casing import sentence
from apiwright.planner.embedded.revise_entities import ADD, add_part, owned_through
from apiwright.planner.embedded.revise_scene import Scene, UnclearError, member_name, plain


def _add_so_that(match: re.Match[str], scene: Scene) -> bool:
    """`add reservations so that members can reserve a book`: rows of one thing, by another."""
    subject, actor = scene.find_entity(match["to"]), scene.find_entity(match["who"])
    if subject is None:
        raise UnclearError(f"There is no {plain(match['to'])!r}")
    if (known := scene.find_entity(match["noun"])) is not None:
        raise UnclearError(f"There is {known.name} already.")
    add_part(scene, subject, match["noun"])
    part = scene.entity(scene.topic)
    auth = scene.blueprint.auth
    if actor is None and auth is not None and plain(match["who"]) in {"user", "users", "people", "everybody", "everyone"}:
        actor = scene.entity(auth.entity)
    if actor is not None and actor.name not in {relation.target for relation in part.relations}:
        name = member_name(sentence(actor.name))
        link = Relation(name=name, target=actor.name, required=True, on_delete="cascade", origin=scene.origin(match[0]))
        scene.make(AddRelation(entity=part.name, item=link))
        if auth is not None and actor.name == auth.entity:
            owned_through(scene, part.name, name)
    return True


PURPOSES = (
    (re.compile(rf"{ADD}\s+(?:an? )?(?P<noun>[\w\- ]+?),? so (?:that )?(?:the |an? )?(?P<who>[\w\- ]+?) (?:can|may|could|are able to) \w+ (?:(?:a|an|the|their|his|her|each|any) )?(?P<to>[\w\- ]+)", re.IGNORECASE), _add_so_that),
)  # fmt: skip
