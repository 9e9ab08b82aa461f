"""Templates kept as bytecode between runs: to compile them takes longer than to render a small project."""

from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(FileSystemBytecodeCache):
    """As Jinja's own, in a directory that only the user can enter. Where nothing can be written, nothing is kept."""

    def __init__(self, directory: Path) -> None:
        super().__init__(str(directory))
        with suppress(OSError):
            directory.mkdir(parents=True, mode=0o700, exist_ok=True)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, if it can be."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
