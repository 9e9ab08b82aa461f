"""The application starts, serves, logs somebody in, and ends when it is told to."""

from typing import Any, ClassVar

from apiwright.blueprint import Blueprint
from apiwright.verifier.protocol import Bench, Outcome, unfinished
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.samples import field_values
from apiwright.verifier.world import OWNERS, needed_for, required_links, world_of


class Boot:
    """uvicorn on a real socket, with the settings of production and a secret of its own."""

    name: ClassVar[str] = "boot"
    level: ClassVar[Level] = "standard"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import")

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        blueprint = bench.project.blueprint
        auth = blueprint.auth if blueprint else None
        account, world = _registration(blueprint) if blueprint and auth and auth.registration else (None, None)
        answer = bench.sandbox.call(
            "inside.boot:run",
            account=account,
            login_field=auth.login if auth else "",
            world=world,
            seconds=60,
            application=True,
            environment={**bench.environment, "ENVIRONMENT": "production", "DATABASE_URL": "sqlite+aiosqlite:///./verify.db"},
        ).result()
        findings = unfinished(answer, "The application")
        value: dict[str, Any] = answer.value or {"problems": [], "done": [], "log": ""}
        findings += tuple(Finding(message=problem) for problem in value["problems"])
        return Outcome(findings=findings, detail=", ".join(value["done"]), output=value["log"] or answer.output)


def _registration(blueprint: Blueprint) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """What registers an account, and the rows that have to be there for it; None where it needs none."""
    entity = blueprint.entity(blueprint.auth.entity) if blueprint.auth else None
    if entity is None:
        return None, None
    links = required_links(entity, OWNERS[0], entity.name)
    world = needed_for(links, world_of(blueprint)).as_dict() if links else None
    return {**field_values(entity, "boot"), **links}, world
