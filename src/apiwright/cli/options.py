"""Options that several commands share, each declared once."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError, PromptError

Verify = Literal["none", "quick", "standard", "deep"]

PromptArgument = Annotated[str, typer.Argument(metavar="PROMPT", help="What to build, in plain words; `-` reads it from standard input.")]
PlannerOption = Annotated[
    Literal["embedded", "auto", "enhanced"],
    typer.Option("--planner", help="Who reads the prompt: rules, or a language model; auto is the model, if there is one, else rules."),
]
ModelOption = Annotated[
    str | None, typer.Option("--model", metavar="VENDOR:MODEL", help="The language model; by default what APIWRIGHT_MODEL says.")
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="DIR", help="Where to write; by default ./<name of the project>.")
]
VerifyOption = Annotated[Verify, typer.Option("--verify", help="How much proof before the project appears.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Take the place of a directory that holds something; it is kept as DIR.bak.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on standard output; progress goes to standard error.")]
ReportOption = Annotated[Path | None, typer.Option("--report", metavar="FILE", help="Keep the report: a page for .html, else JSON.")]
DirectoryArgument = Annotated[Path, typer.Argument(metavar="DIR", help="A generated project.")]


def prompt_text(argument: str) -> str:
    """The prompt: the argument itself, or standard input for `-`."""
    return read_text("-") if argument == "-" else argument


def read_text(source: str) -> str:
    """The text of a file, or of standard input for `-`.

    Raises:
        InputError: There is no such file, or it is no UTF-8 text.
    """
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        message = f"It cannot be read: {error.strerror or error}."
        raise InputError([Diagnostic(code="input-unreadable", where=source, message=message, hint="Check the path.")]) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"Byte {error.start} is no UTF-8 text."
        kind = PromptError if source == "-" else InputError
        raise kind([Diagnostic(code="input-not-text", where=source, message=message, hint="Give plain text in UTF-8.")]) from error


def require_project(directory: Path) -> None:
    """Raise `InputError` unless `directory` is a generated project."""
    if not (directory / "blueprint.yaml").is_file():
        message = "This is no generated project: it has no blueprint.yaml."
        raise InputError([Diagnostic(code="not-a-project", where=str(directory), message=message, hint="Give the directory of a project.")])
