"""`apiwright revise`: the next version of a project, by asking for it."""

import time
from pathlib import Path
from typing import Annotated

import typer

from apiwright import bootstrap
from apiwright.cli.options import JsonOption, ModelOption, PlannerOption, ReportOption, VerifyOption, prompt_text
from apiwright.cli.progress import shown
from apiwright.cli.reports import refuse_unwritable
from apiwright.cli.revising import (
    ConvertOption,
    DirOption,
    DryOption,
    LossOption,
    Session,
    WiderOption,
    YesOption,
    conversions,
    make_version,
    ready_to_prove,
    refuse_widening,
)
from apiwright.pipeline.keeping import refuse_pending
from apiwright.pipeline.requests import request_changes, unasked_widenings
from apiwright.pipeline.revision import Wish, refuse_unapplied, revise
from apiwright.pipeline.versions import read_history


def command(
    request: Annotated[
        str, typer.Argument(metavar="REQUEST", help="What is to be different, in plain words; `-` reads it from standard input.")
    ],
    directory: DirOption = Path(),
    convert: ConvertOption = None,
    planner: PlannerOption = "auto",
    model: ModelOption = None,
    verify: VerifyOption = "standard",
    report: ReportOption = None,
    *,
    yes: YesOption = False,
    allow_data_loss: LossOption = False,
    allow_wider_access: WiderOption = False,
    dry_run: DryOption = False,
    as_json: JsonOption = False,
) -> None:
    """Change the project by asking: "add comments to posts", "rename Task to Ticket". Your edits and your rows are kept.

    First it shows the changes, the migration, and every file that would differ. It is proven before it is kept, with the way there from
    the version before.
    """
    started = time.perf_counter()
    refuse_unwritable(report)
    history = read_history(directory.absolute())
    refuse_pending(history.directory)
    refuse_unapplied(history)
    words = prompt_text(request)
    with ready_to_prove(history, "none" if dry_run else verify) as standby:
        with shown(as_json=as_json) as emit:
            changes = request_changes(history.last.blueprint, words, planner=bootstrap.planner(planner, model=model), emit=emit)
        unasked = unasked_widenings(history.last.blueprint, words, changes, reader=bootstrap.planner("embedded"))
        if not (allow_wider_access or dry_run):
            refuse_widening(unasked)
        wish = Wish(kind="revise", request=words, allow_data_loss=allow_data_loss or dry_run, conversions=conversions(convert))
        revised = revise(history, changes, wish)
        session = Session(
            verify=verify, yes=yes, dry_run=dry_run, as_json=as_json, report=report, started=started, usage=emit.usage, unasked=unasked,
            writer=bootstrap.writer(planner, model=model), standby=standby,
        )  # fmt: skip
        make_version(history, revised, session)
