"""Where things are kept on this machine."""

import os
from pathlib import Path


def cache_root() -> Path:
    """`APIWRIGHT_CACHE_DIR`, else `apiwright` in the user's cache directory: what can be made anew at any time."""
    if given := os.environ.get("APIWRIGHT_CACHE_DIR"):
        return Path(given).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "apiwright"
