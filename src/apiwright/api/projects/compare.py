"""Two versions side by side."""

import difflib
from collections.abc import Mapping

import anyio.to_thread

from apiwright.api.projects.schemas import Comparison, FileChange
from apiwright.store import Artifacts, Version


async def compare(artifacts: Artifacts, before: Version, after: Version) -> Comparison:
    """Which files differ and how. Only those that differ are read."""
    old, new = _hashes(before), _hashes(after)
    paths = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    old_texts = await _texts(artifacts, before, [path for path in paths if path in old])
    new_texts = await _texts(artifacts, after, [path for path in paths if path in new])
    labels = f"v{before.number}", f"v{after.number}"
    files = await anyio.to_thread.run_sync(lambda: [_change(path, old_texts.get(path), new_texts.get(path), labels) for path in paths])
    unchanged = len(old.keys() & new.keys()) - sum(1 for item in files if item.change == "changed")
    return Comparison(from_version=before.number, to_version=after.number, files=files, unchanged=unchanged)


def _hashes(version: Version) -> dict[str, str]:
    return {item["path"]: item["sha256"] for item in version.files}


async def _texts(artifacts: Artifacts, version: Version, paths: list[str]) -> Mapping[str, str]:
    contents = await artifacts.read_all([f"{version.prefix}/source/{path}" for path in paths])
    return {path: content.decode(errors="replace") for path, content in zip(paths, contents, strict=True)}


def _change(path: str, old: str | None, new: str | None, labels: tuple[str, str]) -> FileChange:
    names = f"{labels[0]}/{path}" if old is not None else "/dev/null", f"{labels[1]}/{path}" if new is not None else "/dev/null"
    lines = difflib.unified_diff((old or "").splitlines(keepends=True), (new or "").splitlines(keepends=True), *names)
    diff = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return FileChange(path=path, change="added" if old is None else "removed" if new is None else "changed", diff=diff)
