"""The planner with a model, in this process or as a command, against a local vendor."""

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from tests.fakes.vendors import VendorServer
from tests.fakes.vendors.server import KEYS, MODELS

from apiwright.cli.main import run
from apiwright.planner import Progress
from apiwright.planner.choice import model_choice
from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.planner.llm import Budget, EnhancedPlanner

KEY = "planted-7f3a9c-never-to-be-seen"
COMMAND = str(Path(sys.executable).with_name("apiwright"))
VENDORS = ("google", "openai", "anthropic")
QUICK = Budget(pause=0.01)


class Heard(list[Progress]):
    """Every step of a planner."""

    def __call__(self, step: Progress) -> None:
        self.append(step)

    def last(self, name: str) -> object:
        """What was told last under a name."""
        return next((step.data[name] for step in reversed(self) if name in step.data), None)


def planner(server: VendorServer, budget: Budget = QUICK) -> EnhancedPlanner:
    """The planner that asks the model of a local vendor."""
    choice = model_choice(MODELS[server.vendor], keys=dict.fromkeys(KEYS, KEY), url=server.url)
    return EnhancedPlanner(choice, budget=budget, drafter=EmbeddedPlanner())


def environment(server: VendorServer, home: Path, **more: str) -> dict[str, str]:
    """Of a command: nothing of a model but what leads to the local vendor."""
    kept = {name: value for name, value in os.environ.items() if name not in KEYS.values() and not name.startswith("APIWRIGHT_MODEL")}
    return kept | {"HOME": str(home), "XDG_CACHE_HOME": str(Path.home() / ".cache"), **server.environment(KEY), **more}


def apiwright(server: VendorServer, cwd: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [COMMAND, *arguments], cwd=cwd, env=environment(server, cwd, **more), capture_output=True, text=True, timeout=180, check=False
    )


def here(server: VendorServer, cwd: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The same within this process, which has the clients of the vendors already: for what a process of its own would not show better."""
    out, err = io.StringIO(), io.StringIO()
    with patch.dict(os.environ, environment(server, cwd, **more), clear=True), chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = run(list(arguments))
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def traces_of_key(done: subprocess.CompletedProcess[str], directory: Path) -> list[str]:
    """Where the planted key is to be seen: in what was printed, or in any file."""
    found = [name for name, text in (("stdout", done.stdout), ("stderr", done.stderr)) if KEY in text]
    files = (path for path in directory.rglob("*") if path.is_file() and not path.is_symlink())
    return found + [str(path) for path in files if KEY.encode() in path.read_bytes()]
