"""`apiwright upgrade`: a project as this Apiwright would generate it."""

import time
from pathlib import Path

from apiwright import __version__
from apiwright.cli.options import JsonOption, ReportOption, VerifyOption
from apiwright.cli.revising import DirOption, DryOption, Session, YesOption, make_version
from apiwright.pipeline.keeping import refuse_pending
from apiwright.pipeline.revision import Wish, refuse_unapplied, revise
from apiwright.pipeline.upgrade_notes import upgrade_notes
from apiwright.pipeline.versions import read_history


def command(
    directory: DirOption = Path(),
    verify: VerifyOption = "standard",
    report: ReportOption = None,
    *,
    yes: YesOption = False,
    dry_run: DryOption = False,
    as_json: JsonOption = False,
) -> None:
    """Bring the project to what this Apiwright generates, with your edits kept. Its model and its tables stay as they are."""
    started = time.perf_counter()
    history = read_history(directory.absolute())
    refuse_pending(history.directory)
    refuse_unapplied(history)
    made_by = history.last.generator
    revised = revise(history, (), Wish(kind="upgrade", request=f"Apiwright {made_by} -> {__version__}"))
    beyond = [item for item in revised.diffs if not item.path.startswith(".apiwright/")]
    if not beyond:
        print(f"Apiwright {__version__} makes nothing differently; there is nothing to do.")
        return
    notes = upgrade_notes(made_by, __version__)
    session = Session(verify=verify, yes=yes, dry_run=dry_run, as_json=as_json, report=report, started=started, notes=notes)
    make_version(history, revised, session)
