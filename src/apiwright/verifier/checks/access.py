"""What the blueprint forbids is refused: other people's rows, roles that are not had, tokens that are not good."""

from typing import Any, ClassVar

from apiwright.verifier.probes import probes_of
from apiwright.verifier.protocol import Bench, Outcome, unfinished
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.world import world_of


class AccessProbes:
    """Tries everything that `probes` derives from the blueprint, against the running application."""

    name: ClassVar[str] = "access"
    level: ClassVar[Level] = "deep"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import", "migrations")

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        blueprint = bench.project.blueprint
        if blueprint is None or blueprint.auth is None:
            reason = "The blueprint cannot be read." if blueprint is None else "There are no accounts: everybody may do everything."
            return Outcome(findings=(Finding(message=reason),), skipped=True)
        world = world_of(blueprint)
        probes = [probe.as_dict() for probe in probes_of(blueprint, world)]
        environment = {**bench.environment, "DATABASE_URL": "sqlite+aiosqlite:///./verify.db"}
        answer = bench.sandbox.call(
            "inside.access:run", world=world.as_dict(), probes=probes, seconds=180, application=True, environment=environment
        ).result()
        findings = unfinished(answer, "Probing")
        value: dict[str, Any] = answer.value or {"problems": [], "log": ""}
        findings += tuple(Finding(message=problem) for problem in value["problems"])
        left_out = f", without {', '.join(sorted(world.impossible))}" if world.impossible else ""
        return Outcome(findings=findings, detail=f"{len(probes)} probes{left_out}", output=value["log"] or answer.output)
