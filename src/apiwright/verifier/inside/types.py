"""mypy, with a cache that knows the libraries, and the project as far as it was looked at before."""

import base64
import json
import shutil
import sqlite3
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

_MOST = 4 << 20
"""Characters of what is handed out; more would not fit into an answer."""


def run(argv: list[str], seed: str, cache: str, before: str | None) -> dict[str, Any]:
    """Run mypy; what it prints is the output of the job.

    Args:
        argv: How it is started.
        seed: Its cache of the libraries; it works on a copy.
        cache: Where that is to be.
        before: What a former run handed out as `known`. mypy looks by itself at what has changed since.

    Returns:
        Its exit `status`, and `known`: what its cache holds beyond the seed; None when that is too much, or not in the form that we know.
    """
    shutil.copytree(seed, cache)
    if before:
        with suppress(ValueError, TypeError, AttributeError, zlib.error, sqlite3.Error):  # of another form: mypy begins without it
            _put_in(Path(cache), json.loads(zlib.decompress(base64.b64decode(before))))
    status = subprocess.run(argv, check=False).returncode  # noqa: S603 - the point of a job
    known = None
    with suppress(sqlite3.Error):
        known = base64.b64encode(zlib.compress(json.dumps(dict(_beyond(Path(seed), Path(cache)))).encode(), 1)).decode()
    return {"status": status, "known": known if known and len(known) <= _MOST else None}


def _beyond(seed: Path, cache: Path) -> Iterator[tuple[str, list[tuple[str, float, str]]]]:
    """Rows of each database of the cache that the seed does not have."""
    for path in sorted(cache.rglob("*.db")):
        name = path.relative_to(cache).as_posix()
        with closing(sqlite3.connect(f"file:{seed / name}?immutable=1", uri=True)) as connection:  # it is not ours to write beside
            there = {row[0] for row in connection.execute("SELECT path FROM files2")}
        with closing(sqlite3.connect(path)) as connection:
            new = [row[0] for row in connection.execute("SELECT path FROM files2") if row[0] not in there]
            rows = [connection.execute("SELECT path, mtime, data FROM files2 WHERE path = ?", (module,)).fetchone() for module in new]
        yield name, [(module, mtime, base64.b64encode(data).decode()) for module, mtime, data in rows]


def _put_in(cache: Path, rows: dict[str, list[tuple[str, float, str]]]) -> None:
    for name, items in rows.items():
        with closing(sqlite3.connect(cache / name)) as connection, connection:
            found = [(module, mtime, base64.b64decode(data)) for module, mtime, data in items]
            connection.executemany("INSERT OR IGNORE INTO files2 (path, mtime, data) VALUES (?, ?, ?)", found)
