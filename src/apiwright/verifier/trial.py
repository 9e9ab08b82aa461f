"""Trying out single modules and their tests, in the sandbox and nowhere else: what they are is not known yet."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from apiwright.errors import VerificationUnavailableError
from apiwright.verifier.bench import bench_for
from apiwright.verifier.checks.lint import Lint
from apiwright.verifier.checks.strict_types import StrictTypes
from apiwright.verifier.checks.tests import outcome_of
from apiwright.verifier.checks.types import Types
from apiwright.verifier.deep_trial import DEEP, REACH, Piece, found_deep
from apiwright.verifier.project import Project
from apiwright.verifier.protocol import Bench, Check, last_line
from apiwright.verifier.report import Finding
from apiwright.verifier.sandbox import Answer
from apiwright.verifier.sandbox.bubblewrap import availability

__all__ = ["Piece", "Trial", "require_sandbox", "try_out"]

_SECONDS = 60
_CHECKS: tuple[Check, ...] = (Lint(), Types(), StrictTypes())


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of it.

    Attributes:
        files: The modules and their tests, put in form.
        findings: What is wrong with each piece, by the path of its module; nothing when it holds. So for `beside`.
    """

    files: Mapping[str, str]
    findings: Mapping[str, tuple[Finding, ...]]


def try_out(
    files: Mapping[str, str], pieces: Sequence[Piece], *, beside: Sequence[Piece] = (), deep: bool = False, cache: Path | None = None
) -> Trial:
    """Put pieces of a project in form, and see whether they hold: lint, types, their tests, which must fail without them,
    and, where there are accounts, whether rows of others are in their reach.

    Each is tried with stubs in the place of the others, so that what one does wrong is not told of another; then all together.

    Args:
        files: The whole project, pieces included.
        pieces: What is on trial.
        beside: Pieces that held before, and have to hold with these in place, too.
        deep: Whether what holds so far is also put to the other checks of that level.
        cache: Where environments are kept; as for `verify`.

    Raises:
        VerificationUnavailableError: There is no sandbox here that cuts off what runs in it, or the environments cannot be made.
    """
    require_sandbox()
    with bench_for(Project(dict(files)), level="deep" if deep else "standard", cache=cache) as bare:
        texts = _tidied(bare, pieces)
        bench = replace(bare, project=Project({**files, **texts}))
        stubs = {piece.path: piece.stub for piece in pieces}
        running = [
            (piece, _run(bench, [piece.test_path], _without(stubs, piece)), _run(bench, [piece.test_path], stubs)) for piece in pieces
        ]
        with ThreadPoolExecutor(max_workers=len(_CHECKS)) as pool:
            outcomes = [pool.submit(check.run, bench) for check in _CHECKS]
        seen = [finding for outcome in outcomes for finding in outcome.result().findings]
        findings: dict[str, tuple[Finding, ...]] = {
            piece.path: (*_of(piece, seen), *_tested(alone.result(), stub.result())) for piece, alone, stub in running
        }
        if len(pieces) + len(beside) > 1 and not any(findings.values()):
            findings = _together(bench, pieces, beside)
        held = [piece for piece in (*pieces, *beside) if not findings.get(piece.path)]
        if held:
            # Stubs for the rest: what holds is kept, whatever becomes of it.
            bench.sandbox.write({piece.path: piece.stub for piece in (*pieces, *beside) if piece not in held})
            bench.application.renew()
            findings |= found_deep(bench, held, DEEP if deep else REACH)
    return Trial(files=texts, findings=findings)


def require_sandbox() -> None:
    """Raise `VerificationUnavailableError` where nothing would cut off what runs: limits alone are not enough for code of a model."""
    found = availability()
    if found.program is None:
        raise VerificationUnavailableError(f"What a model wrote is run in a sandbox only, and here is none: {found.reason}.")


def _together(bench: Bench, pieces: Sequence[Piece], beside: Sequence[Piece]) -> dict[str, tuple[Finding, ...]]:
    modules = {piece.test_path: piece.path for piece in (*pieces, *beside)}
    found = outcome_of(_run(bench, list(modules), {}).result()).findings
    told = {module: tuple(item for item in found if item.path.startswith(path)) for path, module in modules.items()}
    if found and not any(told.values()):
        told = dict.fromkeys(told, found)
    return told


def _tidied(bench: Bench, pieces: Sequence[Piece]) -> dict[str, str]:
    """Before any of it has run in this sandbox, so that nothing there can have a hand in it."""
    paths = [path for piece in pieces for path in (piece.path, piece.test_path)]
    ruff = bench.tools.program("ruff")
    answer = bench.sandbox.call("inside.trial:tidied", seconds=_SECONDS, early=True, ruff=ruff, paths=paths).result()
    if answer.value is None:
        raise VerificationUnavailableError(f"ruff did not answer: {last_line(answer.output)}")
    return {path: str(answer.value[path]) for path in paths}


def _run(bench: Bench, paths: Sequence[str], instead: Mapping[str, str]) -> Future[Answer]:
    return bench.sandbox.call("inside.trial:tested", seconds=_SECONDS, paths=list(paths), instead=dict(instead))


def _without(stubs: Mapping[str, str], piece: Piece) -> dict[str, str]:
    return {path: text for path, text in stubs.items() if path != piece.path}


def _of(piece: Piece, findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.path in {piece.path, piece.test_path}]


def _tested(with_it: Answer, with_stub: Answer) -> tuple[Finding, ...]:
    findings = outcome_of(with_it).findings
    if findings:
        return findings
    value = with_it.value
    if value["skipped"] or not value["passed"]:
        return (Finding(message=f"{value['passed']} tests ran, {value['skipped']} were left out: all must run.", rule="test-skipped"),)
    if with_stub.value is not None and with_stub.value["code"] == 0:
        message = "The tests pass with the stub in the module's place, too: they prove nothing of what it is to do."
        return (Finding(message=message, rule="test-proves-nothing"),)
    return ()
