"""One verification: the environments, the sandbox, and the checks in it, side by side."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.verifier.bench import bench_for
from apiwright.verifier.checks import checks_of, included
from apiwright.verifier.checks.extensions import unwritten
from apiwright.verifier.project import Project, read_project
from apiwright.verifier.protocol import Bench, Check, Outcome
from apiwright.verifier.report import CheckResult, Finding, Level, Status, VerificationReport
from apiwright.verifier.sandbox import Limits
from apiwright.verifier.standby import Standby

_LONG = frozenset({"upgrade", "upgrade-postgresql", "tests", "extensions", "fuzz", "postgres"})
"""Started first: whatever else there is to do is done beside them."""


def verify(  # noqa: PLR0913 - options, keyword-only
    directory: Path,
    *,
    level: Level,
    on_check: Callable[[CheckResult], None] | None = None,
    cache: Path | None = None,
    limits: Limits | None = None,
    postgres_url: str | None = None,
    standing_on: Callable[[Project], Mapping[str, str]] | None = None,
    reuse: bool = False,
    former: Path | None = None,
    also: Sequence[Check] = (),
    standby: Standby | None = None,
) -> VerificationReport:
    """Prove the project in `directory`, which is only read.

    Args:
        directory: A project as Apiwright generates it, with its `blueprint.yaml`.
        level: How much proof.
        on_check: Told each result as soon as it is there, from the calling thread.
        cache: Where environments are kept; by default `APIWRIGHT_CACHE_DIR`, or `apiwright` in the user's cache directory.
        limits: What the project's code may use.
        postgres_url: A PostgreSQL server whose account may create databases, for `deep`; by default `APIWRIGHT_TEST_DATABASE_URL`, or one
            that is started in the sandbox.
        standing_on: Answers by path of a test module a digest of all that its outcome may depend on, beside its own text.
        reuse: Leave out tests that passed here before on the same; told in the report. `deep` leaves out none.
        former: Directory of the version before: what is known of it need not be worked out again.
        also: Checks beside those of every project; done as far as `level` includes them.
        standby: May have a sandbox that is started already.

    Raises:
        InputError: `directory` is no directory, or holds no project.
        VerificationUnavailableError: The environments cannot be made, or the sandbox does not start.
    """
    started = time.monotonic()
    project = _project_in(directory)
    with bench_for(
        project, level=level, cache=cache, limits=limits, postgres_url=postgres_url, standing_on=standing_on, reuse=reuse,
        former=former, standby=standby,
    ) as bench:  # fmt: skip
        checks = (*checks_of(level, extended=project.extended), *included(also, level))
        results, notes = _run(checks, bench, on_check or _silent)
        if all(check.status == "passed" for check in results):
            bench.passed.keep()
            bench.known.keep()
    notes += _left_open(bench, results)
    seconds = round(time.monotonic() - started, 3)
    return VerificationReport(level=level, checks=results, seconds=seconds, isolation=bench.sandbox.isolation, notes=tuple(notes))


def _left_open(bench: Bench, results: Sequence[CheckResult]) -> list[str]:
    """What a proof does not show: extensions that nobody has written, a machine on which code cannot be confined."""
    notes: list[str] = []
    if bench.project.extended and "extensions" not in {check.name for check in results}:
        notes += unwritten(bench.project)
    if bench.sandbox.isolation == "none":
        notes.append(f"The project's code ran with resource limits only, not cut off from this machine: {bench.sandbox.reason}.")
    return notes


def _project_in(directory: Path) -> Project:
    project = read_project(directory)
    if "requirements-dev.txt" not in project.files:
        message = "This is no generated project: it has no requirements-dev.txt, which says what its proof needs."
        raise InputError([Diagnostic(code="not-a-project", where=str(directory), message=message)])
    return project


def _run(checks: tuple[Check, ...], bench: Bench, on_check: Callable[[CheckResult], None]) -> tuple[tuple[CheckResult, ...], list[str]]:
    """Run the checks side by side; the sandbox lets as many jobs run as there is room for. The results are in the order of `checks`."""
    futures: dict[str, Future[_Done]] = {check.name: Future() for check in checks}
    with ThreadPoolExecutor(max_workers=len(checks)) as pool:
        try:
            for check in sorted(checks, key=lambda check: check.name not in _LONG):
                needed = [futures[name] for name in check.needs if name in futures]
                pool.submit(_settle, futures[check.name], check, bench, needed)
            for future in as_completed(futures.values()):
                on_check(future.result().result)
        except BaseException:  # somebody wants to stop: the checks that still run, or wait for one that was not begun, are not waited for
            bench.sandbox.end()
            for future in futures.values():
                future.cancel()
            raise
    done = [futures[check.name].result() for check in checks]
    return tuple(item.result for item in done), [note for item in done for note in item.notes]


@dataclass(frozen=True, slots=True)
class _Done:
    result: CheckResult
    notes: tuple[str, ...] = ()


def _settle(future: "Future[_Done]", check: Check, bench: Bench, needed: list["Future[_Done]"]) -> None:
    """Run one check, and pass on what came of it."""
    try:
        future.set_result(_one(check, bench, needed))
    except BaseException as error:  # a fault of ours: the caller raises it
        future.set_exception(error)


def _one(check: Check, bench: Bench, needed: list["Future[_Done]"]) -> _Done:
    """Run one check. It is skipped rather than failed when what it needs has failed: one fault is told once."""
    started = time.monotonic()
    broken = _broken(needed, wait=False)
    outcome = Outcome() if broken else check.run(bench)
    if outcome.findings and not broken:
        broken = _broken(needed, wait=True)
    if broken:
        outcome = Outcome(findings=(Finding(message=f"Not done, because {broken} failed."),), skipped=True)
    status: Status = "skipped" if outcome.skipped else "failed" if outcome.findings else "passed"
    result = CheckResult(
        name=check.name,
        level=check.level,
        status=status,
        seconds=round(bench.sandbox.seconds_spent() or time.monotonic() - started, 3),
        findings=outcome.findings,
        detail=outcome.detail,
        output=outcome.output if status == "failed" else "",
    )
    return _Done(result, outcome.notes)


def _broken(needed: list["Future[_Done]"], *, wait: bool) -> str:
    """Name of a check that is needed and did not pass; empty when there is none, or none is known yet."""
    ended = [future.result().result for future in needed if wait or future.done()]
    return next((result.name for result in ended if result.status != "passed"), "")


def _silent(_: CheckResult) -> None:
    """Nobody listens."""
