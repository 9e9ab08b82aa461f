"""A version as it is stored: its row, its place, its manifest."""

import hashlib
import json

from apiwright import __version__
from apiwright.blueprint import Blueprint, dump_json
from apiwright.filetree import FileTree
from apiwright.store import Generation, Version


def version_row(generation: Generation, tree: FileTree, blueprint: Blueprint) -> Version:
    """The row of the version that a generation publishes."""
    entries = tree.manifest.entries
    return Version(
        generation_id=generation.id, project_id=generation.project_id, number=generation.number,
        prefix=prefix_of(generation),
        blueprint_hash=hashlib.sha256(dump_json(blueprint).encode()).hexdigest(), generator_version=__version__,
        files=[{"path": entry.path, "size": entry.size, "sha256": entry.sha256} for entry in entries],
        file_count=len(entries), size=sum(entry.size for entry in entries),
    )  # fmt: skip


def prefix_of(generation: Generation) -> str:
    """Where the files of a generation's version lie."""
    return f"projects/{generation.project_id}/generations/v{generation.number}__{generation.id}"


def manifest_of(version: Version) -> bytes:
    """The version's manifest, as it lies beside its files."""
    manifest = {
        "files": version.files, "generator_version": version.generator_version,
        "blueprint_sha256": version.blueprint_hash, "version": version.number,
    }  # fmt: skip
    return json.dumps(manifest, indent=2, sort_keys=True).encode() + b"\n"
