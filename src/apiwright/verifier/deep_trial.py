"""What only the checks of `deep` find in modules on trial, told of those whose fault it is."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from apiwright.verifier.checks.access import AccessProbes
from apiwright.verifier.checks.fuzz import Fuzz
from apiwright.verifier.checks.injection import Injection
from apiwright.verifier.checks.postgres import OnPostgres
from apiwright.verifier.protocol import Bench, Check
from apiwright.verifier.report import Finding

REACH: tuple[Check, ...] = (AccessProbes(),)
"""What nobody's code is kept without: whether it sees or changes what is somebody else's."""
DEEP: tuple[Check, ...] = (Fuzz(), *REACH, Injection(), OnPostgres())


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A module on trial.

    Attributes:
        path, test_path: Where it and its tests are.
        stub: The text that stands there as long as it is not written.
        route: What it answers, of an endpoint, as the OpenAPI document calls it: `POST /orders/{order_id}/clear`; else empty.
    """

    path: str
    test_path: str
    stub: str
    route: str = ""


def found_deep(bench: Bench, pieces: Sequence[Piece], checks: Sequence[Check]) -> dict[str, tuple[Finding, ...]]:
    """Findings by the path of a piece: of its route, or of its tests; what else goes away with stubs is told of every piece.

    What stays with stubs in their place is no fault of any. The sandbox has the stubs afterwards, if there was such.
    """
    found = _findings(bench, checks)
    told = {piece.path: tuple(item for item in found if _concerns(piece, item)) for piece in pieces}
    rest = [item for item in found if not any(item in items for items in told.values())]
    if not rest:
        return told
    bench.sandbox.write({piece.path: piece.stub for piece in pieces})
    bench.application.renew()
    known = {_subject(item) for item in _findings(bench, checks)}
    common = tuple(item for item in rest if _subject(item) not in known)
    return {path: (*items, *common) for path, items in told.items()}


def _findings(bench: Bench, checks: Sequence[Check]) -> list[Finding]:
    with ThreadPoolExecutor(max_workers=len(checks)) as pool:
        outcomes = [job.result() for job in [pool.submit(check.run, bench) for check in checks]]
    return [finding for outcome in outcomes if not outcome.skipped for finding in outcome.findings]


def _concerns(piece: Piece, finding: Finding) -> bool:
    if finding.path:
        return finding.path.startswith(piece.test_path)
    return bool(piece.route) and re.search(rf"(?<!\w){re.escape(_plain(piece.route))}(?![\w/{{-])", _plain(finding.message)) is not None


def _plain(text: str) -> str:
    """A route however its row is called."""
    return re.sub(r"\{[^{}]*\}", "{}", text)


def _subject(finding: Finding) -> tuple[str, str, str]:
    """What a finding is about, without ids and values, which are others each time."""
    return finding.rule, finding.path, finding.message.partition(": ")[0]
