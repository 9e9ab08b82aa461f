"""What `revise`, `apply`, `rollback` and `upgrade` share: show what would be, ask, prove, keep, tell."""

import json
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from msgspec import Struct
from msgspec.structs import replace

from apiwright.blueprint.changes import Choice, Widening
from apiwright.cli.options import Verify
from apiwright.cli.progress import shown
from apiwright.cli.reports import print_failures, print_notes, write_report
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.pipeline.extending import Extended, extend
from apiwright.pipeline.keeping import keep, keep_conflicts
from apiwright.pipeline.proof import Step, laid_out, prove, requirements_of
from apiwright.pipeline.revision import Revised, read_project_tree, whole_tree, with_written
from apiwright.pipeline.versions import History
from apiwright.planner.writing import Writer
from apiwright.verifier import Standby, VerificationReport

YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
LossOption = Annotated[bool, typer.Option("--allow-data-loss", help="Go on though stored values are thrown away.")]
WiderOption = Annotated[
    bool, typer.Option("--allow-wider-access", help="Go on though more people are let in than the request plainly says.")
]
RenamedOption = Annotated[
    list[str] | None,
    typer.Option("--renamed", metavar="OLD=NEW", help="What is the same under another name: Task=Ticket, Ticket.title=headline."),
]
ConvertOption = Annotated[
    list[str] | None,
    typer.Option(
        "--convert",
        metavar="FIELD=HOW",
        help="What becomes of values that do not fit: Todo.title=truncate (or clear), Item.weight=fill:0, Order.status=replace:draft:open.",
    ),
]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be, and stop.")]
DirOption = Annotated[Path, typer.Option("-C", "--directory", metavar="DIR", help="The project; by default where you are.")]


class Session(Struct, frozen=True, kw_only=True):
    """How a command that makes a version was called, and what is to be told before.

    Attributes:
        notes: What is told of the generator that makes it.
        usage: What a language model has used for its changes.
        unasked: What its changes open wider though the request does not say so.
        writer: Writes extensions that nobody has written; nobody where there is None.
        extended: What came of that; None as long as it was not tried.
        standby: May have a sandbox for the proof.
    """

    verify: Verify
    yes: bool
    dry_run: bool
    as_json: bool
    report: Path | None
    started: float
    notes: tuple[str, ...] = ()
    usage: Mapping[str, Any] | None = None
    unasked: Sequence[Widening] = ()
    writer: Writer | None = None
    extended: Extended | None = None
    standby: Standby | None = None


@contextmanager
def ready_to_prove(history: History, verify: Verify) -> Generator[Standby]:
    """The libraries that a proof needs are imported while the block reads the request, compiles, and asks."""
    with Standby() as standby:
        if verify != "none":
            standby.prepare(requirements_of(history.directory), level=verify)
        yield standby


def make_version(history: History, revised: Revised, session: Session) -> None:
    """Show a version; when it is wanted, prove it and keep it.

    Raises:
        typer.Exit: With code 1, when it was not proven or has conflicts.
    """
    if not session.as_json:
        for note in session.notes:
            print(f"note: {note}")
        preview(revised)
        for item in session.unasked:
            print(f"! lets more people in: {item.sentence}")
    if session.dry_run or not _wanted(session):
        _tell(revised, session, kept=False, report=None)
        return
    if any(conflict.blocks for conflict in revised.merge.conflicts):
        keep_conflicts(history, revised)
        _tell(revised, session, kept=False, report=None)
        print(f"v{revised.version.version} has conflicts. Solve them and say `apiwright apply`.", file=sys.stderr)
        raise typer.Exit(1)
    revised, session = _extended(history, revised, session)
    report = _proven(history, revised, session)
    if report is None or report.ok:
        keep(history, revised)
    _tell(revised, session, kept=report is None or report.ok, report=report)
    finish_report(report, session, history.directory)


def finish_report(report: VerificationReport | None, session: Session, directory: Path) -> None:
    """Write the report where it was asked for; a proof that failed ends the command.

    Raises:
        typer.Exit: With code 1, when the proof failed.
    """
    if report is None:
        return
    if session.report is not None:
        write_report(report, session.report, session.usage)
    if not report.ok:
        print_failures(report, directory)
        raise typer.Exit(1)


def refuse_widening(unasked: Sequence[Widening]) -> None:
    """Raise `InputError` when changes let more people in than the request says."""
    if unasked:
        hint = 'Ask for it alone and plainly, e.g. "anybody may read posts"; look with --dry-run; or allow it with --allow-wider-access.'
        message = "This lets more people in, and the request does not plainly say so: {}"
        raise InputError(
            [Diagnostic(code="access-widened", where=item.where, message=message.format(item.sentence), hint=hint) for item in unasked]
        )


def preview(revised: Revised) -> None:
    """Changes, migration, and what becomes of the files."""
    print(f"v{revised.version.version}, after v{revised.former.version}:")
    for change in revised.version.changes:
        print(f"  {change.sentence}")
        if change.loses:
            print(f"    ! loses {change.loses}")
        if change.narrows:
            print(f"    ? needs that {change.narrows}")
    if revised.migration is None:
        print("migration: none, the tables stay as they are")
    else:
        print(f"migration: {revised.migration.file.path}")
        for line in revised.migration.fills:
            print(f"  {line}")
        for line in revised.migration.checks:
            print(f"  refuses when {line}")
    if any(change.kind == "alter_field" and change.narrows for change in revised.version.changes):
        print("  to convert instead of refusing: --convert FIELD=truncate, clear, fill:VALUE or replace:OLD:NEW")
    _preview_files(revised)


def _preview_files(revised: Revised) -> None:
    marks = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}
    kept = set(revised.merge.kept)
    print(f"files: {len(revised.diffs)} differ")
    for item in revised.diffs:
        yours = ", with your edits" if item.path in kept else ""
        former = f"{item.former} -> " if item.former else ""
        print(f"  {marks[item.status]} {former}{item.path} (+{item.added} -{item.removed}{yours})")
    for conflict in revised.merge.conflicts:
        print(f"  ! {conflict.sentence}")


def _wanted(session: Session) -> bool:
    if session.yes:
        return True
    if session.as_json or not sys.stdin.isatty():
        raise InputError(
            [Diagnostic(code="unconfirmed", message="Nobody is there to say yes.", hint="Add --yes, or --dry-run to look only.")]
        )
    return typer.confirm("Make this version?", default=False)


def _extended(history: History, revised: Revised, session: Session) -> tuple[Revised, Session]:
    ours = read_project_tree(history.directory)
    with shown(as_json=session.as_json) as emit:
        extended = extend(
            revised.version.blueprint, whole_tree(revised, ours),
            writer=session.writer, request=revised.version.request, spent=session.usage, emit=emit,
            deep=session.verify == "deep",
        )  # fmt: skip
    return with_written(revised, ours, extended.tree), replace(session, usage=extended.usage, extended=extended)


def _proven(history: History, revised: Revised, session: Session) -> VerificationReport | None:
    if session.verify == "none":
        return None
    with laid_out(history.directory, revised.merge) as directory, shown(as_json=session.as_json) as emit:
        step = Step(before=revised.former, version=revised.version, former=history.directory)
        report = prove(directory, step, level=session.verify, emit=emit, standby=session.standby)
    return replace(report, notes=(*report.notes, *session.extended.notes)) if session.extended else report


def _tell(revised: Revised, session: Session, *, kept: bool, report: VerificationReport | None) -> None:
    if session.as_json:
        print(json.dumps(_document(revised, session, kept=kept, report=report), indent=2, ensure_ascii=False))
    elif kept:
        seconds = time.perf_counter() - session.started
        proof = "" if report else ", not verified"
        print_notes(report.notes if report else session.extended.unproven_notes if session.extended else ())
        print(f"v{revised.version.version} is here{proof} ({seconds:.1f} s). Bring a database to it with: alembic upgrade head")


def _document(revised: Revised, session: Session, *, kept: bool, report: VerificationReport | None) -> dict[str, Any]:
    migration = revised.migration
    return {
        "ok": kept,
        "version": revised.version.version,
        "seconds": round(time.perf_counter() - session.started, 3),
        "notes": list(session.notes),
        "changes": [
            {"kind": change.kind, "sentence": change.sentence, "loses": change.loses, "needs": change.narrows}
            for change in revised.version.changes
        ],
        "migration": {"path": migration.file.path, "fills": migration.fills, "refuses": migration.checks} if migration else None,
        "files": [{"path": item.path, "status": item.status, "former": item.former, "diff": item.diff} for item in revised.diffs],
        "conflicts": [{"path": item.path, "kind": item.kind, "message": item.sentence} for item in revised.merge.conflicts],
        "report": report.as_dict() if report else None,
        "widened": [{"where": item.where, "sentence": item.sentence} for item in session.unasked],
        "extensions": session.extended.as_dict() if session.extended else None,
        "usage": session.usage,
    }


def conversions(told: Sequence[str] | None) -> tuple[Choice, ...]:
    """`--convert FIELD=HOW` as pairs.

    Raises:
        InputError: One of them is no pair.
    """
    pairs: list[Choice] = []
    for item in told or ():
        where, _, how = item.partition("=")
        if not where.strip() or not how:
            hint = "Say it like Todo.title=truncate."
            raise InputError([Diagnostic(code="conversion-unclear", where=item, message="This is no FIELD=HOW.", hint=hint)])
        pairs.append((where.strip(), how))
    return tuple(pairs)


def renames(told: Sequence[str] | None) -> dict[str, str]:
    """`--renamed OLD=NEW` as pairs.

    Raises:
        InputError: One of them is no pair.
    """
    pairs: dict[str, str] = {}
    for item in told or ():
        old, _, new = item.partition("=")
        if not old.strip() or not new.strip():
            raise InputError(
                [Diagnostic(code="rename-unclear", where=item, message="This is no OLD=NEW.", hint="Say it like Task=Ticket.")]
            )
        pairs[old.strip()] = new.strip()
    return pairs
