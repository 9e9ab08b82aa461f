"""What an endpoint that the project's own code answers shows of other people's rows: attempts at seeing and changing them through it.

An endpoint that is granted to the owner is about what is the caller's own. Who is granted more may be told more: of these nothing is tried.
"""

from collections.abc import Iterator

from apiwright.blueprint import Blueprint, Endpoint, Entity
from apiwright.kit.casing import kebab
from apiwright.verifier.probe import OWNER, STRANGER, Probe
from apiwright.verifier.routes import collection_path
from apiwright.verifier.samples import argument_values
from apiwright.verifier.world import World, another_row, row_name

_DONE_OR_REFUSED = (200, 204, 403, 404, 409, 422, 501)


def reach_probes(blueprint: Blueprint, entity: Entity, world: World) -> Iterator[Probe]:
    """Each such endpoint of an entity, asked by somebody for their own, while there are rows of somebody else."""
    for item in entity.endpoints:
        if "owner" in item.access and not {"public", "authenticated"} & set(item.access):
            yield _probe(blueprint, entity, item, world)


def _probe(blueprint: Blueprint, entity: Entity, item: Endpoint, world: World) -> Probe:
    account = blueprint.auth.entity if blueprint.auth else ""
    place = collection_path(entity) + (f"/{{{row_name(STRANGER, entity.name, account)}}}" if item.scope == "row" else "")
    path, reads = f"{place}/{kebab(item.name)}", item.method == "GET"
    sent = argument_values(item, "mul")
    others = [each for each in blueprint.entities if _is_private(each) and each.name not in world.impossible]
    return Probe(
        title=f"{item.method} {path} by {STRANGER}, who is told of his own",
        who=STRANGER,
        method=item.method.lower(),
        path=path,
        expect=_DONE_OR_REFUSED,
        body=None if reads else sent or None,
        query={name: str(value) for name, value in sent.items()} if reads else {},
        unseen=tuple(row_name(OWNER, each.name, account) for each in others),
        meanwhile=tuple(another_row(each, account) for each in others if not once(each)) if reads else (),
    )


def _is_private(entity: Entity) -> bool:
    """Whether plain users may see none of its rows but their own."""
    open_to_all = {"public", "authenticated"}
    shown = {grant for operation in ("read", "list") if operation in entity.operations for grant in entity.access.of(operation)}
    return entity.owned_via is not None and not open_to_all & shown


def once(entity: Entity) -> bool:
    """Whether each owner or target can have but one such row, which everybody in a `World` has already."""
    linked = {relation.name for relation in entity.relations}
    return any(item.kind == "one_to_one" for item in entity.relations) or any(set(key) <= linked for key in entity.unique_together)
