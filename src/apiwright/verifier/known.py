"""What a proof found out about a project as it stood: the proof of the next version need not work it out again.

Kept by the digest of every file, so that only the same project, to the byte, ever hears of it.
"""

import hashlib
import json
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from apiwright.verifier.project import Project

_KEPT_SECONDS = 30 * 24 * 3600


class Known:
    """What is known of one project, in the verifier's cache.

    Attributes:
        document: Its OpenAPI document; None when that is not known.
        types: What mypy's cache holds of its modules (see `inside.types`); None when that is not known.
    """

    def __init__(self, project: Project, *, cache: Path, environments: tuple[str, ...]) -> None:
        """
        Args:
            project: Its files.
            cache: Root of the verifier's cache.
            environments: Keys of those that it was proven in.
        """
        whole = hashlib.sha256(json.dumps([environments, *project.files.items()]).encode())
        self._place = cache / "known" / whole.hexdigest()
        found: dict[str, Any] = {}
        with suppress(OSError, ValueError):  # not there, or cut off
            found = msgspec.json.decode(self._place.read_bytes())
        self.document: Any = found.get("document")
        self.types: str | None = found.get("types")

    def keep(self) -> None:
        """Keep it, as every check has passed; forget what was kept a month ago."""
        folder = self._place.parent
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, staging = tempfile.mkstemp(dir=folder)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(msgspec.json.encode({"document": self.document, "types": self.types}))
        Path(staging).replace(self._place)
        forget(folder)


def forget(folder: Path) -> None:
    """Remove the files of a folder that nobody has touched in a month."""
    oldest = time.time() - _KEPT_SECONDS
    for place in folder.iterdir():
        with suppress(OSError):
            if place.stat().st_mtime < oldest:
                place.unlink()
