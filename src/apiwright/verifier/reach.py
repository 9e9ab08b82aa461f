"""What code of a project does with other people's rows: attempts at seeing and changing them through endpoints, computed fields and hooks.

What is granted to the owner is about what is the caller's own. Who is granted more may be told more: of these nothing is tried.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apiwright.blueprint import Blueprint, Endpoint, Entity, Operation
from apiwright.kit.casing import kebab
from apiwright.verifier.probe import OWNER, STRANGER, Probe
from apiwright.verifier.routes import collection_path
from apiwright.verifier.samples import argument_values, change_of, field_values
from apiwright.verifier.world import World, another_row, required_links, row_name

_DONE_OR_REFUSED = (200, 201, 204, 403, 404, 409, 422, 501)
_OPEN = frozenset({"public", "authenticated"})


def reach_probes(blueprint: Blueprint, entity: Entity, world: World) -> Iterator[Probe]:
    """Each endpoint of an entity that is the owner's, and each answer with computed fields: asked by somebody for their own."""
    attempts = _Attempts(blueprint, entity, world)
    for item in entity.endpoints:
        if "owner" in item.access and not _OPEN & set(item.access):
            yield attempts.endpoint(item)
    if entity.computed:
        yield from attempts.answers()


def hook_probes(blueprint: Blueprint, world: World) -> Iterator[Probe]:
    """Each operation with hooks, done by somebody to their own. Rows are deleted after all else, and those that hang on others first."""
    hooked = [entity for entity in blueprint.entities if entity.hooks and entity.name not in world.impossible]
    operations: tuple[Operation, ...] = ("create", "update")
    for entity in hooked:
        for operation in operations:
            yield from _Attempts(blueprint, entity, world).hooked(operation)
    for entity in reversed(hooked):
        yield from _Attempts(blueprint, entity, world).hooked("delete")


@dataclass(frozen=True, slots=True)
class _Attempts:
    """What somebody does for themselves, while there are rows of somebody else."""

    blueprint: Blueprint
    entity: Entity
    world: World

    def endpoint(self, item: Endpoint) -> Probe:
        path, reads = f"{self._row() if item.scope == 'row' else collection_path(self.entity)}/{kebab(item.name)}", item.method == "GET"
        sent = argument_values(item, "mul")
        query = {name: str(value) for name, value in sent.items()} if reads else {}
        return self._probe(item.method, path, body=None if reads else sent or None, query=query, reads=reads)

    def answers(self) -> Iterator[Probe]:
        if self._is_owners("list"):
            yield self._probe("GET", collection_path(self.entity), reads=True)
        if self._is_owners("read"):
            yield self._probe("GET", self._row(), reads=True)

    def hooked(self, operation: Operation) -> Iterator[Probe]:
        """Nothing where plain users may not do it, or where making a row is making an account."""
        if operation not in {item.operation for item in self.entity.hooks} or operation not in self.entity.operations:
            return
        if not {*_OPEN, "owner"} & set(self.entity.access.of(operation)):
            return
        match operation:
            case "create" if self.entity.name != self._account:
                links = required_links(self.entity, STRANGER, self._account)
                yield self._probe("POST", collection_path(self.entity), body={**field_values(self.entity, "mil"), **links})
            case "update":
                yield self._probe("PATCH", self._row(), body=change_of(self.entity))
            case "delete":
                yield self._probe("DELETE", self._row())
            case _:
                return

    def _probe(
        self, method: str, path: str, *, body: dict[str, Any] | None = None, query: dict[str, str] | None = None, reads: bool = False
    ) -> Probe:
        others = [each for each in self.blueprint.entities if _is_private(each) and each.name not in self.world.impossible]
        more = [another_row(each, self._account, self.world) for each in others] if reads else []
        return Probe(
            title=f"{method} {path} by {STRANGER}, who is told of his own",
            who=STRANGER,
            method=method.lower(),
            path=path,
            expect=_DONE_OR_REFUSED,
            body=body,
            query=query or {},
            unseen=tuple(row_name(OWNER, each.name, self._account) for each in others),
            meanwhile=tuple(row for row in more if row is not None),
        )

    def _is_owners(self, operation: Operation) -> bool:
        grants = set(self.entity.access.of(operation)) if operation in self.entity.operations else set[str]()
        return "owner" in grants and not _OPEN & grants

    def _row(self) -> str:
        return f"{collection_path(self.entity)}/{{{row_name(STRANGER, self.entity.name, self._account)}}}"

    @property
    def _account(self) -> str:
        return self.blueprint.auth.entity if self.blueprint.auth else ""


def _is_private(entity: Entity) -> bool:
    """Whether plain users may see none of its rows but their own."""
    shown = {grant for operation in ("read", "list") if operation in entity.operations for grant in entity.access.of(operation)}
    return entity.owned_via is not None and not _OPEN & shown
