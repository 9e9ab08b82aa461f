"""`apiwright apply`: the next version of a project, from its `blueprint.yaml` as edited; or from conflicts that are solved by now."""

import time
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from apiwright.blueprint.changes import diff
from apiwright.cli.options import JsonOption, ReportOption, VerifyOption
from apiwright.cli.progress import shown
from apiwright.cli.reports import refuse_unwritable
from apiwright.cli.revising import (
    ConvertOption,
    DirOption,
    DryOption,
    LossOption,
    RenamedOption,
    Session,
    YesOption,
    conversions,
    finish_report,
    make_version,
    renames,
)
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.pipeline.git import VERSION, Git
from apiwright.pipeline.keeping import Pending, abort, finish, read_pending, refuse_unsolved
from apiwright.pipeline.proof import Step, as_it_was, prove
from apiwright.pipeline.revision import Wish, edited_blueprint, revise
from apiwright.pipeline.versions import History, read_history
from apiwright.verifier import Level, VerificationReport


def command(
    directory: DirOption = Path(),
    renamed: RenamedOption = None,
    convert: ConvertOption = None,
    verify: VerifyOption = "standard",
    report: ReportOption = None,
    *,
    give_up: Annotated[bool, typer.Option("--abort", help="Give up a version that waits for its conflicts to be solved.")] = False,
    yes: YesOption = False,
    allow_data_loss: LossOption = False,
    dry_run: DryOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make the next version from `blueprint.yaml` as you edited it, or keep one whose conflicts you have solved."""
    refuse_unwritable(report)
    session = Session(verify=verify, yes=yes, dry_run=dry_run, as_json=as_json, report=report, started=time.perf_counter())
    history = read_history(directory.absolute())
    pending = read_pending(history.directory)
    if give_up:
        _give_up(history, pending)
        return
    if pending is not None:
        _solved(history, pending, session)
        return
    changes = diff(history.last.blueprint, edited_blueprint(history), renamed=renames(renamed))
    if not changes:
        print("blueprint.yaml says what the last version says; there is nothing to apply.")
        return
    loss = allow_data_loss or dry_run
    revised = revise(history, changes, Wish(kind="apply", allow_data_loss=loss, conversions=conversions(convert), applied=True))
    make_version(history, revised, session)


def _give_up(history: History, pending: Pending | None) -> None:
    if pending is None:
        message = "No version waits for its conflicts to be solved."
        raise InputError([Diagnostic(code="nothing-pending", where=str(history.directory), message=message)])
    abort(history, pending)
    print(f"v{pending.version.version} was given up; the project is as it was at v{history.last.version}.")


def _solved(history: History, pending: Pending, session: Session) -> None:
    refuse_unsolved(history.directory)
    report = None if session.verify == "none" else _proven(history, pending, session, session.verify)
    if report is None or report.ok:
        finish(history, pending)
        print(f"v{pending.version.version} is here, its conflicts solved.")
    finish_report(report, session, history.directory)


def _proven(history: History, pending: Pending, session: Session, level: Level) -> VerificationReport:
    git = Git.of(history.directory)
    commit = git.find(VERSION, history.last.version) if git else None
    with ExitStack() as stack:
        emit = stack.enter_context(shown(as_json=session.as_json))
        former = stack.enter_context(as_it_was(git.tree(commit))) if git and commit else None
        step = Step(before=history.last, version=pending.version, former=former)
        return prove(history.directory, step, level=level, emit=emit)
