"""The `apiwright` command: finds the command's module, runs it, and turns errors into exit codes."""

import json
import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from apiwright import __version__
from apiwright.diagnostics import Diagnostic
from apiwright.errors import ApiwrightError, InputError, ModelError

COMMANDS = {
    "new": "make a project from a prompt, and prove it",
    "plan": "show the blueprint that a prompt describes",
    "compile": "make a project from a blueprint",
    "verify": "prove a project",
    "run": "boot a project on a free port",
    "revise": "change a project by asking",
    "apply": "change a project by its edited blueprint.yaml",
    "history": "list the versions of a project",
    "diff": "show what differs between two versions",
    "rollback": "make a version equal to an earlier one",
    "upgrade": "bring a project to what this Apiwright generates",
    "serve": "run the service: HTTP API with live progress, and workers",
    "db": "look after the service's database: upgrade, downgrade, current",
    "schema": "print the JSON schema of blueprints",
}
EXIT_CODES = (
    "Exit codes: 0 done (proven, where proof was asked for), 1 verification failed, 2 bad input, 3 a fault of the machine or of ours."
)


class LazyCommands(TyperGroup):
    """Imports a command's module when it is asked for: `apiwright plan` does not pay for `apiwright verify`."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's signature
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"apiwright.cli.{cmd_name}")
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name, short_help=COMMANDS[cmd_name], epilog=EXIT_CODES)(module.command)
        return typer.main.get_command(single)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(cls=LazyCommands, add_completion=False, rich_markup_mode=None, epilog=EXIT_CODES)


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if asked:
        print(f"apiwright {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_tell_version)]


@app.callback()
def apiwright(*, version: Version = False) -> None:
    """Describe a backend in plain words and get a FastAPI project that has been booted, migrated and tested."""


def run(arguments: list[str]) -> int:
    """Run one command line; the answer is the exit code. Nothing that goes wrong shows a traceback.

    With `--json`, what goes wrong is one document on standard output, too.
    """
    try:
        return app(arguments or ["--help"], prog_name="apiwright", standalone_mode=False) or 0
    except SystemExit:  # whoever read what is printed here has gone
        return 3
    except typer.Abort:
        print("Aborted!", file=sys.stderr)
        return 1
    except typer.TyperException as error:
        problems, code = [Diagnostic(code="usage", message=error.format_message(), hint=_help(arguments))], 2
    except InputError as error:
        problems, code = list(error.diagnostics), error.exit_code
    except ModelError as error:
        problems, code = [Diagnostic(code=f"model-{error.code}", message=str(error))], error.exit_code
    except ApiwrightError as error:
        problems, code = [Diagnostic(code="not-done", message=str(error))], 3
    except Exception as error:
        if os.environ.get("APIWRIGHT_DEBUG") or isinstance(error.__cause__, KeyboardInterrupt):
            raise
        hint = "Please report it, with the output of the same command under APIWRIGHT_DEBUG=1."
        problems, code = [Diagnostic(code="fault", message=f"A fault of ours, {type(error).__name__}: {error}", hint=hint)], 3
    for problem in problems:
        print(problem, file=sys.stderr)
    if "--json" in arguments:
        print(json.dumps({"ok": False, "diagnostics": [item.as_dict() for item in problems]}, indent=2))
    return code


def _help(arguments: list[str]) -> str:
    command = f" {arguments[0]}" if arguments and arguments[0] in COMMANDS else ""
    return f"Try 'apiwright{command} --help'."
