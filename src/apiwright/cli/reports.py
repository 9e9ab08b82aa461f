"""Verification reports on a screen and in files."""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from apiwright import verifier  # its page, with `html`, is imported when one is written
from apiwright.diagnostics import Diagnostic
from apiwright.errors import OutputError
from apiwright.planner.usage import stage_sentences, usage_sentence
from apiwright.verifier import VerificationReport


def write_report(report: VerificationReport, path: Path, usage: Mapping[str, Any] | None = None) -> None:
    """Write the report, with what a language model has used: a page where the name ends in `.html`, else JSON.

    Raises:
        OutputError: The file cannot be written.
    """
    text = _page(report, usage) if path.suffix == ".html" else json.dumps(_document(report, usage), indent=2) + "\n"
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error


def refuse_unwritable(path: Path | None, *, target: Path | None = None) -> None:
    """Raise `OutputError` when no report could be written there: told before the work, not after it.

    Args:
        path: Where it is to go, if it was asked for.
        target: A directory that is made before it is written.
    """
    if path is None or (target is not None and path.absolute().is_relative_to(target.absolute())):
        return
    if path.is_dir():
        raise _unwritable(path, "it is a directory")
    if not os.access(path if path.exists() else path.absolute().parent, os.W_OK):
        raise _unwritable(path, "there is no such directory, or nothing may be written in it")


def _unwritable(path: Path, reason: str) -> OutputError:
    message = f"The report cannot be written: {reason}."
    return OutputError([Diagnostic(code="report-unwritable", where=str(path), message=message, hint="Choose another file.")])


def print_notes(notes: Iterable[str]) -> None:
    """Tell what a reader must know beside the result."""
    for note in notes:
        print(f"note: {note}")


def print_failures(report: VerificationReport, place: Path) -> None:
    """Tell what failed, why, and where to look, on standard error."""
    for check in report.failed:
        print(f"\nfailed: {check.name}", file=sys.stderr)
        for finding in check.findings[:10]:
            where = f"{finding.path}:{finding.line}: " if finding.line else f"{finding.path}: " if finding.path else ""
            print(f"  {where}{finding.message}{f' [{finding.rule}]' if finding.rule else ''}", file=sys.stderr)
        if len(check.findings) > 10:
            print(f"  and {len(check.findings) - 10} more", file=sys.stderr)
    print(f"\nThe project was not proven. It is in {place}.", file=sys.stderr)


def _page(report: VerificationReport, usage: Mapping[str, Any] | None) -> str:
    used = (usage_sentence(usage), *stage_sentences(usage)) if usage else ()
    return verifier.readable_page(replace(report, notes=(*report.notes, *used)))


def _document(report: VerificationReport, usage: Mapping[str, Any] | None) -> dict[str, Any]:
    return report.as_dict() | ({"usage": usage} if usage else {})
