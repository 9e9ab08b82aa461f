"""`apiwright rollback`: the next version of a project, equal to an earlier one."""

import time
from pathlib import Path
from typing import Annotated

import typer

from apiwright.cli.options import JsonOption, ReportOption, VerifyOption
from apiwright.cli.revising import ConvertOption, DirOption, DryOption, LossOption, Session, YesOption, conversions, make_version
from apiwright.cli.version_numbers import version_number
from apiwright.pipeline.keeping import refuse_pending
from apiwright.pipeline.revision import Wish, refuse_unapplied, revise
from apiwright.pipeline.rollback import changes_back
from apiwright.pipeline.versions import read_history


def command(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="The version to be at again, e.g. v1.")],
    directory: DirOption = Path(),
    convert: ConvertOption = None,
    verify: VerifyOption = "standard",
    report: ReportOption = None,
    *,
    yes: YesOption = False,
    allow_data_loss: LossOption = False,
    dry_run: DryOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make a new version whose model is that of an earlier one, with the migration that leads there. Nothing of the history is lost."""
    started = time.perf_counter()
    history = read_history(directory.absolute())
    refuse_pending(history.directory)
    refuse_unapplied(history)
    target = history[version_number(version)]
    changes = changes_back(history, target)
    if not changes:
        print(f"v{target.version} has the same model; there is nothing to do.")
        return
    request = f"back to v{target.version}"
    loss = allow_data_loss or dry_run
    revised = revise(history, changes, Wish(kind="rollback", request=request, allow_data_loss=loss, conversions=conversions(convert)))
    make_version(history, revised, Session(verify=verify, yes=yes, dry_run=dry_run, as_json=as_json, report=report, started=started))
