"""The application starts, serves, logs somebody in, and ends when it is told to."""

from typing import Any, ClassVar

from apiwright.verifier.protocol import Bench, Outcome, unfinished
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.samples import account_payload


class Boot:
    """uvicorn on a real socket, with the settings of production and a secret of its own."""

    name: ClassVar[str] = "boot"
    level: ClassVar[Level] = "standard"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import")

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        blueprint = bench.project.blueprint
        auth = blueprint.auth if blueprint else None
        account = account_payload(blueprint, "boot") if blueprint and auth and auth.registration else None
        answer = bench.sandbox.call(
            "inside.boot:run",
            account=account,
            login_field=auth.login if auth else "",
            seconds=60,
            application=True,
            environment={**bench.environment, "ENVIRONMENT": "production", "DATABASE_URL": "sqlite+aiosqlite:///./verify.db"},
        ).result()
        findings = unfinished(answer, "The application")
        value: dict[str, Any] = answer.value or {"problems": [], "done": [], "log": ""}
        findings += tuple(Finding(message=problem) for problem in value["problems"])
        return Outcome(findings=findings, detail=", ".join(value["done"]), output=value["log"] or answer.output)
