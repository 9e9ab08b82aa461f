"""The migrations bring an empty database up, match the models, and can be undone."""

from typing import Any, ClassVar

from apiwright.verifier.protocol import Bench, Outcome, unfinished
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.sandbox import Answer


class Migrations:
    """Alembic on SQLite: upgrade, check, downgrade to nothing, upgrade again."""

    name: ClassVar[str] = "migrations"
    level: ClassVar[Level] = "standard"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import")

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        environment = {**bench.environment, "DATABASE_URL": "sqlite+aiosqlite:///./verify.db"}
        answer = bench.sandbox.call("inside.migrations:run", seconds=120, application=True, environment=environment)
        return migrated(answer.result())


def migrated(answer: Answer) -> Outcome:
    """What the job `inside.migrations:run` found."""
    findings = unfinished(answer, "Migrating")
    steps: dict[str, Any] = answer.value or {"done": [], "problem": None}
    if steps["problem"]:
        findings = (Finding(message=steps["problem"], path=steps.get("path", ""), line=steps.get("line")),)
    return Outcome(findings=findings, detail=", ".join(steps["done"]), output=answer.output)
