"""The command line that puts a program into a bubblewrap sandbox.

Started by an ordinary user, bubblewrap makes a user namespace. Started by root it needs none: it mounts with root's rights, and the program
gives them up itself, as its first act, for a user id that owns nothing (`inside.zygote.drop`); so it sees what is mounted although the path
to it, such as `/root`, is closed to others.
"""

import os
import random
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin")
_FREE_USERS = range(61184, 65520)  # of no account: systemd lends these to services that have none
_ACCOUNT = 10001


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether bubblewrap works here, and why not."""

    program: str | None
    reason: str = ""


@cache
def availability() -> Availability:
    """Whether bubblewrap is there and the kernel lets it work. Tried once per process, in about 5 ms."""
    program = shutil.which("bwrap")
    if program is None:
        return Availability(None, "bubblewrap is not installed (on Debian: apt-get install bubblewrap)")
    trial = [program, *_namespaces(), "--perms", "0755", "--size", "4096", "--tmpfs", "/tmp", "--ro-bind", "/usr", "/usr"]  # noqa: S108
    trial += [*_system(), "--remount-ro", "/", "/usr/bin/env", "true"]
    done = subprocess.run(trial, capture_output=True, text=True, check=False, env={}, timeout=20)  # noqa: S603
    if done.returncode != 0:
        return Availability(None, f"bubblewrap does not work here: {done.stderr.strip()[:200]}")
    return Availability(program)


@dataclass(frozen=True, slots=True)
class Confined:
    """How to start a program in a sandbox.

    Attributes:
        prefix: What to put before the program and its arguments.
        user: The user id it must drop to by itself; None where that has happened already.
        descriptors: What the new process must inherit; the caller closes them afterwards.
    """

    prefix: tuple[str, ...]
    user: int | None
    descriptors: tuple[int, ...]


def confined(program: str, *, readable: Iterable[Path], writable: Iterable[Path] = (), scratch_bytes: int) -> Confined:
    """A sandbox that sees the system's libraries and `readable`, and may write to a bounded `/tmp` and to `writable` only.

    Args:
        program: Path of bubblewrap.
        readable: Directories and files that appear at their own path, read-only.
        writable: Directories that appear at their own path.
        scratch_bytes: Size of `/tmp`.
    """
    user = random.choice(_FREE_USERS) if os.geteuid() == 0 else None  # noqa: S311 - any free one will do
    account = user or _ACCOUNT
    etc = _etc(account)
    arguments = [*_namespaces(), "--die-with-parent", "--new-session", "--clearenv"]
    if user is None:
        arguments += ["--disable-userns", "--uid", str(account), "--gid", str(account)]
    arguments += [*_system(), "--proc", "/proc", "--dev", "/dev"]
    arguments += ["--perms", "1777", "--size", str(scratch_bytes), "--tmpfs", "/tmp"]  # noqa: S108 - the sandbox's own
    arguments += ["--perms", "1777", "--size", str(scratch_bytes), "--tmpfs", "/dev/shm"]  # noqa: S108
    for path, descriptor in etc.items():
        arguments += ["--perms", "0444", "--ro-bind-data", str(descriptor), path]
    arguments += _mounts(readable, writable)
    arguments += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp", "--"]  # noqa: S108
    return Confined((program, *arguments), user, tuple(etc.values()))


def _namespaces() -> list[str]:
    names = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    return names if os.geteuid() == 0 else ["--unshare-user", *names]


def _system() -> list[str]:
    """The system's programs and libraries, without its configuration."""
    arguments: list[str] = []
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            arguments += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            arguments += ["--ro-bind", name, name]
    return [
        *arguments,
        "--perms",
        "0755",
        "--dir",
        "/etc",
        "--ro-bind-try",
        "/etc/ld.so.cache",
        "/etc/ld.so.cache",
        "--ro-bind-try",
        "/etc/alternatives",
        "/etc/alternatives",
    ]


def _mounts(readable: Iterable[Path], writable: Iterable[Path]) -> list[str]:
    """Binds, with every directory above them open to whoever the program becomes."""
    binds = {path.absolute(): "--ro-bind" for path in readable} | {path.absolute(): "--bind" for path in writable}
    above = sorted({parent for path in binds for parent in path.parents if str(parent) != "/" and not _given(parent)})
    arguments: list[str] = []
    for parent in above:
        if not any(parent.is_relative_to(path) for path in binds):
            arguments += ["--perms", "0755", "--dir", str(parent)]
    for path, kind in sorted(binds.items()):
        arguments += [kind, str(path), str(path)]
    return arguments


def _given(path: Path) -> bool:
    return any(path.is_relative_to(name) for name in (*_SYSTEM, "/tmp"))  # noqa: S108


def _etc(account: int) -> dict[str, int]:
    """The few files of `/etc` that libraries look for, each in memory behind a descriptor."""
    texts = {
        "/etc/passwd": f"app:x:{account}:{account}::/tmp/home:/usr/sbin/nologin\n",
        "/etc/group": f"app:x:{account}:\n",
        "/etc/hosts": "127.0.0.1 localhost\n::1 localhost\n",
        "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    }
    return {path: _in_memory(text) for path, text in texts.items()}


def _in_memory(text: str) -> int:
    descriptor = os.memfd_create("etc", 0)
    os.write(descriptor, text.encode())
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
