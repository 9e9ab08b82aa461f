"""Templates kept as bytecode between runs: to compile them takes longer than to render a small project."""

import marshal
import pickle
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket, bc_magic


class CompiledTemplates(FileSystemBytecodeCache):
    """As Jinja's own, in a directory that only the user can enter. Where nothing can be written, nothing is kept."""

    def __init__(self, directory: Path) -> None:
        super().__init__(str(directory))
        with suppress(OSError):
            directory.mkdir(parents=True, mode=0o700, exist_ok=True)

    def load_bytecode(self, bucket: Bucket) -> None:
        """A template that was kept, if it is whole and of this source. Jinja reads the file piece by piece, in four times the time."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            kept = Path(self.directory, self.pattern % (bucket.key,)).read_bytes()
            head = bc_magic + pickle.dumps(bucket.checksum, 2)  # as `Bucket.write_bytecode` begins
            if kept.startswith(head):
                bucket.code = marshal.loads(kept[len(head) :])  # noqa: S302 - nobody but the user writes there

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, if it can be."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
