"""The stages, one function each. They emit events and touch no disk but what the verifier is pointed at."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from apiwright import verifier  # its checks are imported when the first one runs: not every command verifies
from apiwright.blueprint import Blueprint
from apiwright.compiler import Spread, compile_blueprint
from apiwright.filetree import FileTree
from apiwright.pipeline.events import Emit, Event
from apiwright.pipeline.reuse import standing_on
from apiwright.planner import Progress, Reader, Tell
from apiwright.verifier import CheckResult, Level, VerificationReport

if TYPE_CHECKING:
    from apiwright.verifier import Check, Standby
    from apiwright.verifier.project import Project


class Generated(Struct, frozen=True, kw_only=True):
    """What one run made. `report` is None when no verification was asked for; `not_written` are extensions that are stubs."""

    blueprint: Blueprint
    tree: FileTree
    report: VerificationReport | None
    not_written: tuple[str, ...] = ()


def plan(prompt: str, *, planner: Reader, emit: Emit) -> Blueprint:
    """Stages `analysis` and `schema`: the blueprint that the prompt describes.

    Raises:
        PromptError: The prompt says nothing that a backend could be built on.
        ModelError: A language model is what plans, and it could not do its part.
    """
    emit(Event(stage="analysis", message="Reading the prompt", progress=0.05, data={"planner": planner.name}))
    usage: dict[str, Any] = {}
    blueprint = planner.plan(prompt, tell=telling(emit, usage))
    emit(_planned(blueprint, usage))
    return blueprint


def telling(emit: Emit, usage: dict[str, Any]) -> Tell:
    """A receiver of a planner's steps, as events of stage `analysis`; `usage` receives what a language model has used."""

    def told(step: Progress) -> None:
        usage.update(step.data.get("usage", {}))
        emit(Event(stage="analysis", phase=step.phase, message=step.message, progress=round(0.05 + 0.14 * step.share, 4), data=step.data))

    return told


def code(blueprint: Blueprint, *, emit: Emit, spread: Spread = map) -> FileTree:
    """Stage `code`: every file of the project, told phase by phase; `spread` as `compile_blueprint` has it.

    Raises:
        CompileError: The compiler broke one of its own rules.
    """
    tree = compile_blueprint(blueprint, spread=spread)
    tell_files(tree, emit=emit)
    return tree


def tell_files(tree: FileTree, *, emit: Emit) -> None:
    """Tell the files of a project phase by phase."""
    order = {"core": 0, "support": 2, "main": 3}
    files = sorted(tree, key=lambda file: (order.get(file.phase, 1), file.phase))
    phases = [(phase, tuple(file.path for file in group)) for phase, group in groupby(files, key=lambda file: file.phase)]
    for number, (phase, paths) in enumerate(phases, start=1):
        message = f"{len(paths)} file{'s' if len(paths) > 1 else ''}"
        progress = 0.25 + 0.35 * number / len(phases)
        emit(Event(stage="code", phase=phase, message=message, progress=round(progress, 4), files=paths))


def review(  # noqa: PLR0913 - options, keyword-only
    directory: Path,
    *,
    level: Level,
    emit: Emit,
    reuse: bool = False,
    former: Path | None = None,
    also: "Sequence[Check]" = (),
    standby: "Standby | None" = None,
) -> VerificationReport:
    """Stage `review`: the proof that the project in `directory` runs, told check by check.

    Args:
        directory: The project.
        level: How much proof.
        emit: Told each check.
        reuse: Whether tests of entities that nothing has changed for need not be run again; see `reuse`.
        former: The project as it was: what its own proof found out is made use of.
        also: Checks beside those of every project.
        standby: May have a sandbox that is started already.

    Raises:
        VerificationUnavailableError: The machine lacks what the checks need.
    """
    total, done = len(verifier.checks_of(level)) + len(also), 0

    def told(check: CheckResult) -> None:
        nonlocal done
        done += 1
        emit(_checked(check, min(1.0, done / total)))

    emit(Event(stage="review", message=f"Verifying: {level}", progress=0.6, data={"level": level, "checks": total}))
    return verifier.verify(
        directory, level=level, on_check=told, standing_on=_standing_on, reuse=reuse, former=former, also=also, standby=standby
    )


def completed(generated: Generated) -> Event:
    """The last event of a run that went well. Emitted once what it tells of has been published."""
    report, stubs = generated.report, generated.not_written
    message = end_of(len(generated.tree), report.level if report else None, stubs)
    data = {"files": len(generated.tree), "not_written": list(stubs)}
    return Event(stage="complete", message=message, progress=1.0, status="completed", data=data)


def end_of(files: int, level: str | None, stubs: Sequence[str]) -> str:
    """What a run that went well made, in a line: how far it is proven (None: not at all), and which extensions nobody has written."""
    proof = f"proven: {level}" if level else "not verified"
    missing = f"; not written: {', '.join(stubs)}" if stubs else ""
    return f"{files} files, {proof}{missing}"


def failed(last: Event, message: str) -> Event:
    """The last event of a run that failed: where the run stood, and why it ends there."""
    return replace(last, message=message, status="failed", files=(), data={})


def _standing_on(project: "Project") -> dict[str, str]:
    return standing_on(project.files, project.blueprint) if project.blueprint else {}


def _planned(blueprint: Blueprint, usage: Mapping[str, Any]) -> Event:
    names = [entity.name for entity in blueprint.entities]
    summary = {
        "name": blueprint.name,
        "entities": names,
        "roles": [role.name for role in blueprint.roles],
        "auth": blueprint.auth is not None,
        "assumptions": list(blueprint.assumptions),
        **({"usage": dict(usage)} if usage else {}),
    }
    shown = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    return Event(stage="schema", message=shown, progress=0.2, data=summary)


def _checked(check: CheckResult, share: float) -> Event:
    details = {"status": check.status, "seconds": check.seconds, "findings": [item.message for item in check.findings[:20]]}
    message = f"{check.status}{f': {check.detail}' if check.detail else ''}"
    return Event(stage="review", phase=check.name, message=message, progress=round(0.6 + 0.35 * share, 4), data=details)
