"""`apiwright verify`: prove a project that exists."""

import json
from typing import Annotated, Literal

import typer

from apiwright.cli.options import DirectoryArgument, JsonOption, ReportOption, require_project
from apiwright.cli.progress import shown
from apiwright.cli.reports import print_failures, print_notes, refuse_unwritable, write_report
from apiwright.pipeline import review


def command(
    directory: DirectoryArgument,
    level: Annotated[Literal["quick", "standard", "deep"], typer.Option(help="How much proof.")] = "standard",
    report: ReportOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Prove a project: its files, types, migrations, tests and access, in a sandbox. The directory itself is not changed."""
    require_project(directory)
    refuse_unwritable(report)
    with shown(as_json=as_json) as emit:
        result = review(directory, level=level, emit=emit)
    if report is not None:
        write_report(result, report)
    if as_json:
        print(json.dumps(result.as_dict(), indent=2))
    if not result.ok:
        print_failures(result, directory)
        raise typer.Exit(1)
    if not as_json:
        print_notes(result.notes)
        print(f"proven: {level}, {len(result.checks)} checks in {result.seconds:.1f} s (isolation: {result.isolation})")
