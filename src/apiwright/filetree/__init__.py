"""Files as values: what the compiler makes, what the verifier reads, what is written as a whole or not at all."""

from apiwright.filetree.tree import FileTree, GeneratedFile, Manifest, ManifestEntry
from apiwright.filetree.write import Staging, read_tree, refuse_occupied, staged

__all__ = [
    "FileTree",
    "GeneratedFile",
    "Manifest",
    "ManifestEntry",
    "Staging",
    "read_tree",
    "refuse_occupied",
    "staged",
]
