"""The proof of an upgrade alone, without the rest of a version's proof."""

from apiwright.verifier.bench import bench_for
from apiwright.verifier.project import read_project
from apiwright.verifier.protocol import Outcome
from apiwright.verifier.upgrade import Upgrade, Upgraded, UpgradedOnPostgresql


def upgraded(upgrade: Upgrade, *, on_postgresql: bool = False) -> Outcome:
    """What the check finds."""
    check = UpgradedOnPostgresql(upgrade) if on_postgresql else Upgraded(upgrade)
    with bench_for(read_project(upgrade.project), level="deep" if on_postgresql else "quick") as bench:
        return check.run(bench)
