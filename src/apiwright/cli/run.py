"""`apiwright run`: boot a project and say where it is."""

from typing import Annotated

import typer

from apiwright.cli.options import DirectoryArgument, require_project
from apiwright.verifier.runtime.boot import booted


def command(
    directory: DirectoryArgument,
    port: Annotated[int, typer.Option(help="The port; a free one by default.", min=0, max=65_535)] = 0,
) -> None:
    """Boot a project on 127.0.0.1, with its own database, and print where its documentation is. Ctrl-C ends it.

    DATABASE_URL, SECRET_KEY and ENVIRONMENT are passed on; the project's `.env` is read as usual.
    """
    require_project(directory)
    try:
        with booted(directory, port=port) as project:
            print(f"documentation: {project.url}/docs", flush=True)
            code = project.process.wait()
    except KeyboardInterrupt:
        return
    if code != 0:
        raise typer.Exit(1)
