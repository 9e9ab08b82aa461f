"""What holds on SQLite holds on PostgreSQL."""

from dataclasses import replace
from typing import ClassVar

from apiwright.verifier.checks.migrations import migrated
from apiwright.verifier.checks.tests import outcome_of
from apiwright.verifier.protocol import Bench, Outcome, unfinished
from apiwright.verifier.report import Finding, Level


class OnPostgres:
    """The migrations and the project's own tests, on a PostgreSQL within the sandbox or on one that is given."""

    name: ClassVar[str] = "postgres"
    level: ClassVar[Level] = "deep"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import")

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        found = bench.postgres
        if found.reason:
            return _skipped(found.reason)
        programs = str(found.programs) if found.programs else None
        answer = bench.sandbox.call(
            "inside.postgres:run", programs=programs, given=found.given, seconds=400, first=True, application=True
        ).result()
        if answer.value is None:
            return Outcome(findings=unfinished(answer, "PostgreSQL"), output=answer.output)
        if reason := answer.value.get("unavailable"):
            return _skipped(f"PostgreSQL could not be used: {reason}")
        up = migrated(replace(answer, value=answer.value["migrations"]))
        ran = outcome_of(replace(answer, value=answer.value["tests"]))
        return Outcome(findings=(*up.findings, *ran.findings), detail=f"migrations, {ran.detail}", output=answer.output)


def _skipped(reason: str) -> Outcome:
    return Outcome(findings=(Finding(message=reason),), skipped=True, notes=(f"Not proven on PostgreSQL. {reason}",))
