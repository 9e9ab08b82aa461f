"""What a check is, and what it is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from apiwright.verifier.application import Application
from apiwright.verifier.known import Known
from apiwright.verifier.passed import Passed
from apiwright.verifier.postgres import Postgres
from apiwright.verifier.project import Project
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.runtime import Environment
from apiwright.verifier.runtime.seed import Seed
from apiwright.verifier.sandbox import Answer, Sandbox

_TRACEBACK = "Traceback (most recent call last):\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a check found.

    Attributes:
        findings: Why it failed; empty when it passed. With `skipped`: why it was not done.
        detail: One short line about what was done.
        output: What the tool printed.
        skipped: Whether the check could not be done.
        notes: What a reader of the report must know beside.
    """

    findings: tuple[Finding, ...] = ()
    detail: str = ""
    output: str = ""
    skipped: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What checks work with.

    Attributes:
        project: The files under proof.
        sandbox: Where they have been laid out, and jobs are run.
        runtime: The project's own environment.
        tools: The environment of the verifier's tools.
        seed: What the tools know already; None below the levels that run them.
        postgres: Where a PostgreSQL is to be had.
        environment: Settings that the project's code is given.
        application: What the project's application says of itself.
        passed: What is known of the tests from before.
        known: What is found out about the project, for later.
        former: What is known of the version before; None when there is none.
        cache: Where environments are kept.
    """

    project: Project
    sandbox: Sandbox
    runtime: Environment
    tools: Environment
    seed: Seed | None
    postgres: Postgres
    environment: Mapping[str, str]
    application: Application
    passed: Passed
    known: Known
    former: Known | None
    cache: Path


class Check(Protocol):
    """One kind of proof. Stateless; several run at the same time.

    Attributes:
        name: Kebab-case, stable.
        level: The lowest level that includes it.
        needs: Checks without which its own failure says nothing; it is then skipped.
    """

    name: ClassVar[str]
    level: ClassVar[Level]
    needs: ClassVar[tuple[str, ...]]

    def run(self, bench: Bench) -> Outcome:
        """Do it. Failures of the project are findings; an exception is a fault of ours."""
        ...


def unfinished(answer: Answer, what: str) -> tuple[Finding, ...]:
    """The finding for a job that gave no answer; none when it finished."""
    match answer.ended:
        case "timeout":
            return (Finding(message=f"{what} did not end in time ({answer.seconds:.0f} s)."),)
        case "died":
            return (Finding(message=f"{what} was ended: {_reason(answer)}."),)
        case "finished":
            return () if answer.value is not None else (Finding(message=f"{what} failed: {last_line(answer.output)}"),)


def last_line(output: str) -> str:
    """The last line that says something; of an exception the first one that does, for what follows it is where to read more."""
    _, raised, after = output.rpartition(_TRACEBACK)
    if raised:
        after = "\n".join(line for line in after.splitlines() if line[:1].strip())
        return after.strip().partition("\n")[0][:500] or "it ended with an exception"
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1][:500] if lines else "it said nothing"


def _reason(answer: Answer) -> str:
    names = {-9: "killed, or out of memory or CPU time", -11: "it crashed", -24: "out of CPU time", -25: "it wrote too large a file"}
    return names.get(answer.code, f"signal {-answer.code}")
