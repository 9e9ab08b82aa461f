"""Virtual environments, one per lock."""

import hashlib
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from apiwright.errors import VerificationUnavailableError
from apiwright.verifier.runtime.cache import made_once, open_to_all
from apiwright.verifier.runtime.interpreter import base_interpreter

_FORMAT = "1"
_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment that nobody writes to.

    Attributes:
        root: Its directory.
        key: What it was made from, as a hash.
    """

    root: Path
    key: str

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.root / "bin" / "python"

    def program(self, name: str) -> str:
        """Path of one of its programs. Only for binaries: a script would name the directory in which it was made."""
        return str(self.root / "bin" / name)


def environment(requirements: str, *, cache: Path) -> Environment:
    """The environment that holds exactly what `requirements` pins; made on first use, which needs the package registry.

    Only wheels are installed: nothing of a package is run on the way.

    Args:
        requirements: Text of a requirements file.
        cache: Directory that keeps environments.

    Raises:
        VerificationUnavailableError: A pin cannot be met, or the registry cannot be reached.
    """
    wanted = _wanted(requirements, cache)
    made_once(wanted.root, lambda staging: _make(staging, requirements))
    return wanted


def is_made(requirements: str, *, cache: Path) -> bool:
    """Whether `environment` would have nothing to do."""
    return _wanted(requirements, cache).root.is_dir()


def _wanted(requirements: str, cache: Path) -> Environment:
    facts = [_FORMAT, sys.version, platform.machine(), str(base_interpreter()), requirements]
    key = hashlib.sha256("\0".join(facts).encode()).hexdigest()[:20]
    return Environment(cache / "runtimes" / key, key)


def _make(staging: Path, requirements: str) -> None:
    listed = staging / "requirements.txt"
    listed.write_text(requirements, "utf-8")
    python = staging / "bin" / "python"
    if uv := _uv():
        _run([uv, "venv", "-q", "--allow-existing", "--relocatable", "--no-project", "--python", str(base_interpreter()), str(staging)])
        install = [uv, "pip", "install", "-q", "--no-config", "--python", str(python)]
    else:
        _run([str(base_interpreter()), "-m", "venv", str(staging)])
        install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    _run([*install, "--only-binary", ":all:", "-r", str(listed)])
    # -S: a `.pth` file of a package is code, and must not be run out here.
    compile_all = [str(base_interpreter()), "-I", "-S", "-m", "compileall", "-q", "-q", "-j", "0", str(staging / "lib")]
    subprocess.run(compile_all, env=_plain_environment(), check=False, timeout=_SECONDS)  # noqa: S603 - some files are Python 2 on purpose
    open_to_all(staging)


def _uv() -> str | None:
    try:
        from uv import find_uv_bin  # noqa: PLC0415 - optional where only pip is to be had
    except ImportError:
        return None
    try:
        return str(find_uv_bin())
    except FileNotFoundError:
        return None


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, env=_plain_environment(), stdin=subprocess.DEVNULL, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise VerificationUnavailableError(f"The environment for the proof cannot be made: {error}") from error
    if done.returncode != 0:
        told = (done.stderr or done.stdout).strip()[-2_000:]
        raise VerificationUnavailableError(f"The environment for the proof cannot be made:\n{told}")


def _plain_environment() -> dict[str, str]:
    """Ours without what would change the outcome: the environment we run in, and the wish to leave no byte code."""
    dropped = {"VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "UV_PROJECT_ENVIRONMENT"}
    return {name: value for name, value in os.environ.items() if name not in dropped}
