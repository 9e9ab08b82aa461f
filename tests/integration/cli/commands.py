"""The command, run as a process and within this one."""

import io
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from apiwright.cli.main import run

TODO = "Create a todo list CRUD backend with users and tags"


NOTES = "An API for notes, without users"


COMMAND = [str(Path(sys.executable).with_name("apiwright"))]


def apiwright(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], cwd=cwd, input=stdin, capture_output=True, timeout=120, check=False)


def here(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The same within this process: for the many cases of what one of its own has shown."""
    given, out, err = io.TextIOWrapper(io.BytesIO(stdin)), io.StringIO(), io.StringIO()
    with chdir(cwd), patch.object(sys, "stdin", given), redirect_stdout(out), redirect_stderr(err):
        code = run(list(arguments))
    return subprocess.CompletedProcess(arguments, code, out.getvalue().encode(), err.getvalue().encode())
