"""What a verification found, as values."""

from typing import Any, Literal

from msgspec import Struct, to_builtins

Level = Literal["quick", "standard", "deep"]
Status = Literal["passed", "failed", "skipped"]
LEVELS: tuple[Level, ...] = ("quick", "standard", "deep")


class Finding(Struct, frozen=True, kw_only=True):
    """One thing a check objects to.

    Attributes:
        message: What is wrong, in a sentence or as the tool put it.
        path: The file of the project, if there is one.
        line: 1-based line in it, if known.
        rule: The tool's own name for the rule, e.g. `F401`.
    """

    message: str
    path: str = ""
    line: int | None = None
    rule: str = ""


class CheckResult(Struct, frozen=True, kw_only=True):
    """How one check ended.

    Attributes:
        name: Kebab-case, e.g. `migrations`; stable.
        level: The lowest level that includes it.
        seconds: Wall time.
        findings: Why it failed, or why it was skipped; empty when it passed.
        detail: One short line about what was done, e.g. `42 tests`.
        output: Tail of the tool's own output, for a failed check.
    """

    name: str
    level: Level
    status: Status
    seconds: float
    findings: tuple[Finding, ...] = ()
    detail: str = ""
    output: str = ""


class VerificationReport(Struct, frozen=True, kw_only=True):
    """All checks of one run, in the order in which they are listed for the level.

    Attributes:
        level: What was asked for.
        seconds: Wall time of the whole run.
        isolation: `bubblewrap`, or `none` where it is missing (resource limits only).
        notes: What a reader must know of the run, e.g. that PostgreSQL was not to be had.
    """

    level: Level
    checks: tuple[CheckResult, ...]
    seconds: float
    isolation: Literal["bubblewrap", "none"]
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the project is proven: checks ran and none failed."""
        return bool(self.checks) and all(check.status != "failed" for check in self.checks)

    @property
    def failed(self) -> tuple[CheckResult, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if check.status == "failed")

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values, with `ok` first."""
        return {"ok": self.ok, **to_builtins(self)}
