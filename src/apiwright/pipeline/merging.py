"""Merging the text of one file with git's own machinery."""

import subprocess
import tempfile
from pathlib import Path

from apiwright.errors import VerificationUnavailableError
from apiwright.filetree import MergedText

_LABELS = ("yours", "before", "generated")


def merge_text(base: str, ours: str, theirs: str) -> MergedText:
    """`git merge-file` of three texts; a file whose lines end in CR LF keeps them.

    Raises:
        VerificationUnavailableError: There is no git on this machine, or it refused.
    """
    windows = "\r\n" in ours and "\n" not in ours.replace("\r\n", "")
    texts = [text.replace("\r\n", "\n") if windows else text for text in (ours, base, theirs)]
    with tempfile.TemporaryDirectory(prefix="apiwright-merge-") as directory:
        paths = [Path(directory, label) for label in _LABELS]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text.encode())
        labels = [part for label in _LABELS for part in ("-L", label)]
        try:
            done = subprocess.run(  # noqa: S603 - arguments of ours, no shell
                ["git", "merge-file", "-p", *labels, *(path.name for path in paths)],  # noqa: S607 - git of the user's choice
                cwd=directory,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise VerificationUnavailableError("git is needed to merge what you edited with what is generated; install it.") from error
    if not 0 <= done.returncode < 128:
        raise VerificationUnavailableError(f"git merge-file failed: {done.stderr.decode(errors='replace').strip()}")
    merged = done.stdout.decode()
    return MergedText(merged.replace("\n", "\r\n") if windows else merged, clean=done.returncode == 0)
