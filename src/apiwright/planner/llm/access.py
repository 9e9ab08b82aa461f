"""Who may call an endpoint whose access a model did not say. A blueprint's own default is everybody, which nobody has chosen here."""

from collections.abc import Mapping

from apiwright.blueprint import Blueprint, Endpoint, Entity, Grant


def with_access(blueprint: Blueprint, draft: Blueprint | None) -> Blueprint:
    """The blueprint in which every endpoint says who may call it. What was chosen here, and not by the draft, is among the assumptions."""
    chosen: list[str] = []
    entities: list[Entity] = []
    for entity in blueprint.entities:
        before = draft.entity(entity.name) if draft else None
        drafted = {item.name: item for item in before.endpoints} if before else {}
        endpoints = tuple(_one(blueprint, entity, item, drafted, chosen) for item in entity.endpoints)
        entities.append(entity if endpoints == entity.endpoints else entity.model_copy(update={"endpoints": endpoints}))
    assumptions = tuple(dict.fromkeys((*blueprint.assumptions, *chosen)))
    return blueprint.model_copy(update={"entities": tuple(entities), "assumptions": assumptions})


def _one(blueprint: Blueprint, entity: Entity, item: Endpoint, drafted: Mapping[str, Endpoint], chosen: list[str]) -> Endpoint:
    if "access" in item.model_fields_set:
        return item
    if item.name in drafted:
        return item.model_copy(update={"access": drafted[item.name].access})
    grant, who = _safe(blueprint, entity)
    chosen.append(f"Nothing says who may call {item.name} of {entity.name}; {who}.")
    return item.model_copy(update={"access": (grant,)})


def _safe(blueprint: Blueprint, entity: Entity) -> tuple[Grant, str]:
    if blueprint.auth is None:
        return "public", "anybody may, for there are no accounts"
    if entity.owned_via is not None or entity.name == blueprint.auth.entity:
        return "owner", "only the owner may, of what is the owner's"
    return "authenticated", "whoever is logged in may"
