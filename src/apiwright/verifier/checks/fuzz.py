"""Requests that nobody thought of get answers that the document describes."""

from typing import Any, ClassVar

from apiwright.verifier.protocol import Bench, Outcome, unfinished
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.sandbox.session import INSIDE
from apiwright.verifier.world import OWNERS, world_of

_SECONDS = 60
_EXAMPLES = {"bare": 10, "other": 2, "stateful": 6}
"""Requests left to chance: few, for what comes by chance seldom finds what the unusual values of `inside.unusual` do not."""


class Fuzz:
    """schemathesis with all of its checks but one, logged in, from a fixed seed, with values known to break programs, for a bounded time.

    Left out is `positive_data_acceptance`, which takes it for a fault when a request of the right shape is refused. That is what must
    happen to one that names a row that is not there.
    """

    name: ClassVar[str] = "fuzz"
    level: ClassVar[Level] = "deep"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import", "openapi", "migrations")

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        blueprint = bench.project.blueprint
        world: dict[str, Any] = world_of(blueprint).as_dict() if blueprint else {"login": "", "rows": []}
        storage = {"HYPOTHESIS_STORAGE_DIRECTORY": str(bench.seed.hypothesis)} if bench.seed else {}
        answer = bench.sandbox.call(
            "inside.fuzz:run",
            program=[str(bench.tools.python), "-I", str(INSIDE / "fuzzer.py")],
            world=world,
            who=OWNERS[0],
            budget=_SECONDS,
            examples=_EXAMPLES,
            seconds=_SECONDS + 60,
            first=True,
            application=True,
            environment={**bench.environment, **storage, "DATABASE_URL": "sqlite+aiosqlite:///./verify.db"},
        ).result()
        if answer.value is None:
            return Outcome(findings=unfinished(answer, "Fuzzing"), output=answer.output)
        value = answer.value
        findings = tuple(Finding(message=item["message"], rule=item["rule"]) for item in value["failures"])
        detail = f"{value['cases']} requests{'' if value['complete'] else f', ended after {_SECONDS} s'}"
        return Outcome(findings=findings, detail=detail, output=value["said"])
