"""Filters, sorting, search and ids take text as text."""

from typing import Any, ClassVar

from apiwright.blueprint import Entity, Operation
from apiwright.verifier.protocol import Bench, Outcome, unfinished
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.routes import collection_path
from apiwright.verifier.world import OWNERS, World, world_of

_TEXT = frozenset({"string", "text"})
_MOST_LISTS = 12


class Injection:
    """Sends SQL, wildcards and worse wherever a list takes a value."""

    name: ClassVar[str] = "injection"
    level: ClassVar[Level] = "deep"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import", "migrations")

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        blueprint = bench.project.blueprint
        if blueprint is None:
            return Outcome(findings=(Finding(message="The blueprint cannot be read."),), skipped=True)
        world = world_of(blueprint)
        lists = [found for entity in blueprint.entities if (found := list_of(entity, world))][:_MOST_LISTS]
        if not lists:
            return Outcome(findings=(Finding(message="Nobody may list anything."),), skipped=True)
        environment = {**bench.environment, "DATABASE_URL": "sqlite+aiosqlite:///./verify.db"}
        answer = bench.sandbox.call(
            "inside.injection:run", world=world.as_dict(), lists=lists, seconds=180, application=True, environment=environment
        ).result()
        findings = unfinished(answer, "Injecting")
        value: dict[str, Any] = answer.value or {"problems": [], "requests": 0, "log": ""}
        findings += tuple(Finding(message=problem) for problem in value["problems"])
        return Outcome(
            findings=findings, detail=f"{value['requests']} requests at {len(lists)} lists", output=value["log"] or answer.output
        )


def list_of(entity: Entity, world: World) -> dict[str, Any] | None:
    """What there is to attack at the list of an entity; None when nobody of the world may call it."""
    if entity.name in world.impossible or (who := _asking(entity, "list", world)) is None:
        return None
    texts = [field.name for field in entity.fields if field.type in _TEXT]
    others = [field.name for field in entity.fields if field.type not in {*_TEXT, "secret", "json"}][:4]
    searches = [f"{name}__icontains" for name in texts]
    searched = ["q"] if texts else []
    return {
        "path": collection_path(entity),
        "who": who,
        "reader": _asking(entity, "read", world) or who,
        "own": [*(field.name for field in entity.fields), *searches],
        "texts": [*texts, *searched],
        "filters": [*texts[:4], *others, *searches[:2], *searched, "id", "id__in", "limit", "offset"],
        "searches": [*searches, *searched],
    }


def _asking(entity: Entity, operation: Operation, world: World) -> str | None:
    """Somebody who may do it; empty for anybody, None when there is nobody."""
    grants = entity.access.of(operation) if operation in entity.operations else ()
    if "public" in grants:
        return ""
    people = [grant.replace("role:", "role_") if grant.startswith("role:") else OWNERS[0] for grant in grants]
    return next((who for who in sorted(people) if who in world.names), None)
